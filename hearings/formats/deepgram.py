"""Deepgram's answer: the sentences of its paragraphs, else its utterances, else single words."""

from collections.abc import Iterable, Iterator
from itertools import chain

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, span, words
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems
from hearings.formats.spoken_words import joined, words_of


def _alternatives(source: Source) -> list[object]:
    """The best reading of each channel."""
    channels = records(inside(source.json, "results", "channels"), "alternatives")
    return [inside(channel, "alternatives", 0) for channel in channels]


def _own_utterances(source: Source) -> list[Record]:
    return records(inside(source.json, "results", "utterances"), "transcript")


def _matches(source: Source) -> bool:
    return bool(_alternatives(source) or _own_utterances(source))


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    sentences: list[Record] = [
        {**sentence, "speaker": paragraph.get("speaker")}
        for alternative in _alternatives(source)
        for paragraph in records(inside(alternative, "paragraphs", "paragraphs"), "sentences")
        for sentence in records(paragraph.get("sentences"), "text")
    ]
    if sentences or (sentences := _own_utterances(source)):
        utterances = tuple(_utterances(source.numbered(sentences), problems))
    else:
        alternatives = _alternatives(source)
        source.passes = len(alternatives)
        spoken = (_spoken(source, found, problems) for found in alternatives)
        utterances = tuple(chain.from_iterable(spoken))
    return ParsedTranscript("deepgram", utterances)


def _utterances(
    sentences: Iterable[tuple[int, Record]], problems: Problems
) -> Iterator[ParsedUtterance]:
    for number, said in sentences:
        text = words(said, "text", "transcript")
        times = span(said.get("start"), said.get("end"), number, problems)
        if text and times:
            yield ParsedUtterance(text, words(said, "speaker"), *times, number)


def _spoken(source: Source, alternative: object, problems: Problems) -> Iterator[ParsedUtterance]:
    found = source.numbered(records(inside(alternative, "words"), "word"))
    return joined(words_of(found, problems, "punctuated_word", "word"))


FORMAT = Format(
    name="deepgram",
    title="Speech recognition as JSON",
    origin="Deepgram",
    matches=_matches,
    read=_read,
)
