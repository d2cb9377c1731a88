"""Our neutral format: one JSON object a line, taken as it stands.

Nothing is sorted, split or merged, so that the n-th line is the n-th utterance.
"""

import json
from itertools import islice

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, span, words
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems

_LINES_LOOKED_AT = 20


def _matches(source: Source) -> bool:
    """One of the first lines is an object with text, and the file isn't one single document."""
    lines = list(islice(filter(str.strip, source.head.splitlines()), _LINES_LOOKED_AT))
    found = [record for line in lines if (record := _record(line)) is not None]
    if len(lines) == 1:
        return bool(found) and not any(isinstance(value, list) for value in found[0].values())
    return bool(found) and source.json is None


def _record(line: str) -> Record | None:
    if not line.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and isinstance(value.get("text"), str) else None


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    utterances = [
        utterance
        for number, line in source.numbered_lines()
        if line.strip() and (utterance := _utterance(line, number, problems))
    ]
    return ParsedTranscript("jsonl", tuple(utterances))


def _utterance(line: str, number: int, problems: Problems) -> ParsedUtterance | None:
    record = _record(line)
    if record is None:
        problems.skip(number, 'This is not a JSON object with a "text".')
        return None
    times = span(record.get("start"), record.get("end"), number, problems)
    if times is None:
        return None
    return ParsedUtterance(
        text=words(record, "text"),
        speaker=words(record, "speaker"),
        start=times[0],
        end=times[1],
        line=number,
        role=words(record, "role", "speaker_role"),
    )


FORMAT = Format(
    name="jsonl",
    title='JSON Lines: {"start", "end", "speaker", "text"} a line',
    origin="our neutral format, taken line by line",
    matches=_matches,
    read=_read,
)
