"""Turns of speech as JSON or CSV: start, end, speaker and text under any of the usual names."""

from collections.abc import Iterator

from hearings.formats import table
from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records
from hearings.formats.parsed import Format, ParsedTranscript, Problems

_LISTS = ("turns", "utterances", "transcript", "segments", "results", "lines", "entries")
_DELIMITERS = (",", ";")


def _matches(source: Source) -> bool:
    return bool(_records(source)) or _table(source) is not None


def _records(source: Source) -> list[Record]:
    document = source.json
    lists = [document, *(inside(document, name) for name in _LISTS)]
    return next(filter(_hold_utterances, map(records, lists)), [])


def _hold_utterances(found: list[Record]) -> bool:
    return bool(found) and table.holds_utterance(table.with_plain_names(found[0]))


def _table(source: Source) -> table.Table | None:
    if source.is_json_like:
        return None
    tables = (table.find_table(source, delimiter) for delimiter in _DELIMITERS)
    return next(filter(None, tables), None)


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    source.passes = 2  # what their times count is known once all have been seen
    found = _table(source)
    numbered = list(found.records() if found else _plainly_named(source))
    per_second = found.per_second if found else None
    if per_second is None:
        per_second = table.counted_per_second([record for _, record in numbered])
    turns = table.utterances(source.told(numbered), problems, per_second=per_second)
    return ParsedTranscript("turns", tuple(turns))


def _plainly_named(source: Source) -> Iterator[tuple[int, Record]]:
    for number, record in source.numbered(_records(source)):
        yield number, table.with_plain_names(record)


FORMAT = Format(
    name="turns",
    title="Turns as JSON or CSV, fields under the usual names",
    origin="BetaNYC's turns.json, diarization scripts, our own export",
    matches=_matches,
    read=_read,
)
