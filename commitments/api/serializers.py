"""What the API says of each thing, field by field, in the field's words."""

from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from commitments.lifecycle import ACTS
from commitments.mail import issue
from commitments.models import Commitment, Digest, Event, Moment
from hearings import clock
from hearings.models import (
    Agency,
    Appointment,
    Chapter,
    Committee,
    Hearing,
    Official,
    Speaker,
    Utterance,
)


class Address(serializers.Field):
    """The full address of the thing's public page."""

    def __init__(self, **kwargs) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, thing) -> str:
        return self.context["request"].build_absolute_uri(thing.get_absolute_url())


extend_schema_field({"type": "string", "format": "uri", "description": "Address of its public page."})(Address)  # fmt: skip


class NamedSerializer(serializers.Serializer):
    """A body or a person, as others point to it."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    url = Address()


class CommitteeSerializer(serializers.ModelSerializer):
    url = Address()

    class Meta:
        model = Committee
        fields = ["slug", "name", "url"]


class AgencySerializer(serializers.ModelSerializer):
    parent = NamedSerializer(allow_null=True, help_text="The agency it is part of.")
    successor = NamedSerializer(allow_null=True, help_text="The agency that took over.")
    predecessors = NamedSerializer(many=True, help_text="The agencies it took over from.")
    url = Address()

    class Meta:
        model = Agency
        fields = [
            "slug",
            "name",
            "short_name",
            "aliases",
            "parent",
            "successor",
            "predecessors",
            "url",
        ]


class AppointmentSerializer(serializers.ModelSerializer):
    agency = NamedSerializer(allow_null=True)
    committee = NamedSerializer(allow_null=True)

    class Meta:
        model = Appointment
        fields = ["role", "side", "agency", "committee", "starts_on", "ends_on"]


class OfficialSerializer(serializers.ModelSerializer):
    appointments = AppointmentSerializer(many=True)
    url = Address()

    class Meta:
        model = Official
        fields = ["slug", "name", "appointments", "url"]


class ChapterSerializer(serializers.ModelSerializer):
    class Meta:
        model = Chapter
        fields = ["kind", "title", "start", "seconds", "summary", "bullets", "source"]
        extra_kwargs = {"source": {"help_text": "Whose words the summary is; not the council's."}}


class HearingReferenceSerializer(serializers.ModelSerializer):
    """A hearing, as others point to it."""

    url = Address()

    class Meta:
        model = Hearing
        fields = ["slug", "title", "held_on", "url"]


class HearingSerializer(serializers.ModelSerializer):
    committees = NamedSerializer(
        many=True, source="committee_list", help_text="Those that sat; the first one called it."
    )
    url = Address()

    class Meta:
        model = Hearing
        fields = [
            "slug",
            "title",
            "held_on",
            "starts_at",
            "committees",
            "source_url",
            "video_url",
            "video_offset",
            "url",
        ]


class HearingDetailSerializer(HearingSerializer):
    chapters = ChapterSerializer(many=True)

    class Meta(HearingSerializer.Meta):
        fields = [*HearingSerializer.Meta.fields, "chapters"]


class VoiceSerializer(serializers.Serializer):
    """Words of a line and who said them."""

    speaker = serializers.CharField()
    official = NamedSerializer(allow_null=True)
    text = serializers.CharField()
    is_corrected = serializers.BooleanField(help_text="Whether staff corrected the printed name.")


class UtteranceSerializer(serializers.ModelSerializer):
    hearing = serializers.SlugField(source="part.hearing.slug")
    speaker = serializers.CharField(
        source="speaker.printed_name", default="", help_text="The name as printed."
    )
    official = serializers.SerializerMethodField()
    voices = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Utterance
        fields = ["id", "hearing", "start", "end", "is_interpolated", "speaker", "official", "text", "voices", "url"]  # fmt: skip

    @extend_schema_field(NamedSerializer(allow_null=True))
    def get_official(self, utterance: Utterance):
        """The official whom we take the speaker for; null for members of the public, and where staff
        gave words of the line to somebody else."""
        return None if len(utterance.stretches()) > 1 else self._official(utterance.main_voice)

    def _official(self, speaker: Speaker | None):
        official = speaker and speaker.official
        if official and official.has_office:
            return NamedSerializer(official, context=self.context).data
        return None

    @extend_schema_field(VoiceSerializer(many=True))
    def get_voices(self, utterance: Utterance):
        """The line cut by who said it, where staff corrected the speaker; else empty."""
        stretches = utterance.stretches()
        if not any(each.attribution for each in stretches):
            return []
        return [
            {
                "speaker": each.speaker.name if each.speaker else "",
                "official": self._official(each.speaker),
                "text": utterance.text[each.start : each.end].strip(),
                "is_corrected": each.attribution is not None,
            }
            for each in stretches
        ]

    def get_url(self, utterance: Utterance) -> str:
        """The line on the hearing's page."""
        page = utterance.part.hearing.get_absolute_url()
        address = f"{page}?u={utterance.pk}#u{utterance.pk}"
        return self.context["request"].build_absolute_uri(address)


