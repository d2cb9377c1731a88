"""A transcript's revisions, the imports they are made of, and its lines. Evidence: never edited."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from hearings.capitals import ends_a_sentence, in_sentence_case
from hearings.models.bodies import Appointment, Official, Side
from hearings.models.decisions import Attribution
from hearings.models.hearing import Hearing
from hearings.models.withholding import (
    HasPublicWords,
    Hidden,
    PublicWordsQuerySet,
    Withheld,
    WithheldLine,
    with_markers,
)

STENOGRAPHIC = ("minutes", "gpo", "akomantoso")
ORDER = ("place", "part_id", "line", "pk")  # of lines; those without times share their place

# What transcripts print where nobody is named; the database reads the same pattern.
NAMELESS = re.compile(
    r"^\W*(((the|an?) )?(un(identified|known|named)( (speaker|voice|person|participant|male|female|man"
    r"|woman|audience|member))*|(male|female) (speaker|voice)|audience( member)?|interpreter|moderator"
    r"|clerk|operator|((speaker|voice|participant|person|spk)[ _-]*)?(\d+|[a-z])?"
    r"|(all|multiple|several)( speakers| voices)?))\W*$",
    re.IGNORECASE,
)


class Transcript(models.Model):
    """One revision of a hearing's words; the highest number is the current one."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="transcripts")
    number = models.PositiveIntegerField(_("revision"))
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("transcript")
        verbose_name_plural = _("transcripts")
        ordering = ["hearing", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "number"], name="transcript_revision_is_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hearing}, revision {self.number}"


class PartQuerySet(PublicWordsQuerySet):
    def current(self) -> "PartQuerySet":
        return self.filter(replaced_in=None)

    def of_revision(self, transcript: Transcript) -> "PartQuerySet":
        return self.filter(
            Q(replaced_in=None) | Q(replaced_in__number__gt=transcript.number),
            hearing=transcript.hearing_id,
            added_in__number__lte=transcript.number,
        )


