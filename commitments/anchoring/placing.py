"""A person says where the words of a moment stand, or that they are gone; and what helps to find them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from rapidfuzz import fuzz, process

from commitments import voices
from commitments.alignment import Alignment
from commitments.anchoring.finding import Revision, last_revision_of
from commitments.anchoring.reanchoring import PLACE, put, remember_where_it_stands, write
from commitments.models import Commitment, Moment
from commitments.models.moment import MomentQuerySet
from commitments.moments import Selection
from hearings.models import Hearing, Transcript, Utterance
from hearings.refusing import permit
from hearings.roles import Role

Standing = Moment.Standing
CANDIDATES = 3
AROUND = 3  # lines shown before and after
LIKELY = 55  # per cent of likeness from which a line is shown to a person who looks for lost words


def lost() -> MomentQuerySet:
    """Moments that wait for a person to say where their words stand."""
    return Moment.objects.filter(standing=Standing.LOST).not_gone()


@transaction.atomic
def place(moment: Moment, selection: Selection, *, by, now: datetime) -> list[Commitment]:
    """These words of the current transcript are the moment's; the commitments that name somebody else as
    who said them, for a person to look at."""
    permit(by, Role.CLERK)
    current = _held(moment, now)
    ahead = _ahead_of(moment, current) if moment.is_start_set else None
    put(moment, current, selection, ahead=ahead, now=now, by=by)
    return voices.mismatched(Moment.objects.filter(pk=moment.pk))


@transaction.atomic
def set_aside(moment: Moment, *, by, now: datetime) -> None:
    """The current transcript hasn't got these words; the quote stays as it was taken."""
    permit(by, Role.CLERK)
    current = _held(moment, now)
    write(moment, current, standing=Standing.ABSENT, now=now, by=by)


@transaction.atomic
def put_back(moment: Moment, *, by, now: datetime) -> None:
    """Take back what was decided about the current transcript: the moment waits in the queue again."""
    permit(by, Role.CLERK)
    current = _held(moment, now)
    before = moment.placements.exclude(transcript=current).last()
    if before is None:
        return
    for name in PLACE:
        setattr(moment, name, getattr(before, name))
    write(moment, current, standing=Standing.LOST, now=now, by=by)


def _held(moment: Moment, now: datetime) -> Transcript:
    """Lock the moment's hearing; its current transcript."""
    hearing = Hearing.objects.select_for_update().get(pk=moment.hearing_id)
    moment.refresh_from_db()
    remember_where_it_stands(moment, now)
    return hearing.current_transcript


def _ahead_of(moment: Moment, current: Transcript) -> float | None:
    """Seconds by which the current clock is ahead of the one the moment's start was set on."""
    if not moment.is_displaced:
        return 0.0
    then = last_revision_of(moment)
    return Alignment(then.texts, Revision.of(current).texts).ahead_at(then.span_of(moment))


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
    if not moment.is_displaced:
        return []
    then = last_revision_of(moment)
    span = Alignment(then.texts, Revision(list(lines)).texts).stands_at(then.span_of(moment))
    if span is None:
        return []
    window = (span.line, span.end_line + 1)
    text = " ".join(line.text for line in lines[slice(*window)])
    return [(window, fuzz.token_set_ratio(words.casefold(), text.casefold()))]


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
