"""What a transcript file says, before anybody has decided what it means.

The parsers hand these over; they know no database, no request and no clock.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hearings.formats.decoding import Source


@dataclass(frozen=True, slots=True)
class ParsedUtterance:
    """One line of transcript, as printed."""

    text: str
    speaker: str = ""  # the name as printed, "" if none
    start: float | None = None  # seconds from the start of the recording
    end: float | None = None
    line: int = 0  # 1-based line (or unit) in the file; pieces of one split turn share it
    interpolated: bool = False  # the time was computed by us, not printed
    role: str = ""  # role or side words the transcript prints for the speaker


@dataclass(frozen=True, slots=True)
class ParsedChapter:
    """A titled stretch of a hearing, in the words of whoever titled it."""

    title: str
    kind: str = ""  # Q&A, TESTIMONY, REMARKS, PROCEDURE … as printed
    start: float | None = None  # seconds from the start of the recording
    seconds: int | None = None  # its length
    summary: str = ""
    bullets: tuple[str, ...] = ()
    source: str = ""  # whose words the summary is, e.g. "citymeetings.nyc"


@dataclass(frozen=True, slots=True)
class Skipped:
    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ParsedTranscript:
    """A file's utterances in the order of the file, its chapters, and what couldn't be read."""

    format: str
    utterances: tuple[ParsedUtterance, ...]
    chapters: tuple[ParsedChapter, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    covers_hearing: bool = True  # False for the page of one chapter


class TranscriptError(ValueError):
    """A file that can't be read. `str()` is a sentence for staff: what is wrong, and where."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"Line {line:,}: {reason}" if line else reason)
        self.reason = reason
        self.line = line


@dataclass(slots=True)
class Problems:
    """What a parser met and couldn't read: raised at once, or listed if bad lines are skipped."""

    skip_bad_lines: bool = False
    skipped: list[Skipped] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def skip(self, line: int, reason: str) -> None:
        if not self.skip_bad_lines:
            raise TranscriptError(reason, line)
        self.skipped.append(Skipped(line, reason))

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)


@dataclass(frozen=True, slots=True)
class Format:
    """How one kind of file is recognised and read. `title` and `origin` are for people."""

    name: str
    title: str
    origin: str
    matches: Callable[["Source"], bool]
    read: Callable[["Source", Problems], ParsedTranscript]
    reads_html: bool = False
    is_line_by_line: bool = False  # never sorted, split or merged
