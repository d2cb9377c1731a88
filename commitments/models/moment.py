"""Where in a transcript something was said: a span of words, quoted exactly, with its seconds."""

from functools import partial

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.lifecycle import GONE
from commitments.models.commitment import Commitment
from hearings.capitals import ends_a_sentence
from hearings.models import Hearing, Official, Speaker, Transcript, Utterance, Withheld
from hearings.models.withholding import HasPublicWords, PublicWordsQuerySet

SPAN = ("utterance_id", "start_offset", "end_utterance_id", "end_offset")  # of a moment's words


class MomentQuerySet(PublicWordsQuerySet):
    def made(self) -> "MomentQuerySet":
        return self.filter(role=Moment.Role.MADE)

    def not_gone(self) -> "MomentQuerySet":
        """Those of commitments that were neither removed nor merged."""
        return self.exclude(commitment__state__in=GONE)

    def displaced(self) -> "MomentQuerySet":
        """Those whose words stand in a part that a better transcript has replaced."""
        return self.filter(
            Q(utterance__part__replaced_in__isnull=False)
            | Q(end_utterance__part__replaced_in__isnull=False)
        )

    def with_speakers(self) -> "MomentQuerySet":
        """Moments whose words, and whose voices' names and roles, cost a constant number of queries."""
        return self.select_related(
            "speaker__hearing", "speaker__official", "utterance__part"
        ).prefetch_related(
            models.Prefetch("speaker__official", Official.objects.with_appointments())
        )


