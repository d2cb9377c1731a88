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
    """Half of the first lines are objects with text; a single one holds no list of others."""
    lines = list(islice(filter(str.strip, source.head.splitlines()), _LINES_LOOKED_AT))
    found = [record for line in lines if (record := _record(line)) is not None]
    if len(lines) == 1 and found:
        return not any(isinstance(value, list) for value in found[0].values())
    return bool(found) and len(found) * 2 >= len(lines)


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
    is_line_by_line=True,
)
