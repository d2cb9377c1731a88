"""Captions: cues of a start, an end and a few lines, as WebVTT, SubRip and SubViewer write them.

Read by hand as a stream of lines: webvtt-py and pycaption build trees of styling that we would
throw away, at several times the cost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from hearings.formats.decoding import Source
from hearings.formats.fields import refuse_backwards
from hearings.formats.names import come_back, leading_name, looks_like_name
from hearings.formats.parsed import ParsedTranscript, ParsedUtterance, Problems, TranscriptError
from hearings.formats.timecode import clock_seconds
from hearings.formats.wording import one_line, spread, tidy

_TIME = r"(?:([0-9]{1,4}):)?([0-5]?[0-9]):([0-5][0-9])[.,]([0-9]{3})"
_ARROW = re.compile(rf"\s*{_TIME}[ \t]*-->[ \t]*{_TIME}(?!\S)")
_COMMA = re.compile(rf"{_TIME},{_TIME}\s*$")
_TAG = re.compile(r"<[^<>]*>")
_VOICE = re.compile(r"<v(?:\.[^<>\s]*)? ([^<>]*)>")
_LONE_VOICE = re.compile(rf"{_VOICE.pattern}([^<>&\s][^<>&]*)(?:</v>)?")
_NUMBERED_VOICE = re.compile(r'[0-9]+ "([^"<>]+)"(?: \([0-9]+\))?\s*')
_TURN = re.compile(r" ?(?=(?<!>)>>)")
_CUES_LOOKED_AT = 100
_ONE_IN = 5  # so many cues open with a name, or none is taken for one


class Dialect(NamedTuple):
    """How the times of a cue are printed, and whether a blank line ends the cue.

    Where it doesn't, the number of the next cue stands alone before its times.
    """

    name: str
    mark: str  # between the times
    exact: re.Pattern[str]  # a line with two good times
    rough: re.Pattern[str]  # a line that means to be one
    blank_ends_cue: bool


WEBVTT = Dialect("webvtt", "-->", _ARROW, re.compile(r"(?!NOTE\b)"), blank_ends_cue=True)
SUBRIP = Dialect("srt", "-->", _ARROW, re.compile(""), blank_ends_cue=False)
SUBVIEWER = Dialect("sbv", ",", _COMMA, re.compile(r"[0-9:.]+,[0-9:.]+\s*$"), blank_ends_cue=True)


class Cue(NamedTuple):
    line: int
    start: float
    end: float
    words: list[str]  # by lines


def has_cues(source: Source, dialect: Dialect) -> bool:
    lines = source.head.splitlines()
    return next(cues(lines, Problems(skip_bad_lines=True), dialect), None) is not None


def read_captions(source: Source, problems: Problems, dialect: Dialect) -> ParsedTranscript:
    """The cues as utterances: roll-up repetitions dropped, `>>` and voices told apart."""
    utterances = tuple(spoken(cues(source.lines(), problems, dialect)))
    if not utterances and not problems.skipped:
        raise TranscriptError("No cue with a start, an end and words was found in this file.")
    return ParsedTranscript(dialect.name, utterances)


def spoken(cues: Iterator[Cue]) -> Iterator[ParsedUtterance]:
    """What the cues say, by habits that the first of them show."""
    sample = list(islice(cues, _CUES_LOOKED_AT))
    cues = chain(sample, cues)
    if _grow(sample):
        cues, sample = _grown(cues), list(_grown(sample))
    if _rolls_up(sample):
        cues = _without_repetitions(cues)
    if _have_names_above(sample):
        cues = map(_with_colon, cues)
        return _utterances(cues, names_are_printed=True)
    return _utterances(cues, _prints_names(sample))


def cues(lines: Iterable[str], problems: Problems, dialect: Dialect) -> Iterator[Cue]:
    """The cues that have words, line by line; a cue whose times make no sense is a bad line."""
    _, mark, exact, rough, blank_ends_cue = dialect
    cue: Cue | None = None
    before_blank = 0  # lines of the cue above its last blank line
    above = ""
    in_note = False
    for number, line in enumerate(lines, start=1):
        if mark in line and ((match := exact.match(line)) or (not in_note and rough.match(line))):
            if cue is not None and cue.words:
                yield cue if blank_ends_cue else _without_number(cue, before_blank)
            times = _exact_times(match) if match else _rough_times(line, number, mark, problems)
            if times and times[1] < times[0]:
                refuse_backwards(*times, number, problems)
                times = None
            cue = Cue(number, *times, _voice_above(above) if above else []) if times else None
            before_blank, above = 0, ""
        elif cue is None:
            in_note = line.startswith("NOTE") or (in_note and not line.isspace())
            above = line
        elif words := line.strip():
            cue.words.append(words)
        elif not blank_ends_cue:
            before_blank = len(cue.words)
        elif cue.words:
            yield cue
            cue = None
    if cue is not None and cue.words:
        yield cue


def _exact_times(match: re.Match[str]) -> tuple[float, float]:
    h, m, s, thousandths, end_h, end_m, end_s, end_thousandths = match.groups()
    return (
        (((int(h or 0) * 60 + int(m)) * 60 + int(s)) * 1000 + int(thousandths)) / 1000,
        (((int(end_h or 0) * 60 + int(end_m)) * 60 + int(end_s)) * 1000 + int(end_thousandths))
        / 1000,
    )


def _voice_above(line: str) -> list[str]:
    """The mark of a voice for a cue above whose times its number and a name in quotes stand, as in Webex."""
    found = _NUMBERED_VOICE.fullmatch(line)
    return [f"<v {found[1]}>"] if found else []


def _rough_times(
    line: str, number: int, mark: str, problems: Problems
) -> tuple[float, float] | None:
    """Times without thousandths, or with minutes beyond 59; None, and a bad line, for others."""
    before, _, after = line.partition(mark)
    start, end = (clock_seconds(" ".join(part.split()[:1])) for part in (before, after))
    if start is None or end is None:
        problems.skip(number, f"{line.strip()[:60]!r} is not a start and an end.")
        return None
    return start, end


def _without_number(cue: Cue, before_blank: int) -> Cue:
    """The cue without the number of the next one."""
    words = cue.words
    if before_blank and len(words) == before_blank + 1 and words[-1].isdecimal():
        words.pop()
    return cue


def _grow(cues: Iterable[Cue]) -> bool:
    """Whether enough cues are the one before them and more words, as live captions come."""
    grows = [_is_longer(below, above) for above, below in pairwise(cues)]
    return sum(grows) > 1 and sum(grows) * _ONE_IN >= len(grows)


def _is_longer(below: Cue, above: Cue) -> bool:
    """Whether words were added to what stood there, and not merely another line."""
    begun, text = (_TAG.sub("", " ".join(cue.words)) for cue in (above, below))
    more = text.removeprefix(begun)
    has_more = 0 < len(more) < len(text) and not more[0].isalnum()
    is_rolled = _same(above.words, below.words[: len(above.words)])
    return has_more and not is_rolled and above.start <= below.start


def _grown(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Each as it stood at last, from the time of its first word."""
    standing: Cue | None = None
    for cue in cues:
        if standing and _is_longer(cue, standing):
            standing = cue._replace(line=standing.line, start=standing.start)
            continue
        if standing:
            yield standing
        standing = cue
    if standing:
        yield standing