class Moment(HasPublicWords):
    """The quote and the revision it was taken from never change; the place is where these words stand in
    the current transcript, or where they last stood."""

    public_words = ("quote", "corrected_quote", "prefix", "suffix", "words_now")

    class Role(models.TextChoices):
        MADE = "made", _("Made")
        QUESTION = "question", _("Question")
        SAID_EARLIER = "said_earlier", _("Said earlier")
        RAISED_AGAIN = "raised_again", _("Raised again")
        ANSWERED = "answered", _("Answered")

    class Standing(models.TextChoices):
        IN_PLACE = "in_place", _("where it was quoted")
        MOVED = "moved", _("in the current transcript, in other words")
        LOST = "lost", _("not found in the current transcript")
        ABSENT = "absent", _("not in the current transcript, as staff have decided")

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="moments")
    role = models.CharField(_("role"), max_length=15, choices=Role)
    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="moments")
    transcript = models.ForeignKey(Transcript, models.PROTECT, related_name="+")
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, related_name="moments")
    utterance = models.ForeignKey(Utterance, models.PROTECT, related_name="moments")
    start_offset = models.PositiveIntegerField(_("first character"))
    end_utterance = models.ForeignKey(Utterance, models.PROTECT, related_name="moments_ending")
    end_offset = models.PositiveIntegerField(_("character after the last"))
    quote = models.TextField(_("words"))
    corrected_quote = models.TextField(_("corrected words, shown beside the original"), blank=True)
    prefix = models.CharField(_("words before"), max_length=100, blank=True)
    suffix = models.CharField(_("words after"), max_length=100, blank=True)
    start = models.FloatField(_("start, in seconds"), null=True)
    is_start_set = models.BooleanField(_("start set by a person"), default=False)
    end = models.FloatField(_("end, in seconds"), null=True)
    standing = models.CharField(
        _("stands"), max_length=10, choices=Standing, default=Standing.IN_PLACE
    )
    words_now = models.TextField(
        _("words of the current transcript, where they differ"), blank=True
    )
    checked_on = models.DateField(_("checked against the recording on"), null=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    search = models.GeneratedField(
        expression=SearchVector("quote", "corrected_quote", config="council"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MomentQuerySet.as_manager()

    class Meta:
        verbose_name = _("moment")
        verbose_name_plural = _("moments")
        ordering = [F("start").asc(nulls_last=True), "pk"]
        indexes = [
            # the register's search
            GinIndex(fields=["search"], name="moment_words")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(role="made"), name="moment_is_made_once"
            ),
            models.CheckConstraint(condition=~Q(quote=""), name="moment_quotes_something"),
            models.CheckConstraint(
                condition=~Q(utterance=F("end_utterance")) | Q(start_offset__lt=F("end_offset")),
                name="moment_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(words_now="") | Q(standing="moved"),
                name="moment_in_other_words_has_moved",
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start__gte=0),
                name="moment_starts_in_the_hearing",
            ),
            models.CheckConstraint(
                condition=Q(is_start_set=False) | Q(start__isnull=False),
                name="moment_start_that_was_set_is_known",
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by__isnull=True)
                | Q(checked_on__isnull=False, checked_by__isnull=False),
                name="moment_check_names_the_checker",
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:80]

    def hide_words(self, withheld: Withheld) -> None:
        """Take what is withheld out of the quotation. A corrected wording may write it otherwise, so it
        isn't shown beside a quotation that hides something."""
        shown = partial(withheld.words, [self.hearing_id], is_cutout=True)
        self.replace(quote=shown(self.quote), prefix=shown(self.prefix), suffix=shown(self.suffix))
        self.replace(corrected_quote="" if self.is_redacted else shown(self.corrected_quote))
        self.replace(words_now="" if self.is_redacted else shown(self.words_now))

    @property
    def spoken(self) -> str:
        """The quotation as people read it, letter for letter: what is printed in capitals only, in small
        ones."""
        return self.utterance.part.as_read(self.quote, begins=ends_a_sentence(self.prefix))

    def get_absolute_url(self) -> str:
        """The public hearing page at these words: both query and fragment; only the page where the
        current transcript hasn't got them."""
        if not self.has_a_place:
            return self.hearing.get_absolute_url()
        return f"{self.hearing.get_absolute_url()}?u={self.utterance_id}#u{self.utterance_id}"

    @property
    def is_about(self) -> bool:
        """Whether its second was computed and nobody has set it since."""
        return self.utterance.is_interpolated and not self.is_start_set

    @property
    def is_displaced(self) -> bool:
        """Whether its words stand in a part that a better transcript has replaced."""
        parts = (self.utterance.part, self.end_utterance.part)
        return any(part.replaced_in_id is not None for part in parts)

    @property
    def has_a_place(self) -> bool:
        return self.standing in (self.Standing.IN_PLACE, self.Standing.MOVED)

    @property
    def is_absent(self) -> bool:
        """Whether staff have looked, and the current transcript has not got its words."""
        return self.standing == self.Standing.ABSENT


class Placement(models.Model):
    """Where a moment has stood since a revision, who decided so (nobody: the machine), and how like the
    words are. Append-only; the newest one is what the moment says of itself, but for a start that was set
    since, which gets its row before the moment is moved on."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="placements")
    transcript = models.ForeignKey(Transcript, models.PROTECT, related_name="+")
    standing = models.CharField(_("stands"), max_length=10, choices=Moment.Standing)
    utterance = models.ForeignKey(Utterance, models.PROTECT, related_name="+")
    start_offset = models.PositiveIntegerField(_("first character"))
    end_utterance = models.ForeignKey(Utterance, models.PROTECT, related_name="+")
    end_offset = models.PositiveIntegerField(_("character after the last"))
    start = models.FloatField(_("start, in seconds"), null=True)
    is_start_set = models.BooleanField(_("start set by a person"), default=False)
    end = models.FloatField(_("end, in seconds"), null=True)
    words_now = models.TextField(_("words there, where they differ"), blank=True)
    score = models.FloatField(_("likeness in per cent"), null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.moment}: {self.get_standing_display()}"


class Note(models.Model):
    """What was taken down at the dais before a transcript existed."""

    commitment = models.OneToOneField(Commitment, models.PROTECT, related_name="note")
    clock_time = models.TimeField(_("clock time"), null=True, blank=True)
    who = models.CharField(_("who"), max_length=200, blank=True)
    owed_to = models.CharField(_("owed to"), max_length=200, blank=True)
    what = models.CharField(_("what"), max_length=300)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self) -> str:
        return self.what
