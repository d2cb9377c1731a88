"""Text with a name before what was said: `[01:02:03] Name: text`, `NAME: text`, or times alone.

A paragraph without a name goes on with the speaker before it; a heading in capitals ends the
speech, so that what stands below it is nobody's until the next name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from hearings.formats.decoding import Source
from hearings.formats.fields import span
from hearings.formats.names import LONGEST_NAME, leading_name, looks_like_name, printed_role
from hearings.formats.parsed import (
    Format,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    TranscriptError,
)
from hearings.formats.timecode import CLOCK
from hearings.formats.wording import tidy

_TIME = re.compile(rf"[\[(]({CLOCK})(?: ?(?:-->|[-–—→]) ?({CLOCK}))?[\])] ?|({CLOCK})(?= )")
_NAME_THEN_TIME = re.compile(rf"([^:(\[]{{1,{LONGEST_NAME}}}):? [(\[]({CLOCK})[)\]]:? ?")
_LINES_LOOKED_AT = 400


@dataclass(slots=True)
class Opening:
    """What a line prints before the words: a time, a name, both or neither."""

    text: str
    speaker: str | None = None
    clock: str | None = None
    end_clock: str | None = None


def opening(line: str) -> Opening:
    """Take a tidy line apart into time, name and words."""
    named = _NAME_THEN_TIME.match(line)
    if named and looks_like_name(named[1].strip()):
        return Opening(line[named.end() :], named[1].strip(), named[2])
    time = _TIME.match(line)
    rest = line[time.end() :].lstrip() if time else line
    speaker, text = leading_name(rest)
    if time is None:
        return Opening(text, speaker)
    return Opening(text, speaker, time[1] or time[3], time[2])


def is_heading(text: str) -> bool:
    """A short line in capitals: a title, not speech."""
    return text.isupper() and len(text) <= LONGEST_NAME and text[-1] not in ".?!,"


def _matches(source: Source) -> bool:
    """Lines that are a time alone, or one line in ten opening with a time or a name."""
    lines = islice(filter(None, map(tidy, source.head.splitlines())), _LINES_LOOKED_AT)
    openings = [opening(line) for line in lines]
    times_alone = sum(1 for o in openings if o.clock and not o.text and not o.speaker)
    opened = sum(1 for o in openings if o.clock or o.speaker)
    return times_alone > 1 or opened * 10 >= max(len(openings), 20)


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
    turns = tuple(
        turn.utterance()
        for turn in _turns(source.numbered_lines(), problems)
        if turn.words and not turn.unreadable
    )
    if not problems.skipped and not any(turn.speaker or turn.start is not None for turn in turns):
        raise TranscriptError(
            "No line of this file begins with a name and a colon, or with a time."
        )
    return ParsedTranscript("labelled", turns)


def _turns(lines: Iterable[tuple[int, str]], problems: Problems) -> Iterator[Turn]:
    """The paragraphs: each from its name or time, or from a blank line, to the next."""
    current = Turn(line=0, speaker="")
    for number, line in lines:
        text = tidy(line)
        opened = opening(text)
        if opened.speaker is not None or opened.clock is not None:
            yield current
            current = _begin(opened, number, problems)
        elif not text and current.words:
            yield current
            current = Turn(0, current.speaker)
        elif text and not current.words and is_heading(text):
            yield Turn(number, speaker="", words=[text])
            current = Turn(0, speaker="")
        elif text:
            current.add(number, text)
    yield current


def _begin(opened: Opening, number: int, problems: Problems) -> Turn:
    turn = Turn(number, opened.speaker or "")
    times = span(opened.clock, opened.end_clock, number, problems)
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
    origin="`[01:02:03] Name: text`, `NAME: text`, blocks below a time; .txt and .docx",
    matches=_matches,
    read=_read,
)