def _rolls_up(cues: Iterable[Cue]) -> bool:
    """Whether cues of several lines mostly begin with what the one before them ended with."""
    repeats = [
        _overlap(above.words, below.words) > 0
        for above, below in pairwise(cues)
        if len(below.words) > 1
    ]
    return len(repeats) > 1 and sum(repeats) * 2 > len(repeats)


def _overlap(above: list[str], below: list[str]) -> int:
    """How many lines at the head of `below` repeat the tail of `above`."""
    longest = min(len(above), len(below), 4)
    return next((n for n in range(longest, 0, -1) if _same(above[-n:], below[:n])), 0)


def _same(above: list[str], below: list[str]) -> bool:
    return [_TAG.sub("", line) for line in above] == [_TAG.sub("", line) for line in below]


def _without_repetitions(cues: Iterable[Cue]) -> Iterator[Cue]:
    above: list[str] = []
    for cue in cues:
        new = cue.words[_overlap(above, cue.words) :]
        above = cue.words
        if new:
            yield cue._replace(words=new)


def _prints_names(cues: Iterable[Cue]) -> bool:
    """Whether enough cues open with a name and a colon for it to be no accident."""
    named = [leading_name(_TAG.sub("", cue.words[0]))[0] is not None for cue in cues]
    return sum(named) * _ONE_IN >= max(len(named), _ONE_IN)


