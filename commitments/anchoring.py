"""Moments outlive a new revision of the transcript, or ask. What is not beyond doubt is for a person."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from rapidfuzz import fuzz, process

from commitments.alignment import Alignment, Found, Span, Text, same_words
from commitments.models import Moment, Placement
from commitments.models.moment import MomentQuerySet
from commitments.moments import Selection, begin, can_begin
from hearings.models import Hearing, Transcript, Utterance
from hearings.refusing import permit
from hearings.roles import Role

Standing = Moment.Standing
CANDIDATES = 3
AROUND = 3  # lines shown before and after
LIKELY = 55  # per cent of likeness from which a line is shown to a person who looks for lost words


@dataclass(frozen=True)
class Revision:
    """The lines of one revision in order, and where each stands among them."""

    utterances: list[Utterance]

    @classmethod
    def of(cls, transcript: Transcript) -> "Revision":
        lines = Utterance.objects.of_revision(transcript).with_speakers()
        return cls(list(lines.in_order()))

    @property
    def texts(self) -> list[Text]:
        return [
            Text(line.text, line.start, str((line.speaker and line.speaker.official_id) or ""))
            for line in self.utterances
        ]

    def span_of(self, thing) -> Span:
        """Of anything that names its first and last utterance with offsets."""
        places = self._places()
        return Span(
            places[thing.utterance_id],
            thing.start_offset,
            places[thing.end_utterance_id],
            thing.end_offset,
        )

    def _places(self) -> dict[int, int]:
        return {line.pk: number for number, line in enumerate(self.utterances)}

    def selection(self, span: Span) -> Selection:
        lines = self.utterances[span.line : span.end_line + 1]
        return Selection(lines, span.start_offset, span.end_offset)


def displaced(things: QuerySet) -> QuerySet:
    """Those whose words stand in a part that a better transcript has replaced."""
    return things.filter(
        Q(utterance__part__replaced_in__isnull=False)
        | Q(end_utterance__part__replaced_in__isnull=False)
    )


def find_again(hearing: Hearing, things: Iterable) -> dict[int, tuple[Selection, Found] | None]:
    """For each of these displaced things, by its key: where its words stand in the current transcript."""
    of_revision = defaultdict(list)
    for thing in things:
        parts = (thing.utterance.part, thing.end_utterance.part)
        last = min(part.replaced_in.number for part in parts if part.replaced_in_id) - 1
        of_revision[last].append(thing)
    if not of_revision:
        return {}
    now = Revision.of(hearing.current_transcript)
    return {
        key: found
        for number, group in of_revision.items()
        for key, found in _found_in(now, hearing.transcripts.get(number=number), group)
    }


def _found_in(now: Revision, transcript: Transcript, things: Sequence):
    then = Revision.of(transcript)
    alignment = Alignment(then.texts, now.texts)
    for thing in things:
        found = alignment.find(then.span_of(thing))
        yield thing.pk, found and (now.selection(found.span), found)


@transaction.atomic
def reanchor(hearing: Hearing, *, now: datetime) -> dict[str, int]:
    """Find the moments' words in the current transcript; how many stand as quoted, stand in other words,
    and are lost. A second call changes nothing, two at once do it once."""
    Hearing.objects.select_for_update().get(pk=hearing.pk)
    current = hearing.current_transcript
    if current:
        waiting = _to_be_placed(hearing, current)
        for key, found in find_again(hearing, waiting.values()).items():
            _take(waiting[key], current, found, now)
    return standings(hearing)


def _to_be_placed(hearing: Hearing, current: Transcript) -> dict[int, Moment]:
    """Displaced moments about which nothing has been decided for this revision."""
    decided = Placement.objects.filter(moment=OuterRef("pk"), transcript=current)
    moments = displaced(hearing.moments).filter(~Exists(decided))
    related = ("utterance__part__replaced_in", "end_utterance__part__replaced_in")
    return {each.pk: each for each in moments.select_related(*related)}


def _take(moment: Moment, current: Transcript, found, now: datetime) -> None:
    _remember_where_it_stands(moment, now)
    if found is None:
        _write(moment, current, standing=Standing.LOST, now=now)
    else:
        selection, how = found
        _put(moment, current, selection, ahead=how.ahead, score=how.score, now=now)


def standings(hearing: Hearing) -> dict[str, int]:
    count = Counter(hearing.moments.values_list("standing", flat=True))
    return {
        "kept": count[Standing.IN_PLACE],
        "moved": count[Standing.MOVED],
        "lost": count[Standing.LOST] + count[Standing.ABSENT],
    }


# A person's answers


def lost() -> MomentQuerySet:
    """Moments that wait for a person to say where their words stand."""
    return Moment.objects.filter(standing=Standing.LOST).not_gone()


@transaction.atomic
def place(moment: Moment, selection: Selection, *, by, now: datetime) -> None:
    """These words of the current transcript are the moment's."""
    permit(by, Role.CLERK)
    current = _held(moment, now)
    ahead = _ahead_of(moment, current) if moment.is_start_set else None
    _put(moment, current, selection, ahead=ahead, now=now, by=by)


