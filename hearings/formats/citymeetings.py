"""The page of one chapter of citymeetings.nyc, copied as text.

    Q&A / title / 2:02:45 / · / 156 sec / summary / • bullets
    a name / 2:02:45 / what was said / 2:03:35 / what was said / another name / …

Lines may be grouped by speaker, so that times jump back; the order of the page is kept. The
site's media viewer is read too: there a number stands for the speaker and no line has a time.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from hearings.formats.decoding import Source
from hearings.formats.names import looks_like_name
from hearings.formats.parsed import (
    Format,
    ParsedChapter,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    TranscriptError,
)
from hearings.formats.timecode import clock_seconds, length_seconds, shaped_like_clock
from hearings.formats.wording import tidy

SITE = "citymeetings.nyc"

_CHROME = re.compile(
    r"(?:the )?(?:citymeetings\.nyc(?: logo showing .*)?|your guide to nyc's public proceedings\.?"
    r"|video player is loading\.?|transcript|sentence permalink copied!)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"citymeetings\.nyc pigeon logo|is citymeetings\.nyc useful to you\?"
    r"|want to stay up to date\? sign up for the newsletter",
    re.IGNORECASE,
)
_BULLET = re.compile(r"[•‣▪·*–-] ")
_ANSWER = re.compile(
    r"(?:yes|yeah|yep|no|nope|okay|ok|right|sure|correct|exactly|absolutely|great|good|perfect|thanks"
    r"|hello|hi|please|sorry|aye|nay|present|here|so|well)\.?$"
    r"|.*\b(?:i(?!\.)|we|you|it|this|that|[a-z]{1,9}['’](?:s|re|ll|ve|d|m|t))\b",
    re.IGNORECASE,
)
_BROKEN_OFF = re.compile(r"[0-9]{1,2}:[0-9:]{0,5}")
_MEDIA_VIEWER = "Sentence Permalink Copied!"
_MAX_SEPARATOR = 8  # letters; "·", or what a wrong encoding made of it


class Line(NamedTuple):
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chapter's clock and length stand among the lines, and what they say."""

    first: int  # index of the line with the clock
    after: int  # index of the line behind the length
    clock: str
    seconds: int

    def is_time(self, text: str) -> bool:
        """Whether the text is a time as this page prints them; "10:30" is one of day."""
        return shaped_like_clock(text) and text.count(":") == self.clock.count(":")


def _matches(source: Source) -> bool:
    return _MEDIA_VIEWER in source.head or _head(_page(source.head.splitlines())) is not None


def _page(lines: Iterable[str]) -> list[Line]:
    """The lines about the meeting: without blanks, the site's chrome and its footer."""
    return next(_pages(lines), [])


def _pages(lines: Iterable[str]) -> Iterator[list[Line]]:
    """The lines of each page up to its footer."""
    page = []
    for number, line in enumerate(lines, start=1):
        text = tidy(line)
        footer = _FOOTER.search(text)
        if footer:
            text = text[: footer.start()].strip()
        if text and not _CHROME.fullmatch(text):
            page.append(Line(number, text))
        if footer:
            yield page
            page = []
    yield page


def _head(lines: list[Line], *, is_sure: bool = False) -> Head | None:
    """A clock, perhaps a separator, a length – on one line or on up to three.

    A sure one has a kind in capitals above its title, or a separator: at 2:03:35 somebody can say
    "30 seconds". YouTube's panel says each time again: "0:03" and "3 seconds".
    """
    for first, line in enumerate(lines):
        if shaped_like_clock(line.text.partition(" ")[0]):
            has_kind = first > 1 and lines[first - 2].text.isupper()
            for after in (first + 1, first + 2, first + 3):
                clock, *rest = " ".join(text for _, text in lines[first:after]).split(" ")
                seconds = length_seconds(" ".join(rest))
                has_separator = seconds is None and bool(rest) and len(rest[0]) <= _MAX_SEPARATOR
                if has_separator:
                    seconds = length_seconds(" ".join(rest[1:]))
                is_marked = has_kind or (has_separator and not rest[0].isalnum())
                if seconds == clock_seconds(clock):
                    break
                if seconds is not None and (is_marked or not is_sure):
                    return Head(first, after, clock, seconds)
    return None


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    lines, *others = _pages(source.lines())
    head = _head(lines)
    if head is not None:
        _refuse_second_page([lines[head.after :], *others])
        return _chapter_page(lines, head, problems)
    if _MEDIA_VIEWER in source.text:
        return _media_viewer(lines)
    raise TranscriptError(
        f"This is not a chapter page of {SITE}: no line with a time is followed by a length"
        " such as “156 sec”."
    )


def _refuse_second_page(rest: Iterable[list[Line]]) -> None:
    """Each page by itself: their stretches of the hearing needn't touch."""
    for lines in rest:
        if second := _head(lines, is_sure=True):
            raise TranscriptError(
                "Here the page of another chapter begins. Give each page by itself.",
                lines[second.first].number,
            )


def _chapter_page(lines: list[Line], head: Head, problems: Problems) -> ParsedTranscript:
    speech = _start_of_speech(lines, head)
    chapter = _chapter(lines, head, lines[head.after : speech], problems)
    is_timed = any(head.is_time(line.text) for line in lines[speech:])
    spoken = _timed(lines, speech, head, problems) if is_timed else _untimed(lines[speech:])
    utterances = tuple(spoken)
    if not utterances:
        problems.warn("The page holds a summary but no transcript.")
    return ParsedTranscript("citymeetings", utterances, chapters=(chapter,), covers_hearing=False)


