"""Council Data Project's transcript: sentences with start_time and end_time in seconds."""

from collections.abc import Iterator

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, span, words
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems


def _sentences(source: Source) -> list[Record]:
    return records(inside(source.json, "sentences"), "start_time", "text")


def _matches(source: Source) -> bool:
    return bool(_sentences(source))


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    return ParsedTranscript("cdp", tuple(_utterances(source, problems)))


def _utterances(source: Source, problems: Problems) -> Iterator[ParsedUtterance]:
    for number, sentence in source.numbered(_sentences(source)):
        times = span(sentence.get("start_time"), sentence.get("end_time"), number, problems)
        text = words(sentence, "text")
        if text and times:
            speaker = words(sentence, "speaker_name", "speaker_index")
            yield ParsedUtterance(text, speaker, *times, number)


FORMAT = Format(
    name="cdp",
    title="Sentences as JSON",
    origin="Council Data Project",
    matches=_matches,
    read=_read,
)