@transaction.atomic
def set_aside(moment: Moment, *, by, now: datetime) -> None:
    """The current transcript hasn't got these words; the quote stays as it was taken."""
    permit(by, Role.CLERK)
    current = _held(moment, now)
    _write(moment, current, standing=Standing.ABSENT, now=now, by=by)


@transaction.atomic
def ask_again(moment: Moment, *, by, now: datetime) -> None:
    """Take back what was decided about the current transcript: the moment waits in the queue again."""
    permit(by, Role.CLERK)
    current = _held(moment, now)
    before = moment.placements.exclude(transcript=current).last()
    if before is None:
        return
    for name in PLACE:
        setattr(moment, name, getattr(before, name))
    _write(moment, current, standing=Standing.LOST, now=now, by=by)


PLACE = (
    "utterance_id",
    "start_offset",
    "end_utterance_id",
    "end_offset",
    "start",
    "is_start_set",
    "end",
)


def _held(moment: Moment, now: datetime) -> Transcript:
    """Lock the moment's hearing; its current transcript."""
    hearing = Hearing.objects.select_for_update().get(pk=moment.hearing_id)
    moment.refresh_from_db()
    _remember_where_it_stands(moment, now)
    return hearing.current_transcript


def _put(moment, current, selection: Selection, *, now, ahead, score=None, by=None) -> None:
    first, last = selection.first, selection.last
    start = _start_that_was_set(moment, selection, ahead)
    moment.utterance, moment.start_offset = first, selection.start_offset
    moment.end_utterance, moment.end_offset = last, selection.end_offset
    if first.start is not None:
        begin(moment, start)
    differs = not same_words(selection.quote, moment.quote)
    standing = Standing.MOVED if differs else Standing.IN_PLACE
    words = selection.quote if differs else ""
    _write(moment, current, standing=standing, words_now=words, score=score, now=now, by=by)


def _ahead_of(moment: Moment, current: Transcript) -> float | None:
    """Seconds by which the current clock is ahead of the one the moment's start was set on."""
    if not displaced(Moment.objects.filter(pk=moment.pk)).exists():
        return 0.0
    then = _revision_it_stands_in(moment)
    return Alignment(then.texts, Revision.of(current).texts).ahead_at(then.span_of(moment))


def _start_that_was_set(moment: Moment, selection: Selection, ahead: float | None) -> float | None:
    """The second that a person set, on the newer clock; None where nobody did, or it is far from the
    words that the newer transcript has."""
    if not moment.is_start_set or ahead is None:
        return None
    start = max(0.0, moment.start + ahead)
    return start if can_begin(selection.first, selection.last, start) else None


def _remember_where_it_stands(moment: Moment, now: datetime) -> None:
    """A row for the first place of all, and for a start that was set after the newest one."""
    newest = moment.placements.last()
    if newest and all(getattr(newest, name) == getattr(moment, name) for name in PLACE):
        return
    Placement.objects.create(
        moment=moment,
        transcript=newest.transcript if newest else moment.transcript,
        standing=moment.standing,
        words_now=moment.words_now,
        made_at=now if newest else moment.commitment.created_at,
        **{name: getattr(moment, name) for name in PLACE},
    )