def _start_of_speech(lines: list[Line], head: Head) -> int:
    """Index of the first speaker: the line above the first time, else the first name below."""
    for index in range(head.after, len(lines)):
        if head.is_time(lines[index].text):
            return max(index - 1, head.after)
    bullets = [i for i in range(head.after, len(lines)) if _BULLET.match(lines[i].text)]
    after_summary = bullets[-1] + 1 if bullets else head.after + 1
    for index in range(after_summary, len(lines)):
        if _names_somebody(lines[index].text):
            return index
    return len(lines)


def _chapter(lines: list[Line], head: Head, about: list[Line], problems: Problems) -> ParsedChapter:
    above = [text for _, text in lines[: head.first]]
    kind = above[-2] if len(above) > 1 and above[-2].isupper() else ""
    start = clock_seconds(head.clock)
    if start is None:
        problems.skip(lines[head.first].number, f"{head.clock} is not a time.")
    summary, bullets = _summary(about)
    return ParsedChapter(
        title=above[-1] if above else "",
        kind=kind,
        start=start,
        seconds=head.seconds,
        summary=summary,
        bullets=tuple(bullets),
        source=SITE,
    )


def _summary(about: list[Line]) -> tuple[str, list[str]]:
    """The paragraph, and the bullets with their wrapped lines."""
    paragraph: list[str] = []
    bullets: list[str] = []
    for _, text in about:
        if bullet := _BULLET.match(text):
            bullets.append(text[bullet.end() :])
        elif bullets:
            bullets[-1] += " " + text
        else:
            paragraph.append(text)
    return " ".join(paragraph), bullets


def _timed(
    lines: list[Line], speech: int, head: Head, problems: Problems
) -> Iterator[ParsedUtterance]:
    """Names and times with what was said below each; a name is the line above a time."""
    speaker = ""
    width = max(len(line.text) for line in lines)
    index = speech
    while index < len(lines):
        number, text = lines[index]
        if not shaped_like_clock(text):
            if index + 1 == len(lines):
                _note_break(problems, number)
            speaker = text
            index += 1
            continue
        said = _words_below(lines, index, head, width)
        index += 1 + len(said)
        start = clock_seconds(text)
        if start is None:
            problems.skip(number, f"{text} is not a time: minutes and seconds end at 59.")
        elif said:
            yield ParsedUtterance(" ".join(line.text for line in said), speaker, start, line=number)
    if _BROKEN_OFF.fullmatch(lines[-1].text):
        _note_break(problems, lines[-1].number)


def _note_break(problems: Problems, number: int) -> None:
    problems.warn(f"The page breaks off at line {number:,}; the end of the chapter is missing.")


def _words_below(lines: list[Line], index: int, head: Head, width: int) -> list[Line]:
    """The lines said at the time at `index`: the next one, and those that continue it."""
    said: list[Line] = []
    for position in range(index + 1, len(lines)):
        line = lines[position]
        following = lines[position + 1].text if position + 1 < len(lines) else None
        if not said and _is_time_of_next_line(line.text, following, head):
            break
        if said and (
            shaped_like_clock(line.text)
            or _is_speaker(line.text, following, may_be_wrapped=_is_full(said[-1], line, width))
        ):
            break
        said.append(line)
    return said


def _is_time_of_next_line(text: str, following: str | None, head: Head) -> bool:
    """Whether a time right below a time begins the next line, rather than being what was said.

    "10:30" can be said at 2:03:35: then it is followed by a time again, or has another shape.
    """
    return head.is_time(text) and (following is None or not shaped_like_clock(following))


def _is_full(above: Line, line: Line, width: int) -> bool:
    """Whether the first word of a line had no room in the one above it."""
    return len(above.text) + len(line.text.partition(" ")[0]) >= width


def _is_speaker(text: str, following: str | None, *, may_be_wrapped: bool) -> bool:
    """Whether a line behind what was said is a name, even one in small letters: "de la Cruz"."""
    if following is None:
        return looks_like_name(text) or _BROKEN_OFF.fullmatch(text) is not None
    if text[0].islower() and not may_be_wrapped:
        text = text.title()
    return shaped_like_clock(following) and looks_like_name(text)


def _untimed(lines: list[Line]) -> Iterator[ParsedUtterance]:
    """A page without times: names, and below each the lines said."""
    speaker = ""
    is_named = False  # just now, so that words must follow, whatever they look like
    for (number, text), following in pairwise([*lines, Line(0, "")]):
        is_named = not is_named and _names_somebody(text) and not _is_answer(text, following.text)
        if is_named:
            speaker = text
        else:
            yield ParsedUtterance(text, speaker, line=number)


def _names_somebody(text: str) -> bool:
    has_letters = any(map(str.isalpha, text))
    return has_letters and looks_like_name(text) and not _ANSWER.match(text)


def _is_answer(text: str, following: str) -> bool:
    """Whether one word above a name of several is the last thing said, rather than a name."""
    return " " not in text and " " in following and _names_somebody(following)


def _media_viewer(lines: list[Line]) -> ParsedTranscript:
    """A number for the speaker, one line said; a line without a number titles a chapter."""
    utterances, chapters = [], []
    rest = iter(lines)
    for line in rest:
        if not line.text.isdecimal():
            chapters.append(ParsedChapter(title=line.text, source=SITE))
        elif said := next(rest, None):
            utterances.append(ParsedUtterance(said.text, speaker=line.text, line=said.number))
    return ParsedTranscript("citymeetings", tuple(utterances), chapters=tuple(chapters))


FORMAT = Format(
    name="citymeetings",
    title="Page of one chapter, copied as text",
    origin="citymeetings.nyc",
    matches=_matches,
    read=_read,
)
