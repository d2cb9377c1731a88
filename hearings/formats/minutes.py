"""Minutes as a stenographer prints them, in text or PDF: NYC Council, NY Senate and their like.

Pages have numbers, headers and numbered lines, which run through the middle of sentences; a
speaker's name stands before a colon, mostly in capitals. What stands before the first speaker
(cover, appearances, contents) and after the last (the reporter's certificate) is kept, as nobody's
words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from hearings.formats.decoding import Source
from hearings.formats.labels import Labels, Opening
from hearings.formats.names import leading_name
from hearings.formats.pages import Line, begins_certificate, has_line_numbers, spoken_lines
from hearings.formats.parsed import (
    Format,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    TranscriptError,
)
from hearings.formats.wording import tidy

_STENOGRAPHIC = re.compile(r"\s{4,}[A-Z][A-Za-z.'’ -]{1,60}:\s{2,}\S")
_ENOUGH = 3
_BRACKETED = re.compile(r"\[[^\[\]]{1,80}\]")
_ADJOURNED = re.compile(
    r"\badjourned\b|\b(?:hearing|meeting|session|proceedings?)\b.{0,80}\bconcluded\b", re.IGNORECASE
)


@dataclass(slots=True)
class Turn:
    """A speech, a note, or what nobody says, in the making."""

    line: int
    speaker: str
    resumes: str | None = None  # of a note: who was speaking
    words: list[str] = field(default_factory=list)
    open_parentheses: int = 0
    footnotes: list[Line] = field(default_factory=list)

    def add(self, text: str) -> None:
        if text:
            self.words.append(text)
            self.open_parentheses += text.count("(") - text.count(")")

    def spoken(self) -> Iterator[ParsedUtterance]:
        """What is said, and below it the footnotes of the pages on which it is said."""
        if self.words:
            yield ParsedUtterance(" ".join(self.words), self.speaker, line=self.line)
        if self.footnotes:
            yield ParsedUtterance(
                " ".join(line.text for line in self.footnotes), line=self.footnotes[0].number
            )

    def begins_note(self, text: str) -> bool:
        """Whether "(Whereupon, …" or a whole line "[Applause]" stands here between sentences."""
        between = not self.words or self.words[-1].endswith((".", "?", "!", ")", "]", "-"))
        opens = (text[0] == "(" and text[1:2].isupper()) or _BRACKETED.fullmatch(text)
        return bool(self.speaker and between and opens)

    def is_closed_note(self) -> bool:
        return self.resumes is not None and self.open_parentheses <= 0

    def after_note(self, number: int) -> "Turn":
        """Whoever was speaking goes on, unless the note says that the meeting ended."""
        ends = _ADJOURNED.search(" ".join(self.words))
        return Turn(number, "" if ends or self.resumes is None else self.resumes)


def _matches(source: Source) -> bool:
    lines = source.head.splitlines()
    texts = [text for line in lines if (text := tidy(line))]
    if sum(1 for line in lines if _STENOGRAPHIC.match(line)) >= _ENOUGH or has_line_numbers(texts):
        return True
    return source.origin == "pdf" and sum(1 for text in texts if leading_name(text)[0]) >= _ENOUGH


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    source.passes = 2  # names and headers are known once all pages have been seen
    lines = spoken_lines(source.numbered_lines())
    openings = dict(Labels(lines).openings())
    if not any(opening.speaker for opening in openings.values()):
        raise TranscriptError("No line of these minutes begins with a name and a colon.")
    doubtful = [lines[index].number for index, opening in openings.items() if not opening.speaker]
    if doubtful:
        problems.warn(
            f"Lines that may begin with a speaker's name: {len(doubtful):,}, the first of them line"
            f" {doubtful[0]:,}. What follows each is shown without a speaker."
        )
    return ParsedTranscript("minutes", tuple(_turns(source.told(lines), openings)))


def _turns(lines: Iterable[Line], openings: dict[int, Opening]) -> Iterator[ParsedUtterance]:
    """What each speaker says up to the next; a note in parentheses between them is nobody's."""
    turn = Turn(line=1, speaker="")
    rest = iter(enumerate(lines))
    for index, line in rest:
        opening = openings.get(index)
        if line.is_footnote:
            turn.footnotes.append(line)
            continue
        if following := _next_turn(turn, line, opening):
            yield from turn.spoken()
            turn = following
        turn.add(opening.words if opening else line.text)
        for _ in range(1, opening.lines if opening else 1):
            next(rest)
    yield from turn.spoken()


def _next_turn(turn: Turn, line: Line, opening: Opening | None) -> Turn | None:
    """The turn that begins on this line, if one does."""
    if opening:
        return Turn(line.number, opening.speaker)
    if begins_certificate(line.text):
        return Turn(line.number, "")
    resumed = turn.after_note(line.number) if turn.is_closed_note() else turn
    if resumed.begins_note(line.text):
        return Turn(line.number, "", resumes=resumed.speaker)
    return resumed if resumed is not turn else None


FORMAT = Format(
    name="minutes",
    title="Stenographic minutes, as text or PDF",
    origin="NYC Council, NY Senate, court reporters",
    matches=_matches,
    read=_read,
)
