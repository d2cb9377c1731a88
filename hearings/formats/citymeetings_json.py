"""citymeetings.nyc's export: `transcript.json`, sentences with a speaker's number.

The names stand in a second file, `speakers.json`. Both can come as one:
`{"transcript": […], "speakers": […]}`.
"""

from collections.abc import Iterator

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, span, words
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems

_UNKNOWN = "UNKNOWN"


def _sentences(source: Source) -> list[Record]:
    document = source.json
    found = inside(document, "transcript") if isinstance(document, dict) else document
    return records(found, "time_marker", "start_time", "text")


def _matches(source: Source) -> bool:
    return bool(_sentences(source))


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    people = {
        words(person, "label"): person
        for person in records(inside(source.json, "speakers"), "label")
    }
    if not people:
        problems.warn("Speakers are numbers here; their names are in the file speakers.json.")
    return ParsedTranscript("citymeetings-json", tuple(_utterances(source, people, problems)))


def _utterances(
    source: Source, people: dict[str, Record], problems: Problems
) -> Iterator[ParsedUtterance]:
    for number, sentence in source.numbered(_sentences(source)):
        times = span(sentence.get("start_time"), sentence.get("end_time"), number, problems)
        text, label = words(sentence, "text"), words(sentence, "speaker")
        if text and times:
            person = people.get(label, {})
            name = words(person, "name")
            speaker = name if name not in ("", _UNKNOWN) else label
            yield ParsedUtterance(text, speaker, *times, number, role=_role(person))


def _role(person: Record) -> str:
    parts = (words(person, "role"), words(person, "organization"))
    return " — ".join(part for part in parts if part not in ("", _UNKNOWN))


FORMAT = Format(
    name="citymeetings-json",
    title="Sentences as JSON, speakers by number",
    origin="citymeetings.nyc",
    matches=_matches,
    read=_read,
)