class Part(HasPublicWords):
    """One import. It stands in every revision from `added_in` up to the one that replaced it, so a
    better file for one stretch of a hearing leaves the moments tagged in all others where they are."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="parts")
    added_in = models.ForeignKey(Transcript, models.CASCADE, related_name="parts_added")
    replaced_in = models.ForeignKey(
        Transcript, models.CASCADE, null=True, blank=True, related_name="parts_replaced"
    )
    format = models.CharField(_("format"), max_length=30)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    covers_hearing = models.BooleanField(_("covers the whole hearing"), default=True)
    starts = models.FloatField(_("first second"), null=True)
    ends = models.FloatField(_("last second"), null=True)
    names_written = ArrayField(
        models.TextField(),
        verbose_name=_("how names in it are written"),
        null=True,
        blank=True,
        help_text=_("Where the file has capitals only, which are shown as people read them."),
    )
    is_taken_down = models.BooleanField(
        _("taken down by people"), null=True, help_text=_("As staff say; else its format tells.")
    )
    warnings = ArrayField(models.TextField(), default=list, blank=True)
    skipped = models.JSONField(_("lines left out"), default=list, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "digest"],
                condition=Q(replaced_in=None),
                name="part_same_bytes_stand_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_name or self.format} of {self.hearing}"

    @property
    def has_only_capitals(self) -> bool:
        return self.names_written is not None

    @property
    def is_stenographic(self) -> bool:
        """Taken down by people who answer for it, not heard by a machine."""
        if self.is_taken_down is None:
            return self.format in STENOGRAPHIC
        return self.is_taken_down

    def as_read(self, words: str, *, begins: bool = True) -> str:
        """Words of it as people read them, letter for letter. `begins`: not amid a sentence."""
        if self.names_written is None:
            return words
        return in_sentence_case(words, self.names_written, begins=begins)


def is_nameless(printed: str) -> bool:
    """Whether this names nobody: “Speaker 2”, “SPEAKER_07”, “3”, “Unidentified”."""
    return NAMELESS.fullmatch(printed) is not None


class SpeakerQuerySet(PublicWordsQuerySet):
    def of_part(self, part: Part) -> "SpeakerQuerySet":
        """Those that a part can print, what means somebody only there behind what does everywhere."""
        found = self.filter(Q(part=None) | Q(part=part), hearing=part.hearing)
        return found.order_by(F("part").asc(nulls_first=True))

    def open(self) -> "SpeakerQuerySet":
        """Printed names of which nobody, and no rule, has said whose they are."""
        return self.filter(is_settled=False)

    def waiting(self) -> "SpeakerQuerySet":
        """Those open names that the current transcript prints: an earlier one may have printed others."""
        printed = Utterance.objects.current().filter(speaker=OuterRef("pk"))
        return self.open().filter(Exists(printed))

    def with_roles(self) -> "SpeakerQuerySet":
        """Speakers whose name, role and side cost a constant number of queries."""
        return self.select_related("hearing", "official").prefetch_related(
            "official__appointments__agency", "official__appointments__committee"
        )


class Speaker(HasPublicWords):
    """A printed name of a hearing, and whom we take it for. The printed words stay as they are. A voice
    to which staff gave words that were printed under another name is one too. What is no name, such as
    “Speaker 2”, means somebody in one file only: the next file may number them otherwise."""

    public_words = ("printed_name", "printed_role")

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="speakers")
    part = models.ForeignKey(
        Part,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="nameless",
        verbose_name=_("the only file in which it means anybody"),
    )
    printed_name = models.CharField(_("name as printed"), max_length=200)
    printed_role = models.CharField(_("role as printed"), max_length=200, blank=True)
    official = models.ForeignKey(
        Official, models.PROTECT, null=True, blank=True, related_name="speakers"
    )
    side = models.CharField(
        _("speaks for"),
        max_length=10,
        choices=Side,
        blank=True,
        help_text=_(
            "Where nobody is identified; an official's appointment says it for an official."
        ),
    )
    is_settled = models.BooleanField(_("somebody has decided"), default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["printed_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "printed_name"],
                condition=Q(part=None),
                name="speaker_is_printed_once_a_hearing",
            ),
            models.UniqueConstraint(
                fields=["part", "printed_name"], name="speaker_without_a_name_once_a_file"
            ),
            models.CheckConstraint(
                condition=Q(official__isnull=True) | Q(is_settled=True),
                name="speaker_with_an_official_is_settled",
            ),
            models.CheckConstraint(
                condition=Q(side__in=["", *Side.values]), name="speaker_side_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.official.name if self.official else self.printed_name

    @property
    def name(self) -> str:
        return str(self)

    @property
    def appointment(self):
        """The appointment of the identified official that was in force at the hearing, or None."""
        return self.official.appointment_on(self.hearing.held_on) if self.official else None

    @property
    def spoke_for(self) -> str:
        """The side: the appointment's where there is one, else what staff or the transcript said."""
        return self.appointment.side if self.appointment else self.side

    @property
    def stated_side(self) -> str:
        """The side that a person or role words stated; not what a title alone lets us suppose, since one
        name is often printed over several voices."""
        return self.spoke_for if self.is_settled or self.printed_role else ""

    @property
    def role(self) -> str:
        return self.appointment.role if self.appointment else self.printed_role

    @property
    def is_a_name(self) -> bool:
        """Whether a person is named, and not only a voice: “Speaker 2”, “Unidentified”."""
        return bool(self.printed_role) or not is_nameless(self.printed_name)

    @property
    def is_private_person(self) -> bool:
        """Somebody who spoke for the public, never held an office, or of whom nobody has said yet for
        whom they speak: no page and no search engine; nor our own search, once staff have looked."""
        if self.official and not self.official.has_office:
            return True
        unknown = not self.official and not self.side and self.is_a_name
        return unknown or self.spoke_for == Side.PUBLIC

    def hide_words(self, withheld: Withheld) -> None:
        """Take name and person away where a lead withheld them; role words lose what is withheld. The
        name that was printed of somebody in office stays."""
        if decided := withheld.of_speaker(self):
            self.official = None
            self.replace(printed_name=decided.name_marker)
        self.replace(printed_role=withheld.words([self.hearing_id], self.printed_role))


