"""What of the record the public may not read, and the one place that hides it.

Stored words are never changed. A queryset that was asked `as_public()` gives instances whose words are
already those that anybody may read, so that no page, file, feed or mail has to think of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.query import ModelIterable
from django.utils.translation import gettext, gettext_lazy

from hearings.models.bodies import Council
from hearings.words import occurrences, words_of


@dataclass(frozen=True)
class Hidden:
    """Characters `start` to `end` of the stored words, and the marker that stands for them."""

    start: int
    end: int
    marker: str


def with_markers(text: str, hidden: Iterable[Hidden]) -> str:
    pieces, here = [], 0
    for each in hidden:
        pieces += [text[here : each.start], each.marker]
        here = each.end
    return "".join([*pieces, text[here:]])


class WithholdingQuerySet(models.QuerySet):
    def standing(self) -> "WithholdingQuerySet":
        return self.filter(lifted_at=None)


class Withholding(models.Model):
    """A lead's decision that words of a hearing, or the name of somebody who spoke there, are shown to
    nobody but staff, wherever in that hearing they stand."""

    hearing = models.ForeignKey("hearings.Hearing", models.CASCADE, related_name="withholdings")
    speaker = models.ForeignKey(
        "hearings.Speaker",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="withholdings",
        verbose_name=gettext_lazy("whose name"),
    )
    phrases = ArrayField(models.TextField(), verbose_name=gettext_lazy("words"))
    start = models.FloatField(gettext_lazy("from, in seconds"), null=True, blank=True)
    end = models.FloatField(gettext_lazy("to, in seconds"), null=True, blank=True)
    lines = models.ManyToManyField(
        "hearings.Utterance", through="WithheldLine", related_name="withholdings"
    )
    reason = models.CharField(gettext_lazy("reason (internal)"), max_length=300)
    withheld_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withheld_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_because = models.CharField(max_length=300, blank=True)

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("withholding")
        verbose_name_plural = gettext_lazy("withholdings")
        ordering = ["-withheld_at", "-pk"]
        indexes = [
            # every public page asks which stand
            models.Index(
                fields=["hearing"], condition=Q(lifted_at=None), name="withholding_standing"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(phrases=[]), name="withholding_hides_something"),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_because="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_because=""),
                name="withholding_lifted_says_who_and_why",
            ),
            models.UniqueConstraint(
                fields=["speaker"],
                condition=Q(lifted_at=None, speaker__isnull=False),
                name="withholding_of_a_name_stands_once",
            ),
        ]

    def __str__(self) -> str:
        return " … ".join(self.phrases)

    @property
    def marker(self) -> str:
        return gettext("[withheld by the Council on %s]") % self._day()

    @property
    def name_marker(self) -> str:
        return gettext("[name withheld by the Council on %s]") % self._day()

    def _day(self) -> str:
        day = self.withheld_at.astimezone(ZoneInfo(Council.current().time_zone)).date()
        return f"{day:%B} {day.day}, {day.year}"

    @property
    def in_words(self) -> list[list[str]]:
        return [words_of(phrase) for phrase in self.phrases]


class WithheldLine(models.Model):
    """A line that search must not find. `is_whole`: a newer transcript has other words at that second,
    so nothing of the line is shown until a lead has looked."""

    withholding = models.ForeignKey(Withholding, models.CASCADE, related_name="places")
    utterance = models.ForeignKey("hearings.Utterance", models.CASCADE, related_name="+")
    is_whole = models.BooleanField(default=False)

    class Meta:
        verbose_name = gettext_lazy("withheld line")
        verbose_name_plural = gettext_lazy("withheld lines")
        constraints = [
            models.UniqueConstraint(
                fields=["withholding", "utterance"], name="withheld_line_stands_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.utterance_id} of {self.withholding_id}"


class Withheld:
    """What the public may not read at this moment."""

    def __init__(self, standing: Iterable[Withholding], whole: dict[int, Withholding]) -> None:
        self._of_hearing: dict[int, list[Withholding]] = defaultdict(list)
        self._of_speaker: dict[int, Withholding] = {}
        self._whole = whole
        for each in standing:
            self._of_hearing[each.hearing_id].append(each)
            if each.speaker_id:
                self._of_speaker[each.speaker_id] = each

    @classmethod
    def now(cls) -> "Withheld":
        standing = {each.pk: each for each in Withholding.objects.standing()}
        if not standing:
            return cls([], {})
        whole = WithheldLine.objects.filter(withholding__in=standing, is_whole=True)
        lines = whole.values_list("utterance", "withholding")
        return cls(standing.values(), {line: standing[pk] for line, pk in lines})

    def in_text(self, hearing_id: int, text: str, *, is_cutout: bool = False) -> list[Hidden]:
        """What is hidden of a text that speaks of, or comes from, this hearing; in order, apart."""
        found: list[Hidden] = []
        for each in self._of_hearing.get(hearing_id, ()):
            for start, end in occurrences(each.in_words, text, is_cutout=is_cutout):
                found.append(Hidden(start, end, each.marker))
        apart: list[Hidden] = []
        for each in sorted(found, key=lambda hidden: (hidden.start, -hidden.end)):
            if apart and each.start < apart[-1].end:
                last = apart[-1]
                apart[-1] = Hidden(last.start, max(last.end, each.end), last.marker)
            else:
                apart.append(each)
        return apart

    def in_line(self, utterance) -> list[Hidden]:
        """What is hidden of a line of a transcript."""
        if whole := self._whole.get(utterance.pk):
            return [Hidden(0, len(utterance.text), whole.marker)]
        return self.in_text(utterance.part.hearing_id, utterance.text)

    def words(self, hearing_id: int, text: str, *, is_cutout: bool = False) -> str:
        return with_markers(text, self.in_text(hearing_id, text, is_cutout=is_cutout))

    def of_name(self, speaker) -> Withholding | None:
        """The decision that hides this speaker's name; a name printed otherwise in a newer transcript
        is hidden as long as nobody has identified it."""
        if decided := self._of_speaker.get(speaker.pk):
            return decided
        if speaker.official_id:
            return None
        return next(
            (
                each
                for each in self._of_hearing.get(speaker.hearing_id, ())
                if occurrences(each.in_words, speaker.printed_name)
            ),
            None,
        )


class PublicIterable(ModelIterable):
    """Instances as the public may read them. Built on a queryset, so that `iterator()`, prefetches and
    pages go through it too."""

    def __iter__(self):
        withheld = Withheld.now()
        for each in super().__iter__():
            each.hide(withheld)
            yield each


class PublicWordsQuerySet(models.QuerySet):
    def as_public(self):
        """The same rows, with the words that anybody may read. Ask it before `with_speakers`."""
        shown = self._chain()
        shown._iterable_class = PublicIterable
        return shown

    @property
    def is_public(self) -> bool:
        return self._iterable_class is PublicIterable


class HasPublicWords(models.Model):
    """A row that can be shown to the public with some of its words hidden; such an instance is only
    for showing."""

    is_redacted = False

    class Meta:
        abstract = True

    def save(self, *args, **kwargs) -> None:
        if self.is_redacted:
            raise TypeError("What was withheld for the public is not saved over the record.")
        super().save(*args, **kwargs)

    def hide(self, withheld: Withheld) -> None:
        """Replace in this instance what the public may not read."""
        raise NotImplementedError

    def replace(self, **shown) -> None:
        for name, words in shown.items():
            if getattr(self, name) != words:
                setattr(self, name, words)
                self.is_redacted = True
