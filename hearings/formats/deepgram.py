"""Deepgram's answer: paragraphs of sentences where it formed them, else utterances or words."""

from collections.abc import Iterable, Iterator

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, span, words
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems
from hearings.formats.spoken_words import joined, words_of
from hearings.formats.wording import LONG_TURN, split_long_turns


def _alternatives(source: Source) -> list[object]:
    """The best reading of each channel."""
    channels = records(inside(source.json, "results", "channels"), "alternatives")
    return [inside(channel, "alternatives", 0) for channel in channels]


def _own_utterances(source: Source) -> list[Record]:
    return records(inside(source.json, "results", "utterances"), "transcript")


def _matches(source: Source) -> bool:
    return bool(_alternatives(source) or _own_utterances(source))


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    paragraphs = [
        paragraph
        for alternative in _alternatives(source)
        for paragraph in records(inside(alternative, "paragraphs", "paragraphs"), "sentences")
    ]
    if paragraphs:
        utterances = tuple(_of_paragraphs(paragraphs, problems))
    elif own := _own_utterances(source):
        utterances = split_long_turns(_of_utterances(own, problems))
    else:
        spoken = [word for found in _alternatives(source) for word in _words(found, problems)]
        utterances = tuple(spoken)
    return ParsedTranscript("deepgram", utterances)


def _of_paragraphs(paragraphs: Iterable[Record], problems: Problems) -> Iterator[ParsedUtterance]:
    """A paragraph as one utterance, or as its sentences where it is long: they have times."""
    for number, paragraph in enumerate(paragraphs, start=1):
        sentences = [s for s in records(paragraph.get("sentences")) if words(s, "text")]
        whole = {**paragraph, "text": " ".join(words(s, "text") for s in sentences)}
        is_long = whole["text"].count(" ") >= LONG_TURN
        for said in sentences if is_long else [whole]:
            times = span(said.get("start"), said.get("end"), number, problems)
            if times and words(said, "text"):
                speaker = words(paragraph, "speaker")
                yield ParsedUtterance(words(said, "text"), speaker, *times, number)


def _of_utterances(own: Iterable[Record], problems: Problems) -> Iterator[ParsedUtterance]:
    for number, said in enumerate(own, start=1):
        times = span(said.get("start"), said.get("end"), number, problems)
        if times and words(said, "transcript"):
            yield ParsedUtterance(words(said, "transcript"), words(said, "speaker"), *times, number)


def _words(alternative: object, problems: Problems) -> Iterator[ParsedUtterance]:
    found = records(inside(alternative, "words"), "word")
    return joined(words_of(found, problems, "punctuated_word", "word"))


FORMAT = Format(
    name="deepgram",
    title="Speech recognition as JSON",
    origin="Deepgram",
    matches=_matches,
    read=_read,
)