def by_a_private_person(path: str = "speaker", *, looked_at: bool = False) -> Q:
    """The lines, or what else has a speaker, of private persons: those who spoke for the public by the
    appointment in force that day, else by what staff or the transcript said; whoever never held an office;
    and names of which nothing says for whom they speak. `looked_at`: of these only the ones that staff left
    unknown, or that are printed with words from which nobody can tell."""
    that_day = (
        Appointment.objects.in_force(OuterRef(f"{path}__hearing__held_on"))
        .filter(official=OuterRef(f"{path}__official"))
        .order_by(F("starts_on").desc(nulls_last=True), "-pk")
    )
    side = Coalesce(Subquery(that_day.values("side")[:1]), F(f"{path}__side"))
    in_office = Appointment.objects.exclude(side=Side.PUBLIC).values("official")
    witnesses = Appointment.objects.filter(side=Side.PUBLIC).values("official")
    # Asked first, for it is quick: only these can have spoken for the public.
    maybe = Q(**{f"{path}__side": Side.PUBLIC}) | Q(**{f"{path}__official__in": witnesses})
    never = Q(**{f"{path}__official__isnull": False}) & ~Q(**{f"{path}__official__in": in_office})
    nobody = Q(**{f"{path}__official": None, f"{path}__side": ""})
    voice = Q(**{f"{path}__printed_role": "", f"{path}__printed_name__iregex": NAMELESS.pattern})
    if looked_at:
        nobody &= Q(**{f"{path}__is_settled": True}) | ~Q(**{f"{path}__printed_role": ""})
    return never | (maybe & Exact(side, Value(Side.PUBLIC))) | (nobody & ~voice)


def _given_to_private_persons() -> models.QuerySet:
    """The words of a line that staff gave to a private person."""
    given = Attribution.objects.standing().filter(utterance=OuterRef("pk"))
    return given.filter(by_a_private_person("decision__voice"))


def _earlier_than(line: "Utterance") -> Q:
    earlier, same = Q(), Q()
    for name in ORDER:
        value = getattr(line, name)
        earlier |= same & Q(**{f"{name}__lt": value})
        same &= Q(**{name: value})
    return earlier


class UtteranceQuerySet(PublicWordsQuerySet):
    def current(self) -> "UtteranceQuerySet":
        return self.filter(part__replaced_in=None)

    def of_revision(self, transcript: Transcript) -> "UtteranceQuerySet":
        return self.filter(part__in=Part.objects.of_revision(transcript))

    def in_order(self) -> "UtteranceQuerySet":
        return self.order_by(*ORDER)

    def before(self, line: "Utterance") -> "UtteranceQuerySet":
        """Those earlier in the order, nearest first."""
        return self.filter(_earlier_than(line)).order_by(*(f"-{name}" for name in ORDER))

    def after(self, line: "Utterance") -> "UtteranceQuerySet":
        return self.exclude(_earlier_than(line)).exclude(pk=line.pk).in_order()

    def as_public(self) -> "UtteranceQuerySet":
        return super().as_public().select_related("part")

    def searchable(self) -> "UtteranceQuerySet":
        """What the site's search may find: lines of listed hearings' current transcripts, without those
        of private persons and those in which something is withheld."""
        withheld = WithheldLine.objects.filter(
            utterance=OuterRef("pk"), withholding__lifted_at=None
        )
        return self.current().filter(
            ~Exists(withheld),
            ~Exists(_given_to_private_persons()),
            Q(speaker=None) | ~by_a_private_person(looked_at=True),
            part__hearing__is_unlisted=False,
        )

    def of_private_persons(self) -> "UtteranceQuerySet":
        """Lines of which a private person said some words: search engines are asked to stay away."""
        printed = Q(speaker__isnull=False) & by_a_private_person()
        return self.filter(printed | Exists(_given_to_private_persons()))

    def with_speakers(self) -> "UtteranceQuerySet":
        """Lines whose voices' names, roles and sides cost a constant number of queries."""
        speakers = Speaker.objects.as_public() if self.is_public else Speaker.objects.all()
        given = Attribution.objects.standing().select_related("decision")
        return self.select_related("part").prefetch_related(
            models.Prefetch("speaker", speakers.with_roles()),
            models.Prefetch("attributions", given, to_attr="given"),
            models.Prefetch("given__decision__voice", speakers.with_roles()),
        )