class OwedToSerializer(serializers.Serializer):
    """The member who asked and/or the committee."""

    member = NamedSerializer(source="owed_to_member", allow_null=True)
    committee = NamedSerializer(source="owed_to_committee", allow_null=True)


class MomentSerializer(serializers.ModelSerializer):
    hearing = serializers.SlugField(source="hearing.slug")
    speaker = serializers.CharField(
        source="speaker.name", default="", help_text="The official, else the name as printed."
    )
    url = Address()

    class Meta:
        model = Moment
        fields = ["role", "hearing", "speaker", "quote", "corrected_quote", "start", "end", "checked_on", "url"]  # fmt: skip


class CommitmentSerializer(serializers.ModelSerializer):
    agency = NamedSerializer()
    official = NamedSerializer(allow_null=True, help_text="Who said it.")
    owed_to = OwedToSerializer(source="*")
    hearing = HearingReferenceSerializer()
    question = serializers.SerializerMethodField()
    quote = serializers.SerializerMethodField()
    start = serializers.SerializerMethodField()
    moments = serializers.SerializerMethodField()
    is_overdue = serializers.SerializerMethodField()
    days_late = serializers.SerializerMethodField()
    url = Address()

    class Meta:
        model = Commitment
        fields = [
            "reference",
            "what",
            "state",
            "visibility",
            "kind",
            "type",
            "strength",
            "is_disputed",
            "agency",
            "official",
            "owed_to",
            "hearing",
            "question",
            "quote",
            "start",
            "moments",
            "due_on",
            "original_due_on",
            "due_basis",
            "due_words",
            "due_reason",
            "estimate_on",
            "is_overdue",
            "days_late",
            "council_days",
            "remaining",
            "confirmed_on",
            "published_at",
            "stopped_on",
            "fulfilled_on",
            "closed_on",
            "url",
        ]

    def get_question(self, commitment: Commitment) -> str:
        """What was asked, word for word; empty where nothing was."""
        return commitment.question.quote if commitment.question else ""

    def get_quote(self, commitment: Commitment) -> str:
        """What was promised, word for word; empty where it stands on staff notes."""
        return commitment.made.quote if commitment.made else ""

    def get_start(self, commitment: Commitment) -> float | None:
        """The second of the hearing at which it was promised; null where unknown."""
        return commitment.made.start if commitment.made else None

    @extend_schema_field(MomentSerializer(many=True))
    def get_moments(self, commitment: Commitment):
        """Where it was made, asked, said earlier, raised again or answered."""
        return MomentSerializer(commitment.moments, many=True, context=self.context).data

    def get_is_overdue(self, commitment: Commitment) -> bool:
        """Whether its due date lies before today, and its clock runs."""
        return commitment.is_overdue(self.context["today"])

    def get_days_late(self, commitment: Commitment) -> int:
        """Days since the due date; 0 unless it is overdue."""
        return commitment.days_late(self.context["today"])


class TombstoneSerializer(serializers.Serializer):
    """What stays of a commitment that was taken off the public record."""

    reference = serializers.CharField()
    removed_on = serializers.DateField()
    reason = serializers.CharField()


class EventSerializer(serializers.ModelSerializer):
    commitment = serializers.CharField(source="commitment.reference", help_text="Its reference.")
    date = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    reason = serializers.CharField(
        source="text.public_reason", default="", help_text="The public reason."
    )

    class Meta:
        model = Event
        fields = ["id", "commitment", "date", "act", "words", "role", "state", "due_on", "reason_code", "reason"]  # fmt: skip

    @extend_schema_field({"type": "string", "format": "date"})
    def get_date(self, event: Event):
        """The day on the council's wall."""
        return clock.date_of(event.at)

    def get_words(self, event: Event) -> str:
        """What was done."""
        return str(ACTS[event.act].told)


class FiguresSerializer(serializers.Serializer):
    """How many stood how on the Monday of the issue."""

    open = serializers.IntegerField()
    overdue = serializers.IntegerField()
    long_overdue = serializers.IntegerField()
    fulfilled = serializers.IntegerField()


class DigestSerializer(serializers.ModelSerializer):
    figures = FiguresSerializer()
    url = serializers.SerializerMethodField()

    class Meta:
        model = Digest
        fields = ["period", "covers_from", "covers_to", "figures", "url"]

    def get_url(self, digest: Digest) -> str:
        """Its page."""
        return self.context["request"].build_absolute_uri(reverse("digest", args=[digest.period]))


class DigestDetailSerializer(DigestSerializer):
    sections = serializers.SerializerMethodField()

    class Meta(DigestSerializer.Meta):
        fields = [*DigestSerializer.Meta.fields, "sections"]

    @extend_schema_field(
        {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    )
    def get_sections(self, digest: Digest):
        """Section to the references in it, those that are still public."""
        sections = issue.read(digest).items()
        return {name: [each.reference for each in chosen] for name, chosen in sections}
