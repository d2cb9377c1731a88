"""What of the record the public may not read, and the one place that hides it.

Stored words are never changed. A queryset that was asked `as_public()` gives instances whose words are
already those that anybody may read, and so does whatever is reached from such an instance, so that no
page, file, feed or mail has to think of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.query import ModelIterable
from django.utils.translation import gettext, gettext_lazy

from hearings import days
from hearings.models.bodies import Council
from hearings.printed import may_be_misspelled
from hearings.roles import Role
from hearings.words import may_be_called, occurrences, stands_in_address, words_of


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
        return days.in_words(self.withheld_at.astimezone(Council.current().zone).date())

    def hides_name(self, name: str) -> bool:
        """Also one that is printed otherwise: rather too much hidden than a secret told."""
        is_alike = self.speaker_id and may_be_called(name, self.phrases[0])
        return bool(is_alike or occurrences(self.in_words, name))

    def nearly_hides_name(self, name: str) -> bool:
        """One that may be a withheld name under another spelling."""
        if name not in self._nearly_hidden:
            self._nearly_hidden[name] = any(may_be_misspelled(name, each) for each in self.names)
        return self._nearly_hidden[name]

    @cached_property
    def _nearly_hidden(self) -> dict[str, bool]:
        return {}

    @property
    def names(self) -> list[str]:
        """The phrases that can be somebody's name."""
        if self.speaker_id:
            return self.phrases
        return [each for each in self.phrases if all(word[0].isupper() for word in each.split())]

    @cached_property
    def in_words(self) -> list[list[str]]:
        return [words_of(phrase) for phrase in self.phrases]


class WithheldLine(models.Model):
    """A line that search must not find. `is_whole`: nothing of the line is shown, because the words are
    spread over it and its neighbour, or because a newer transcript has others at that second and no lead
    has looked yet."""

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
    """What the public may not read at this moment. `hearings` are always those of which a text speaks."""

    def __init__(self, standing: Iterable[Withholding], whole: dict[int, Withholding]) -> None:
        self._of_hearing: dict[int, list[Withholding]] = defaultdict(list)
        self._of_speaker: dict[int, Withholding] = {}
        self._whole = whole
        self._linked: dict[type[models.Model], dict[int, set[int]]] = {}
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

    def __bool__(self) -> bool:
        return bool(self._of_hearing)

    @property
    def hearings(self) -> set[int]:
        """Those with something withheld."""
        return set(self._of_hearing)

    def linked(self, row: "HasPublicWords") -> set[int]:
        """The hearings with something withheld of which a row speaks because other rows tie it to them;
        the database is asked once for all rows of a model."""
        model = type(row)
        if model not in self._linked:
            self._linked[model] = defaultdict(set)
            for pk, hearing in model.ties_to(self.hearings):
                self._linked[model][pk].add(hearing)
        return self._linked[model].get(row.pk, set())

    def _of(self, hearings: Iterable[int]) -> list[Withholding]:
        return [each for pk in hearings for each in self._of_hearing.get(pk, ())]

    def in_text(
        self, hearings: Iterable[int], text: str, *, is_cutout: bool = False
    ) -> list[Hidden]:
        """What is hidden of a text; in order, apart."""
        found: list[Hidden] = []
        for each in self._of(hearings):
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
        return self.in_text([utterance.part.hearing_id], utterance.text)

    def words(self, hearings: Iterable[int], text: str, *, is_cutout: bool = False) -> str:
        return with_markers(text, self.in_text(hearings, text, is_cutout=is_cutout))

    def shown(self, hearings: Iterable[int], words: str | list[str]) -> str | list[str]:
        if isinstance(words, list):
            return [self.words(hearings, each) for each in words]
        return self.words(hearings, words)

    def is_in_address(self, hearings: Iterable[int], address: str) -> bool:
        """Whether an address tells what is withheld: no marker can stand in it, so it is left out."""
        return any(stands_in_address(each.in_words, address) for each in self._of(hearings))

    def of_speaker(self, speaker) -> Withholding | None:
        """The decision that hides this speaker's name; a name printed otherwise in a newer transcript
        is hidden as long as nobody has identified it."""
        if decided := self._of_speaker.get(speaker.pk):
            return decided
        if speaker.official_id:
            return self.of_person([speaker.hearing_id], speaker.official)
        here, name = [speaker.hearing_id], speaker.printed_name
        return self._of_name(here, name) or self._of_nearly(here, name, speaker)

    def of_person(self, hearings: Iterable[int], official) -> Withholding | None:
        """The decision that hides this person's name; those who hold or held an office keep theirs."""
        hearings = list(hearings)
        found = self._of_name(hearings, official.name) or self._of_nearly(
            hearings, official.name, official
        )
        return None if found and official.has_office else found

    def _of_name(self, hearings: Iterable[int], name: str) -> Withholding | None:
        return next((each for each in self._of(hearings) if each.hides_name(name)), None)

    def _of_nearly(self, hearings: Iterable[int], name: str, whose) -> Withholding | None:
        """The decision that hides a name nearly like a withheld one, until a lead has settled whose it is:
        rather too much hidden than a secret told."""
        likely = (each for each in self._of(hearings) if each.nearly_hides_name(name))
        found = next(likely, None)
        return None if found and whose in self._settled_by_a_lead else found

    @cached_property
    def _settled_by_a_lead(self) -> set[models.Model]:
        """The printed names and the people of these hearings of whom a lead has said who they are."""
        settlements = apps.get_model("hearings.Settlement").objects.filter(
            decision__undone_at=None,
            decision__role=Role.LEAD,
            speaker__hearing__in=self.hearings,
        )
        rows = settlements.select_related("speaker", "official")
        return {each for row in rows for each in (row.speaker, row.official) if each}


