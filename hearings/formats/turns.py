"""Turns of speech as JSON or CSV: start, end, speaker and text under any of the usual names."""

from hearings.formats import table
from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records
from hearings.formats.parsed import Format, ParsedTranscript, Problems
from hearings.formats.restarts import placed
from hearings.formats.wording import split_long_turns

_LISTS = ("turns", "utterances", "transcript", "segments", "results", "lines", "entries")
_DELIMITERS = (",", ";")


def _matches(source: Source) -> bool:
    return bool(_records(source)) or _table(source) is not None


def _records(source: Source) -> list[Record]:
    document = source.json
    lists = [document, *(inside(document, name) for name in _LISTS)]
    for found in map(records, lists):
        plain = [table.with_plain_names(record) for record in found]
        if plain and table.holds_utterance(plain[0]):
            return plain
    return []


def _table(source: Source) -> table.Table | None:
    if source.is_json_like:
        return None
    tables = (table.find_table(source, delimiter) for delimiter in _DELIMITERS)
    return next(filter(None, tables), None)


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    found = _table(source)
    numbered = list(found.records() if found else enumerate(_records(source), start=1))
    per_second = found.per_second if found else None
    if per_second is None:
        per_second = table.units_per_second([record for _, record in numbered])
    turns = table.utterances(numbered, problems, per_second=per_second)
    return ParsedTranscript("turns", split_long_turns(placed(turns, problems)))


FORMAT = Format(
    name="turns",
    title="Turns as JSON or CSV, fields under the usual names",
    origin="BetaNYC's turns.json, diarization scripts, our own export",
    matches=_matches,
    read=_read,
)
