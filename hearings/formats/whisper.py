"""Whisper and its relatives: segments in JSON, single words only, or a table with tabs.

OpenAI's `verbose_json` and WhisperX count seconds, whisper.cpp and Whisper's TSV milliseconds;
whoever else writes such files may do otherwise, so the speed of speech decides.
"""

from collections.abc import Iterable, Iterator

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, span, words
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems
from hearings.formats.spoken_words import by_speakers, joined, words_of
from hearings.formats.table import Table, counted_per_second, find_table, utterances
from hearings.formats.units import units_per_second

_MILLISECONDS = 1000


def _segments(source: Source) -> list[Record]:
    return records(inside(source.json, "segments"), "start", "text")


def _words(source: Source) -> list[Record]:
    document = source.json
    if inside(document, "audio_duration") is not None:
        return []  # AssemblyAI's, in milliseconds
    named = inside(document, "words") or inside(document, "word_segments") or document
    return records(named, "start", "word")


def _cpp_segments(source: Source) -> list[Record]:
    return records(inside(source.json, "transcription"), "offsets", "text")


def _table(source: Source) -> Table | None:
    return None if source.is_json_like else find_table(source, "\t")


def _matches(source: Source) -> bool:
    readings = (_segments, _cpp_segments, _words, _table)
    return any(reading(source) for reading in readings)


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    return ParsedTranscript("whisper", tuple(_utterances(source, problems)))


def _utterances(source: Source, problems: Problems) -> Iterable[ParsedUtterance]:
    if segments := _segments(source):
        return _spoken(source.numbered(segments), problems, per_second=_counted(segments, "text"))
    if segments := _cpp_segments(source):
        milliseconds = [{**segment, **_offsets(segment)} for segment in segments]
        return _spoken(source.numbered(milliseconds), problems, per_second=_MILLISECONDS)
    if table := _table(source):
        source.passes = 2  # what their times count is known once all have been seen
        rows = list(table.records())
        per_second = table.per_second or counted_per_second(
            [record for _, record in rows], usual=_MILLISECONDS
        )
        return utterances(source.told(rows), problems, per_second=per_second)
    spoken = _words(source)
    numbered = source.numbered(spoken)
    return joined(words_of(numbered, problems, "word", per_second=_counted(spoken, "word")))


def _counted(spoken: Iterable[Record], field: str) -> float:
    """What the times count in a second."""
    return units_per_second(
        (each.get("start"), each.get("end"), words(each, field)) for each in spoken
    )


def _offsets(segment: Record) -> Record:
    return {"start": inside(segment, "offsets", "from"), "end": inside(segment, "offsets", "to")}


def _spoken(
    segments: Iterable[tuple[int, Record]], problems: Problems, *, per_second: float
) -> Iterator[ParsedUtterance]:
    for number, segment in segments:
        text = words(segment, "text")
        times = span(
            segment.get("start"), segment.get("end"), number, problems, per_second=per_second
        )
        if text and times:
            said = ParsedUtterance(text, words(segment, "speaker"), *times, number)
            yield from by_speakers(
                said, records(segment.get("words"), "word"), per_second=per_second
            )


FORMAT = Format(
    name="whisper",
    title="Segments or words as JSON, or a table with tabs (.tsv)",
    origin="Whisper, WhisperX, faster-whisper, whisper.cpp, OpenAI",
    matches=_matches,
    read=_read,
)
