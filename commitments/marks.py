"""Where something is marked in the words of a transcript: each line is cut there, for every page."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from commitments.models import Moment, Suggestion
from hearings.models import Utterance

LOOKS = (
    "sel",
    "held",
    "tagd",
    "sug",
    "asked",
    "voice",
)  # of two marks on the same words the first one shows

Mark = tuple[int, int, str]  # first character of a line as it is shown, character after, look


@dataclass(frozen=True)
class Span:
    """Words from a character of one line to a character of the same or a later one, and their look."""

    first: int
    start: int
    last: int
    end: int | None
    look: str


@dataclass(frozen=True)
class Piece:
    text: str
    look: str = ""


def span_of(marked: Suggestion | Moment, look: str) -> Span:
    """The words of a suggestion or a moment."""
    return Span(
        marked.utterance_id, marked.start_offset, marked.end_utterance_id, marked.end_offset, look
    )


def by_line(lines: Sequence[Utterance], spans: Iterable[Span]) -> dict[int, list[Mark]]:
    """By the line's number on the page; a span may begin before the page or end after it."""
    numbers = {line.pk: number for number, line in enumerate(lines)}
    marks: dict[int, list[Mark]] = defaultdict(list)
    for span in spans:
        if span.first not in numbers and span.last not in numbers:
            continue
        first, last = numbers.get(span.first, 0), numbers.get(span.last, len(lines) - 1)
        for number in range(first, last + 1):
            marks[number].append(_within(lines[number], span))
    return marks


def _within(line: Utterance, span: Span) -> Mark:
    start = line.shown_offset(span.start) if line.pk == span.first else 0
    ends_here = line.pk == span.last and span.end is not None
    return start, line.shown_offset(span.end) if ends_here else len(line.text), span.look


def cut(text: str, marks: Sequence[Mark], begin: int = 0, stop: int | None = None) -> list[Piece]:
    """The text from `begin` up to `stop`, cut at the ends of its marks."""
    stop = len(text) if stop is None else stop
    ends = {begin, stop}.union(*((start, end) for start, end, _look in marks))
    found: list[Piece] = []
    for start, end in pairwise(sorted(each for each in ends if begin <= each <= stop)):
        look = _look_between(start, end, marks)
        if found and found[-1].look == look:
            found[-1] = Piece(found[-1].text + text[start:end], look)
        else:
            found.append(Piece(text[start:end], look))
    return found


def _look_between(start: int, end: int, marks: Sequence[Mark]) -> str:
    covering = [look for first, last, look in marks if first <= start and end <= last]
    return min(covering, key=LOOKS.index, default="")