def _have_names_above(cues: Sequence[Cue]) -> bool:
    """Whether the first line of nearly every cue is a name and no more, and the names come back."""
    names = [cue.words[0] for cue in cues if _has_name_above(cue)]
    return len(names) * 10 >= len(cues) * 9 and come_back(names)


def _has_name_above(cue: Cue) -> bool:
    return len(cue.words) > 1 and "<" not in cue.words[0] and looks_like_name(cue.words[0])


def _with_colon(cue: Cue) -> Cue:
    """The cue with the name of its first line before its words."""
    if not _has_name_above(cue):
        return cue
    name, first, *others = cue.words
    return cue._replace(words=[f"{name}: {first}", *others])


def _utterances(cues: Iterable[Cue], names_are_printed: bool) -> Iterator[ParsedUtterance]:
    """What each cue says, and who: its voice, the name it prints, or the name that still holds.

    A printed name holds until the next one, the next `>>` or the next voice; a voice up to the
    first `>>` behind its words.
    """
    holding = ""
    for line, start, end, words in cues:
        text = words[0] if len(words) == 1 else " ".join(words)
        if lone := _LONE_VOICE.fullmatch(text):  # most cues of most files, so it comes first
            holding = ""
            yield ParsedUtterance(one_line(lone[2]), _tidy_name(lone[1]), start, end, line)
            continue
        parts = []
        for voice, said in _voices(text):
            for number, turn in enumerate(_turns(said)):
                if voice is not None and number == 0:
                    holding = ""
                    parts.append((voice, turn))
                    continue
                name, turn = _printed_name(turn, names_are_printed)
                holding = holding if name is None else name
                parts.append((holding, turn))
        if len(parts) == 1:
            yield ParsedUtterance(parts[0][1], parts[0][0], start, end, line)
        elif parts:
            yield from _shared(line, start, end, parts)


def _shared(
    line: int, start: float, end: float, parts: list[tuple[str, str]]
) -> Iterator[ParsedUtterance]:
    """Several speakers in one cue, its time shared out by the length of what they say."""
    bounds = spread(start, end, [said for _, said in parts])
    for index, ((speaker, said), (begin, stop)) in enumerate(zip(parts, bounds, strict=True)):
        yield ParsedUtterance(said, speaker, begin, stop, line, interpolated=index > 0)


def _voices(text: str) -> list[tuple[str | None, str]]:
    """The voice (None if none is marked) and the tidy words of each `<v Name>` in a cue."""
    if "<" not in text:
        return [(None, tidy(text))]
    before, *rest = _VOICE.split(text)
    voices: list[tuple[str | None, str]] = [(None, _untagged(before))] if before else []
    for name, said in zip(rest[::2], rest[1::2], strict=True):
        voices.append((_tidy_name(name), _untagged(said)))
    return voices


_tidy_name = lru_cache(maxsize=1024)(tidy)  # one name, one string: cues repeat it by the thousand


def _untagged(text: str) -> str:
    return tidy(_TAG.sub("", text))


def _turns(text: str) -> list[str]:
    """The words cut at every `>>`, the captioner's mark for another speaker."""
    if ">>" not in text:
        return [text] if text else []
    return [turn for turn in _TURN.split(text) if turn.strip("> ")]


def _printed_name(turn: str, names_are_printed: bool) -> tuple[str | None, str]:
    """The name a turn prints, "" if it only marks another speaker, None if nothing changes."""
    is_marked = turn.startswith(">>")
    if is_marked or names_are_printed:
        name, words = leading_name(turn.lstrip("> "))
        if name and words:
            return name, words
    return ("" if is_marked else None), turn
