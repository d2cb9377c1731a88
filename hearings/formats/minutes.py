"""Minutes as a stenographer prints them, in text or PDF: NYC Council, NY Senate and their like.

Pages have numbers, headers and numbered lines, which run through the middle of sentences; a
speaker's name stands before a colon, mostly in capitals. What stands before the first speaker
(cover, appearances, contents) is kept, as nobody's words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from hearings.formats.decoding import Source
from hearings.formats.labelled import is_heading
from hearings.formats.names import leading_name
from hearings.formats.parsed import (
    Format,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    TranscriptError,
)
from hearings.formats.wording import split_long_turns, tidy

_NUMBER = re.compile(r"([0-9]{1,2})(?: |$)")
_LINES_A_PAGE = 30
_STENOGRAPHIC = re.compile(r"\s{4,}[A-Z][A-Za-z.'’ -]{1,60}:\s{2,}\S")
_QUESTION_OR_ANSWER = re.compile(r"([QA])\. (?=\S)")
_COVER = re.compile(
    r"(?:.*\b(?:present|presiding|before|held at|appearances?|speakers?|opening by|council members"
    r"|sponsor|also|witnesses|reported by|start|recess|date|time|place|phone|fax)\b.*"
    r"|[a-z](?: [a-z])+.*|.*[0-9].*)",
    re.IGNORECASE,
)
_ENOUGH = 3
_EDGE = 4  # lines at the head or foot of a page that may be its header or footer


class Line(NamedTuple):
    number: int
    text: str


@dataclass(slots=True)
class Page:
    lines: list[Line]

    def edges(self) -> list[str]:
        texts = [line.text for line in self.lines]
        return texts[:_EDGE] + texts[_EDGE:][-_EDGE:]


@dataclass(slots=True)
class Turn:
    """A speech, a note, or the front matter in the making."""

    line: int
    speaker: str
    words: list[str] = field(default_factory=list)
    resumes: str | None = None  # of a note: who was speaking

    def spoken(self) -> Iterator[ParsedUtterance]:
        if text := " ".join(filter(None, self.words)):
            yield ParsedUtterance(text, self.speaker, line=self.line)

    def begins_note(self, text: str) -> bool:
        """Whether a parenthesis opens here between sentences, as "(Whereupon, …)" does."""
        between = not self.words or self.words[-1].endswith((".", "?", "!", ")", "-"))
        return bool(self.speaker) and between and text[0] == "(" and text[1:2].isupper()

    def is_closed_note(self) -> bool:
        return self.resumes is not None and ")" in self.words[-1]


def _matches(source: Source) -> bool:
    lines = source.head.splitlines()
    if sum(1 for line in lines if _STENOGRAPHIC.match(line)) >= _ENOUGH or _has_numbers(lines):
        return True
    names = sum(1 for line in lines if _speaker(tidy(line))[0] is not None)
    return source.origin == "pdf" and names >= _ENOUGH


def _has_numbers(lines: Iterable[str]) -> bool:
    """Whether most lines with words begin with a number, each with the one above plus one."""
    found = [_NUMBER.match(line) for line in filter(None, map(tidy, lines))]
    numbers = [int(number[1]) if number else None for number in found]
    rising = sum(1 for a, b in pairwise(numbers) if a is not None and b is not None and b == a + 1)
    return rising >= 10 and rising * 3 > len(numbers)


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    source.passes = 2  # headers are known once all pages have been seen
    pages = [Page([])]
    for number, line in source.numbered_lines():
        if "\f" in line:
            pages.append(Page([]))
        if text := tidy(line):
            pages[-1].lines.append(Line(number, text))
    has_numbers = _has_numbers(line.text for page in pages for line in page.lines)
    furniture = _furniture(pages)
    lines = [
        Line(line.number, _unnumbered(line.text) if has_numbers else line.text)
        for page in pages
        for line in page.lines
        if _bare(line.text) not in furniture and not line.text.isdecimal()
    ]
    turns = list(_turns(source.told(lines)))
    if not any(turn.speaker for turn in turns):
        raise TranscriptError("No line of these minutes begins with a name and a colon.")
    return ParsedTranscript("minutes", split_long_turns(turns))


def _furniture(pages: list[Page]) -> set[str]:
    """Bare headers and footers: what comes back at the edge of pages, or in capitals."""
    at_edges = Counter(_bare(text) for page in pages for text in page.edges())
    capitals = Counter(
        _bare(line.text) for page in pages for line in page.lines if is_heading(line.text)
    )
    seen = at_edges + capitals if len(pages) > 1 else capitals
    spoken = {_bare(line.text) for page in pages for line in page.lines if _is_speech(line.text)}
    return {bare for bare, times in seen.items() if times >= _ENOUGH and bare} - spoken


def _is_speech(text: str) -> bool:
    return text.endswith((".", "?", "!")) or _speaker(text)[0] is not None


def _bare(text: str) -> str:
    """The letters of a line, so that a header is the same on every page."""
    return "".join(filter(str.isalpha, text)).lower()


def _unnumbered(text: str) -> str:
    number = _NUMBER.match(text)
    return text[number.end() :] if number and int(number[1]) <= _LINES_A_PAGE else text


def _turns(lines: Iterable[Line]) -> Iterator[ParsedUtterance]:
    """What each speaker says up to the next; a note in parentheses between them is nobody's."""
    turn = Turn(line=1, speaker="")
    for number, text in lines:
        name, words = _speaker(text)
        if name is not None:
            yield from turn.spoken()
            turn = Turn(number, name)
        elif turn.begins_note(text):
            yield from turn.spoken()
            turn = Turn(number, "", resumes=turn.speaker)
        elif turn.is_closed_note():
            yield from turn.spoken()
            turn = Turn(number, turn.resumes or "")
        turn.words.append(words)
    yield from turn.spoken()


def _speaker(text: str) -> tuple[str | None, str]:
    """The name before a colon, or the Q or A of an examination, and the words behind it."""
    if lettered := _QUESTION_OR_ANSWER.match(text):
        return lettered[1], text[lettered.end() :]
    name, words = leading_name(text)
    return (None, text) if name is None or _COVER.fullmatch(name) else (name, words)


FORMAT = Format(
    name="minutes",
    title="Stenographic minutes, as text or PDF",
    origin="NYC Council, NY Senate, court reporters",
    matches=_matches,
    read=_read,
)