class WordsIterable(ModelIterable):
    """Instances as they are stored or, of a queryset for the public, as anybody may read them. Built on a
    queryset, so that `iterator()`, prefetches and pages go through it too."""

    def __iter__(self):
        rows = super().__iter__()
        if not self.queryset.is_public:
            yield from rows
            return
        followed = self.queryset.followed
        withheld = Withheld.now() if followed is None else followed
        known = self.queryset._known_related_objects.values()
        from_elsewhere = [row for rows in known for row in rows.values()]
        for each in rows:
            each.hide(withheld, but=from_elsewhere)
            yield each


class PublicWordsQuerySet(models.QuerySet):
    """Rows that are reached from one for the public are for the public too, under the same decisions."""

    _was_asked = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._iterable_class = WordsIterable

    def _clone(self):
        clone = super()._clone()
        clone._was_asked = self._was_asked
        return clone

    def as_public(self):
        """The same rows, with the words that anybody may read. Ask it before `with_speakers`."""
        shown = self._chain()
        shown._was_asked = True
        return shown

    @property
    def followed(self) -> Withheld | None:
        """The decisions under which the row is shown from which these are reached, by a related manager, a
        foreign key or a prefetch."""
        return getattr(self._hints.get("instance"), "shown_under", None)

    @property
    def is_public(self) -> bool:
        return self._was_asked or self.followed is not None

    def _values(self, *fields, **expressions):
        hidden = self.model.public_fields()
        if self.is_public and hidden & (set(fields) or hidden):
            raise TypeError("What is withheld is hidden in rows; values would pass it by.")
        return super()._values(*fields, **expressions)


class HasPublicWords(models.Model):
    """A row that can be shown to the public with some of its words hidden; such an instance is only
    for showing. Every text field that the public reads is named in `public_words`, or, where it holds an
    address, in `public_addresses`."""

    public_words: tuple[str, ...] = ()
    public_addresses: tuple[str, ...] = ()
    shown_under: Withheld | None = None  # None: as it is stored
    redacted: frozenset[str] = frozenset()  # the fields that show less than is stored

    objects = PublicWordsQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"  # so that a row fetched through a foreign key follows too

    def save(self, *args, **kwargs) -> None:
        if self.is_redacted:
            raise TypeError("What was withheld for the public is not saved over the record.")
        super().save(*args, **kwargs)

    @property
    def is_redacted(self) -> bool:
        return bool(self.redacted)

    @classmethod
    def public_fields(cls) -> set[str]:
        return {*cls.public_words, *cls.public_addresses}

    @classmethod
    def ties_to(cls, hearings: set[int]) -> Iterable[tuple[int, int]]:
        """Which rows speak of which of these hearings because other rows tie them to it."""
        return ()

    def hearings_spoken_of(self, withheld: Withheld) -> Iterable[int]:
        return [self.hearing_id]

    def hide(self, withheld: Withheld, but: Iterable[models.Model] = ()) -> None:
        """Replace in this instance, and in those that were read together with it, what the public may
        not read; not in those that were there before."""
        if self.shown_under is not None:
            return
        self.shown_under = withheld
        if withheld:
            self.hide_words(withheld)
        for related in self._state.fields_cache.values():
            if isinstance(related, HasPublicWords) and not any(related is each for each in but):
                related.hide(withheld, but)

    def hide_words(self, withheld: Withheld) -> None:
        words, addresses = self._read(self.public_words), self._read(self.public_addresses)
        hearings = self.hearings_spoken_of(withheld) if words or addresses else ()
        for name in words:
            self.replace(**{name: withheld.shown(hearings, getattr(self, name))})
        for name in addresses:
            if withheld.is_in_address(hearings, getattr(self, name)):
                self.replace(**{name: ""})

    def _read(self, names: Iterable[str]) -> list[str]:
        """Those of these fields that are not deferred; one that is read later is hidden then."""
        return [name for name in names if name in self.__dict__]

    def replace(self, **shown) -> None:
        for name, words in shown.items():
            if getattr(self, name) != words:
                setattr(self, name, words)
                self.redacted |= {name}
