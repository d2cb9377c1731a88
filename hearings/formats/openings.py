"""What a line of text opens with, or is and no more: a time, a name, both.

A line that is no more stands above what was said. Some makers give the name and the time a line each; which
of them comes first is a habit of the file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from hearings.formats.names import LONGEST_NAME, come_back, leading_name, looks_like_name
from hearings.formats.timecode import CLOCK, clock_seconds, length_seconds
from hearings.formats.wording import tidy

_TIME = re.compile(rf"[\[(]({CLOCK})(?: ?(?:-->|[-–—→]) ?({CLOCK}))?[\])] ?|({CLOCK})(?= )")
_NAME_THEN_TIME = re.compile(rf"([^:(\[]{{1,{LONGEST_NAME}}}):? [(\[]({CLOCK})[)\]]:? ?")
_TIMES = re.compile(rf"[\[(]?({CLOCK})(?: ?(?:-->|[-–—→]) ?({CLOCK}))?[\])]?")
_BETWEEN = r"(?: ?[-–—|•·,] ?| )"
_HEADINGS = (
    re.compile(
        rf"\[?(?P<name>[^\[\]:]{{1,{LONGEST_NAME}}}?)\]?{_BETWEEN}[\[(]?(?P<clock>{CLOCK})[\])]?"
    ),
    re.compile(rf"[\[(]?(?P<clock>{CLOCK})[\])]?{_BETWEEN}(?P<name>[^\[\]:]{{1,{LONGEST_NAME}}})"),
)
_BY_THE_MAKER = re.compile(
    r"Transcribed by https?://\S+|Meeting ended after [0-9:]+\W*"
    r"|This editable transcript was computer generated and might contain errors\..*"
)


class Opening(NamedTuple):
    """What a line prints before the words: a time, a name, both or neither."""

    text: str
    speaker: str | None = None
    clock: str | None = None
    end_clock: str | None = None
    is_bare: bool = False  # the time stands without brackets


class Line(NamedTuple):
    number: int
    text: str
    opening: Opening

    @property
    def at(self) -> float | None:
        return clock_seconds(self.opening.clock or "")

    @property
    def may_be_words(self) -> bool:
        """Whether its time can be one of day: `10:30 and then we vote`."""
        return self.opening.is_bare and self.opening.speaker is None

    @property
    def is_time(self) -> bool:
        """Whether it is a time and no more."""
        return bool(self.opening.clock and not self.opening.text and self.opening.speaker is None)

    @property
    def name(self) -> str:
        """The name that it is, with a colon or without; "" for any other line."""
        text, speaker, clock, *_ = self.opening
        if clock is not None or (text and speaker):
            return ""
        return speaker or (text if looks_like_name(text) else "")


def opened(
    numbered: Iterable[tuple[int, str]], *, has_bare_times: bool, has_headings: bool
) -> Iterator[Line]:
    """The lines, each with what it opens with; what the maker of the file printed is taken away."""
    for number, line in numbered:
        text = tidy(line)
        if _BY_THE_MAKER.fullmatch(text):
            text = ""
        found = (_columns(line) if "\t" in line else None) or (
            heading(text) if has_headings else None
        )
        yield Line(number, text, found or opening(text, has_bare_times=has_bare_times))


def opening(line: str, *, has_bare_times: bool = True) -> Opening:
    """Take a tidy line apart into time, name and words."""
    if times := _TIMES.fullmatch(line):
        is_bare = line[0].isdecimal()
        if is_bare and not has_bare_times and times[1].count(":") < 2:
            return Opening(line)
        return Opening("", None, times[1], times[2], is_bare)
    named = _NAME_THEN_TIME.match(line)
    if named and looks_like_name(named[1].strip()):
        return Opening(line[named.end() :], named[1].strip(), named[2])
    time = _TIME.match(line)
    rest = line[time.end() :].lstrip() if time else line
    speaker, text = leading_name(rest)
    if time is None:
        return Opening(text, speaker)
    if time[3] and speaker is None and not has_bare_times:
        return Opening(line)
    return Opening(text, speaker, time[1] or time[3], time[2], is_bare=time[3] is not None)


def heading(line: str) -> Opening | None:
    """A name and a time, in any order, and no more: `Ada Quill  0:03`, `[00:00:03] - Ada Quill`."""
    for shape in _HEADINGS:
        if (found := shape.fullmatch(line)) and looks_like_name(found["name"].strip()):
            return Opening("", found["name"].strip(), found["clock"])
    return None


def _columns(line: str) -> Opening | None:
    """A row of a table: a time, perhaps its end, and a name in any order, the words last."""
    *cells, text = map(tidy, line.split("\t"))
    clocks = [
        clock for cell in cells if (found := _TIMES.fullmatch(cell)) for clock in found.groups()
    ]
    names = [cell.rstrip(":") for cell in cells if cell and not _TIMES.fullmatch(cell)]
    if not clocks or len(names) != 1 or not looks_like_name(names[0]):
        return None
    start, end, *_ = (*filter(None, clocks), None)
    return Opening(text, names[0], start, end)


def are_headed(texts: Sequence[str]) -> bool:
    """Whether lines of a name and a time stand above words, and the names come back."""
    below = [*texts[1:], ""]
    names = [
        found.speaker
        for text, words in zip(texts, below, strict=True)
        if (found := heading(text)) and words and not heading(words) and not opening(words).clock
    ]
    return come_back(names)


def where_names_stand(lines: Sequence[Line]) -> str:
    """Whether a name stands on the line "above" nearly every time that is alone on its line, or "below"
    it; "" for neither."""
    times = [at for at, line in enumerate(lines) if line.is_time]
    above = [_nearest_name(lines, at) for at in times]
    below = [
        lines[at + 1].name if lines[at + 2 : at + 3] and lines[at + 2].text else "" for at in times
    ]
    for place, names in (("above", above), ("below", below)):
        found = list(filter(None, names))
        if len(found) * 10 >= len(times) * 9 and come_back(found):
            return place
    return ""


def _nearest_name(lines: Sequence[Line], at: int) -> str:
    """The name above a line, with at most one empty line between."""
    before = [line for line in lines[max(at - 2, 0) : at] if line.text]
    return before[-1].name if before else ""


def named(lines: Iterable[Line], place: str) -> Iterator[Line]:
    """The lines, each name that stands above or below a time put into the line of that time."""
    return _named_from_above(lines) if place == "above" else _named_from_below(lines)


def _named_from_above(lines: Iterable[Line]) -> Iterator[Line]:
    held: list[Line] = []  # a name, and an empty line below it
    for line in lines:
        if held and line.is_time:
            yield _with_name(line, held[0])
            held = []
        elif line.name:
            yield from held
            held = [line]
        elif len(held) == 1 and not line.text:
            held.append(line)
        else:
            yield from held
            held = []
            yield line
    yield from held


def _named_from_below(lines: Iterable[Line]) -> Iterator[Line]:
    time: Line | None = None
    for line in lines:
        if time and line.name:
            yield _with_name(time, line)
            time = None
            continue
        if time:
            yield time
        time = line if line.is_time else None
        if not time:
            yield line
    if time:
        yield time


def _with_name(time: Line, name: Line) -> Line:
    both = time.opening._replace(speaker=name.name, is_bare=False)
    return Line(min(time.number, name.number), time.text, both)


def without_times_in_words(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines without those that only say again in words which time stands above: `1 minute, 5 seconds`."""
    before: Line | None = None
    for line in lines:
        if not (before and before.is_time and length_seconds(line.text) == int(before.at or 0)):
            yield line
        before = line
