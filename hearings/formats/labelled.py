"""Text with a name before or above what was said, with or without times: `[01:02:03] Name: text`,
`NAME: text`, or a line of a name and a time, of either.

A paragraph without a name goes on with the speaker before it; a heading in capitals ends the
speech, so that what stands below it is nobody's until the next name. What a line opens with is
judged by the habits of its file: a time of day can begin a line, and a text be all in capitals.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise

from hearings.formats import openings
from hearings.formats.decoding import Source
from hearings.formats.fields import span
from hearings.formats.names import LONGEST_NAME, printed_role
from hearings.formats.openings import Line, Opening, opening
from hearings.formats.parsed import (
    Format,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    TranscriptError,
)
from hearings.formats.wording import tidy

_ACRONYM = re.compile(r"\b[A-Z]{2,5}\b(?!:)")
_LINES_LOOKED_AT = 400


@dataclass(frozen=True)
class Habits:
    """How a file is written, as its first lines show."""

    has_bare_times: bool
    has_headings: bool  # a name and a time alone on their line
    names_stand: str  # "above" or "below" a time that is alone on its line
    is_in_capitals: bool
    acronyms: frozenset[str]

    def is_heading(self, text: str, *, goes_on: bool) -> bool:
        """Whether a paragraph is a title; a short form isn't, known as one or ending a sentence."""
        if _ACRONYM.fullmatch(text) and (goes_on or text in self.acronyms):
            return False
        return not self.is_in_capitals and is_heading(text)


def is_heading(text: str) -> bool:
    """A short line in capitals: a title, not speech."""
    return text.isupper() and len(text) <= LONGEST_NAME and text[-1] not in ".?!,"


def _matches(source: Source) -> bool:
    """Lines that are a time alone, or one line in ten opening with a time or a name."""
    head = islice(enumerate(source.head.splitlines(), start=1), _LINES_LOOKED_AT)
    found = [line.opening for line in _lines(head, _habits(source)) if line.text]
    times_alone = sum(1 for o in found if o.clock and not o.text and not o.is_bare)
    opened = sum(1 for o in found if o.clock or o.speaker)
    return times_alone > 1 or opened * 10 >= max(len(found), 20)


def _habits(source: Source) -> Habits:
    lines = source.head.splitlines()
    texts = list(map(tidy, lines[:_LINES_LOOKED_AT]))
    opened = [Line(number, text, opening(text)) for number, text in enumerate(texts)]
    with_any = sum(1 for each in opened if each.opening.clock or each.opening.speaker is not None)
    said = [each.opening.text for each in opened if each.opening.text]
    mixed = (line for line in lines if not line.isupper())
    names_stand = openings.where_names_stand(opened)
    are_bare = 2 * sum(each.opening.is_bare for each in opened) > with_any
    return Habits(
        has_bare_times=bool(names_stand) or are_bare,
        has_headings=openings.are_headed(texts),
        names_stand=names_stand,
        is_in_capitals=2 * sum(map(str.isupper, said)) > len(said),
        acronyms=frozenset(chain.from_iterable(map(_ACRONYM.findall, mixed))),
    )


def _lines(numbered: Iterable[tuple[int, str]], habits: Habits) -> Iterator[Line]:
    lines = openings.opened(
        numbered, has_bare_times=habits.has_bare_times, has_headings=habits.has_headings
    )
    if habits.names_stand:
        lines = openings.named(lines, habits.names_stand)
    if habits.has_bare_times:
        lines = _in_order(openings.without_times_in_words(lines))
    return lines


def _in_order(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines, the time of one taken for words where the clock runs past it: it is one of day."""
    before: float | None = None
    for stretch, following in pairwise(chain(_stretches(lines), [[]])):
        first, *rest = stretch
        after = following[0].at if following else None
        if first.may_be_words and _is_passed_by(before, first.at, after):
            first = first._replace(opening=Opening(first.text))
        elif first.opening.clock:
            before = first.at
        yield first
        yield from rest


def _stretches(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines, cut before each that opens with a time."""
    stretch: list[Line] = []
    for line in lines:
        if line.opening.clock and stretch:
            yield stretch
            stretch = []
        stretch.append(line)
    if stretch:
        yield stretch


def _is_passed_by(before: float | None, at: float | None, after: float | None) -> bool:
    """Whether the clock goes on from the time before to the time after, and not over this one."""
    if before is None or at is None or after is None:
        return False
    return before <= after and not before <= at <= after


@dataclass(slots=True)
class Turn:
    """A paragraph in the making."""

    line: int  # 0 until it has words
    speaker: str
    start: float | None = None
    end: float | None = None
    words: list[str] = field(default_factory=list)
    unreadable: bool = False  # its time makes no sense, and was reported

    def add(self, number: int, text: str) -> None:
        self.line = self.line or number
        self.words.append(text)

    def utterance(self) -> ParsedUtterance:
        return ParsedUtterance(
            " ".join(self.words),
            self.speaker,
            self.start,
            self.end,
            self.line,
            role=printed_role(self.speaker),
        )


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    habits = _habits(source)
    lines = _lines(source.numbered_lines(), habits)
    turns = tuple(
        turn.utterance()
        for turn in _turns(lines, habits, problems)
        if turn.words and not turn.unreadable
    )
    if not problems.skipped and not any(turn.speaker or turn.start is not None for turn in turns):
        raise TranscriptError(
            "No line of this file begins with a name and a colon, or with a time."
        )
    return ParsedTranscript("labelled", turns)


def _turns(lines: Iterable[Line], habits: Habits, problems: Problems) -> Iterator[Turn]:
    """The paragraphs: each from its name or time, or from a blank line, to the next."""
    current = Turn(line=0, speaker="")
    goes_on = False  # the last words, in the middle of a sentence
    for number, text, opened in lines:
        if opened.speaker is not None or opened.clock is not None:
            yield current
            current = _begin(opened, number, current, problems)
        elif not text and current.words:
            yield current
            current = Turn(0, current.speaker)
        elif text and not current.line and habits.is_heading(text, goes_on=goes_on):
            yield Turn(number, speaker="", words=[text])
            current = Turn(0, speaker="")
        elif text:
            current.add(number, text)
        if text:
            goes_on = bool(current.speaker and (text[-1].isalnum() or text[-1] == ","))
    yield current


def _begin(opened: Opening, number: int, above: Turn, problems: Problems) -> Turn:
    """The turn that a line opens. A time that stands alone above its name is its time."""
    turn = Turn(number, opened.speaker or "")
    has_its_time_above = opened.clock is None and not above.speaker and not above.words
    times = (
        (above.start, above.end)
        if has_its_time_above
        else span(opened.clock, opened.end_clock, number, problems)
    )
    if times is None:
        turn.unreadable = True
    else:
        turn.start, turn.end = times
    if opened.text:
        turn.add(number, opened.text)
    return turn


FORMAT = Format(
    name="labelled",
    title="Text with names before what was said, with or without times",
    origin="`[01:02:03] Name: text`, `NAME: text`, blocks below a name and a time (Otter, Teams, Zoom, Sonix, Fireflies) or a time alone (YouTube's panel); .txt and .docx",
    matches=_matches,
    read=_read,
)