@dataclass(frozen=True)
class Stretch:
    """Characters of a line as it is shown, all said by one voice."""

    start: int
    end: int
    speaker: Speaker | None
    attribution: Attribution | None = None


def joined(lines: Iterable["Utterance"]) -> list["Utterance"]:
    """These lines, that follow each other, each knowing whether it goes on with a sentence."""
    found = list(lines)
    for before, line in pairwise(found):
        is_same_voice = line.speaker_id == before.speaker_id
        line.goes_on = is_same_voice and not ends_a_sentence(before.text)
    return found


class Utterance(HasPublicWords):
    """One line of transcript, as printed."""

    public_words = ("text",)
    hidden: Sequence[Hidden] = ()
    goes_on = False  # with the sentence of the line before

    part = models.ForeignKey(Part, models.CASCADE, related_name="utterances")
    line = models.PositiveIntegerField(_("line in the file"))
    place = models.FloatField(
        _("second by which it is ordered"),
        help_text=_("Its own start, or its predecessor's where it has none."),
    )
    start = models.FloatField(_("start, in seconds"), null=True)
    end = models.FloatField(_("end, in seconds"), null=True)
    is_interpolated = models.BooleanField(_("time computed, not printed"), default=False)
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="utterances")
    text = models.TextField(_("words"))
    search = models.GeneratedField(
        expression=SearchVector("text", config="council"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = UtteranceQuerySet.as_manager()

    class Meta:
        verbose_name = _("utterance")
        verbose_name_plural = _("utterances")
        indexes = [
            # a hearing page reads its parts' lines in order
            models.Index(fields=["part", "place", "line"], name="utterance_in_order"),
            GinIndex(fields=["search"], name="utterance_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start=F("place")),
                name="utterance_is_placed_at_its_start",
            ),
            models.CheckConstraint(condition=Q(place__gte=0), name="utterance_is_in_the_hearing"),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def hide_words(self, withheld: Withheld) -> None:
        self.hidden = withheld.in_line(self)
        self.replace(text=with_markers(self.text, self.hidden))

    @property
    def shown(self) -> str:
        """Its words as people read them, letter for letter: what is printed in capitals only, in small
        ones."""
        return self.part.as_read(self.text, begins=not self.goes_on)

    def shown_offset(self, offset: int) -> int:
        """Where a character of the stored line stands in the words that are shown."""
        moved = 0
        for each in self.hidden:
            if offset >= each.end:
                moved += len(each.marker) - (each.end - each.start)
            elif offset > each.start:
                return each.start + moved
        return offset + moved

    def stretches(self) -> list[Stretch]:
        """The line cut where staff gave words to another voice, in order; the later decision counts.
        The line comes from `with_speakers`."""
        if not self.given:
            return [Stretch(0, len(self.text), self.speaker)]
        voices: list[Attribution | None] = [None] * len(self.text)
        for each in self.given:
            start = self.shown_offset(each.start_offset)
            end = self.shown_offset(each.end_offset)
            voices[start:end] = [each] * len(voices[start:end])
        found: list[Stretch] = []
        for at, each in enumerate(voices):
            is_space = self.text[at].isspace()
            if found and (is_space or found[-1].attribution is each):
                found[-1] = replace(found[-1], end=at + 1)
            else:
                speaker = each.decision.voice if each else self.speaker
                found.append(Stretch(found[-1].end if found else 0, at + 1, speaker, each))
        return found

    @property
    def main_voice(self) -> Speaker | None:
        """Who said most of the line."""
        return max(self.stretches(), key=lambda each: each.end - each.start).speaker

    def voice_at(self, offset: int) -> Speaker | None:
        """Who said the character at this offset of the line, as far as we know."""
        at = self.shown_offset(offset)
        here = (each.speaker for each in self.stretches() if each.start <= at < each.end)
        return next(here, self.speaker)