def _write(moment, current, *, standing, now, by=None, words_now="", score=None) -> None:
    moment.standing, moment.words_now = standing, words_now
    moment.save(
        update_fields=[*(name.removesuffix("_id") for name in PLACE), "standing", "words_now"]
    )
    Placement.objects.create(
        moment=moment,
        transcript=current,
        standing=standing,
        words_now=words_now,
        score=score,
        made_at=now,
        made_by=by,
        **{name: getattr(moment, name) for name in PLACE},
    )


# Helping a person to find them


@dataclass(frozen=True)
class Candidate:
    """Lines of the current transcript that may hold the lost words, with the lines around them."""

    lines: list[Utterance]
    before: list[Utterance]
    after: list[Utterance]
    score: float


def candidates(moment: Moment, words: str) -> list[Candidate]:
    """The likeliest stretches of lines for some words, none overlapping another: first what stands now
    between the neighbours of the moment's words, then what is most alike."""
    lines = Revision.of(moment.hearing.current_transcript).utterances
    windows = _windows(lines, len(words.split()))
    texts = {window: " ".join(line.text for line in lines[slice(*window)]) for window in windows}
    found = process.extract(
        words,
        texts,
        scorer=fuzz.token_set_ratio,
        processor=str.casefold,
        limit=CANDIDATES * 5,
        score_cutoff=LIKELY,
    )
    chosen = _at_its_place(moment, words, lines)
    for _text, score, (first, end) in found:
        if all(end <= other[0] or first >= other[1] for other, _score in chosen):
            chosen.append(((first, end), score))
    return [
        Candidate(
            lines=list(lines[first:end]),
            before=list(lines[max(0, first - AROUND) : first]),
            after=list(lines[end : end + AROUND]),
            score=score,
        )
        for (first, end), score in chosen[:CANDIDATES]
    ]


def _at_its_place(moment: Moment, words: str, lines) -> list[tuple[tuple[int, int], float]]:
    if not displaced(Moment.objects.filter(pk=moment.pk)).exists():
        return []
    then = _revision_it_stands_in(moment)
    span = Alignment(then.texts, Revision(list(lines)).texts).stands_at(then.span_of(moment))
    if span is None:
        return []
    window = (span.line, span.end_line + 1)
    text = " ".join(line.text for line in lines[slice(*window)])
    return [(window, fuzz.token_set_ratio(words.casefold(), text.casefold()))]


def _revision_it_stands_in(moment: Moment) -> Revision:
    """The last one that has a displaced moment's words."""
    replaced = moment.utterance.part.replaced_in or moment.end_utterance.part.replaced_in
    return Revision.of(moment.hearing.transcripts.get(number=replaced.number - 1))


def _windows(lines: Sequence[Utterance], words: int) -> list[tuple[int, int]]:
    """From each line on, the fewest lines that hold so many words."""
    sizes = [len(line.text.split()) for line in lines]
    windows, end, held = [], 0, 0
    for first, size in enumerate(sizes):
        while held < words and end < len(sizes):
            held += sizes[end]
            end += 1
        if size:
            windows.append((first, max(end, first + 1)))
        held -= size
    return windows


def surroundings(moment: Moment) -> tuple[list[Utterance], list[Utterance], list[Utterance]]:
    """The lines before, the lines of, and the lines after a moment in the revision it last stood in."""
    part = moment.utterance.part
    same = Utterance.objects.filter(part=part).with_speakers()
    line, end = moment.utterance.line, moment.end_utterance.line
    near = same.filter(line__range=(line - AROUND, max(line, end) + AROUND)).order_by("line")
    lines = list(near)
    return (
        [each for each in lines if each.line < line],
        [each for each in lines if line <= each.line <= max(line, end)],
        [each for each in lines if each.line > max(line, end)],
    )
