"""Records of utterances – rows of a table or JSON objects – whatever their fields are called."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, first, span, words
from hearings.formats.names import printed_role
from hearings.formats.parsed import ParsedUtterance, Problems, TranscriptError
from hearings.formats.units import units_per_second

# By likelihood; the words as recognised come before those that somebody smoothed.
_TEXT = (
    "text", "text unedited", "utterance", "transcript", "content", "words", "comment", "body",
    "corrected transcription", "raw transcription", "transcription", "sentence", "text clean",
)  # fmt: skip
_SPEAKER = ("speaker name", "speaker", "speaker public", "person", "name", "who", "speaker label")
_ROLE = ("speaker role", "role")
_START = (
    "start", "start sec", "start time", "start seconds", "start s", "begin", "start ms",
    "start hms", "timestamp", "time stamp", "time",
)  # fmt: skip
_END = ("end", "end sec", "end time", "end seconds", "end s", "stop", "end ms", "end hms")

_ROWS_ABOVE_HEADER = 5
_PARENTHESES = re.compile(r"\([^()]*\)")
_WORD_BREAK = re.compile(r"[_\W]+|(?<=[a-z])(?=[A-Z])")
_COUNTED = {"start sec": 1, "start seconds": 1, "start s": 1, "start ms": 1000}


@lru_cache(maxsize=1024)  # records repeat their few names by the thousand
def plain_name(field: str) -> str:
    """`startTime`, `start_time` and `Start time (seconds)` are all `start time`."""
    return " ".join(_WORD_BREAK.sub(" ", _PARENTHESES.sub("", field)).lower().split())


def with_plain_names(record: Mapping[str, object]) -> Record:
    return {plain_name(str(name)): value for name, value in record.items()}


def holds_utterance(fields: Iterable[str]) -> bool:
    """Whether fields of these plain names hold words, and who said them or when."""
    names = set(fields)
    return not names.isdisjoint(_TEXT) and not names.isdisjoint(_SPEAKER + _START)


def utterances(
    records: Iterable[tuple[int, Record]], problems: Problems, *, per_second: float
) -> Iterator[ParsedUtterance]:
    """One for each numbered record with words, its fields under plain names."""
    for line, record in records:
        text = words(record, *_TEXT)
        times = span(
            first(record, _START), first(record, _END), line, problems, per_second=per_second
        )
        if text and times:
            speaker = words(record, *_SPEAKER)
            role = words(record, *_ROLE) or printed_role(speaker)
            yield ParsedUtterance(text, speaker, *times, line, role=role)


def counted_per_second(records: list[Record], *, usual: float = 1) -> float:
    """What the times count in a second, by the name of their field or by the speed of speech."""
    named = next((name for name in _START if any(record.get(name) for record in records)), "")
    said = ((first(each, _START), first(each, _END), words(each, *_TEXT)) for each in records)
    return _COUNTED.get(named) or units_per_second(said, usual=usual)


@dataclass(frozen=True)
class Table:
    """A file of rows whose header has been found."""

    source: Source
    delimiter: str
    header_line: int
    header: tuple[str, ...]  # plain names
    per_second: float | None  # what the header says that its times count, if it does

    def records(self) -> Iterator[tuple[int, Record]]:
        for line, row in _rows(self.source, self.delimiter):
            if line > self.header_line:
                record: dict[str, str] = {}
                for name, cell in zip(self.header, row, strict=False):
                    record.setdefault(name, cell)  # of two columns of one name, the first
                yield line, record


def find_table(source: Source, delimiter: str) -> Table | None:
    """The table, if one of the first rows names columns of utterances."""
    beginning = Source(source.head.encode())
    try:
        for line, row in islice(_rows(beginning, delimiter), _ROWS_ABOVE_HEADER):
            header = tuple(map(plain_name, row))
            if holds_utterance(header):
                return Table(source, delimiter, line, header, _per_second(row))
    except TranscriptError:
        return None
    return None


def _per_second(row: list[str]) -> float | None:
    start = next((cell.lower() for cell in row if plain_name(cell) in _START), "")
    if "millisecond" in start or "ms" in re.split(r"\W|_", start):
        return 1000
    return 1 if "sec" in start else None


def _rows(source: Source, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = (
        csv.reader(source.lines(), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        if delimiter == "\t"
        else csv.reader(source.lines(), delimiter=delimiter)
    )
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        raise TranscriptError(f"The table breaks here ({error}).", line) from None
