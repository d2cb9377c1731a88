"""Whisper and its relatives: segments in JSON, single words only, or a table with tabs.

OpenAI's `verbose_json` and WhisperX count seconds, whisper.cpp and Whisper's TSV milliseconds.
"""

from collections.abc import Iterable, Iterator

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, span, words
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems
from hearings.formats.spoken_words import joined, words_of
from hearings.formats.table import Table, find_table, utterances
from hearings.formats.wording import split_long_turns

_MILLISECONDS = 1000


def _segments(source: Source) -> list[Record]:
    return records(inside(source.json, "segments"), "start", "text")


def _words(source: Source) -> list[Record]:
    document = source.json
    if inside(document, "audio_duration") is not None:
        return []  # AssemblyAI's, in milliseconds
    named = inside(document, "words") or inside(document, "word_segments")
    return records(named, "start", "word")


def _cpp_segments(source: Source) -> list[Record]:
    return records(inside(source.json, "transcription"), "offsets", "text")


def _table(source: Source) -> Table | None:
    return None if source.is_json_like else find_table(source, "\t")


def _matches(source: Source) -> bool:
    readings = (_segments, _cpp_segments, _words, _table)
    return any(reading(source) for reading in readings)


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    return ParsedTranscript("whisper", split_long_turns(_utterances(source, problems)))


def _utterances(source: Source, problems: Problems) -> Iterable[ParsedUtterance]:
    if segments := _segments(source):
        return _spoken(source.numbered(segments), problems)
    if segments := _cpp_segments(source):
        milliseconds = [{**segment, **_offsets(segment)} for segment in segments]
        return _spoken(source.numbered(milliseconds), problems, per_second=_MILLISECONDS)
    if table := _table(source):
        per_second = table.per_second or _MILLISECONDS
        return utterances(table.records(), problems, per_second=per_second)
    return joined(words_of(source.numbered(_words(source)), problems, "word"))


def _offsets(segment: Record) -> Record:
    return {"start": inside(segment, "offsets", "from"), "end": inside(segment, "offsets", "to")}


def _spoken(
    segments: Iterable[tuple[int, Record]], problems: Problems, per_second: float = 1
) -> Iterator[ParsedUtterance]:
    for number, segment in segments:
        text = words(segment, "text")
        times = span(
            segment.get("start"), segment.get("end"), number, problems, per_second=per_second
        )
        if text and times:
            yield ParsedUtterance(text, words(segment, "speaker"), *times, number)


FORMAT = Format(
    name="whisper",
    title="Segments or words as JSON, or a table with tabs (.tsv)",
    origin="Whisper, WhisperX, faster-whisper, whisper.cpp, OpenAI",
    matches=_matches,
    read=_read,
)
