"""AssemblyAI's answer: utterances of speakers or single words in milliseconds, perhaps chapters."""

from collections.abc import Iterable, Iterator

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, span, words
from hearings.formats.parsed import (
    Format,
    ParsedChapter,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
)
from hearings.formats.spoken_words import joined, words_of

_MILLISECONDS = 1000


def _utterances(source: Source) -> list[Record]:
    return records(inside(source.json, "utterances"), "start", "text", "words")


def _words(source: Source) -> list[Record]:
    is_ours = inside(source.json, "audio_duration") is not None
    return records(inside(source.json, "words"), "start", "text") if is_ours else []


def _matches(source: Source) -> bool:
    return bool(_utterances(source) or _words(source))


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    if turns := _utterances(source):
        utterances = tuple(_of_turns(source.numbered(turns), problems))
    else:
        found = source.numbered(_words(source))
        spoken = words_of(found, problems, "text", per_second=_MILLISECONDS)
        utterances = tuple(joined(spoken))
    chapters = records(inside(source.json, "chapters"), "start")
    return ParsedTranscript("assemblyai", utterances, tuple(_chapters(chapters, problems)))


def _of_turns(turns: Iterable[tuple[int, Record]], problems: Problems) -> Iterator[ParsedUtterance]:
    for number, turn in turns:
        times = _span(turn, number, problems)
        if times and words(turn, "text"):
            yield ParsedUtterance(words(turn, "text"), words(turn, "speaker"), *times, number)


def _chapters(chapters: Iterable[Record], problems: Problems) -> Iterator[ParsedChapter]:
    for number, chapter in enumerate(chapters, start=1):
        start, end = _span(chapter, number, problems) or (None, None)
        yield ParsedChapter(
            title=words(chapter, "headline", "gist"),
            start=start,
            seconds=None if start is None or end is None else round(end - start),
            summary=words(chapter, "summary"),
            source="AssemblyAI",
        )


def _span(
    record: Record, number: int, problems: Problems
) -> tuple[float | None, float | None] | None:
    return span(record.get("start"), record.get("end"), number, problems, per_second=_MILLISECONDS)


FORMAT = Format(
    name="assemblyai",
    title="Speech recognition as JSON, in milliseconds",
    origin="AssemblyAI",
    matches=_matches,
    read=_read,
)
