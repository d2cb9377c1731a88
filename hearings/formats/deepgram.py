"""Deepgram's answer: the sentences of its paragraphs, else its utterances, its words, its text.

Each channel of a recording counts its speakers from 0; where several have words, the number of the
channel tells them apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, span, words
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems
from hearings.formats.spoken_words import joined, words_of

Heard = tuple[str, ParsedUtterance]  # the number of a channel, and what was said there


def _alternatives(source: Source) -> list[Record]:
    """The best reading of each channel."""
    channels = records(inside(source.json, "results", "channels"), "alternatives")
    best = (inside(channel, "alternatives", 0) for channel in channels)
    return [found if isinstance(found, dict) else {} for found in best]


def _own_utterances(source: Source) -> list[Record]:
    return records(inside(source.json, "results", "utterances"), "transcript")


def _matches(source: Source) -> bool:
    return bool(_alternatives(source) or _own_utterances(source))


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    sentences = _sentences(source) or _own_utterances(source)
    heard = _spoken(source.numbered(sentences), problems) if sentences else _words(source, problems)
    return ParsedTranscript("deepgram", _of_all_channels(list(heard)))


def _sentences(source: Source) -> list[Record]:
    return [
        {**sentence, "speaker": paragraph.get("speaker"), "channel": channel}
        for channel, alternative in enumerate(_alternatives(source))
        for paragraph in records(inside(alternative, "paragraphs", "paragraphs"), "sentences")
        for sentence in records(paragraph.get("sentences"), "text")
    ]


def _spoken(sentences: Iterable[tuple[int, Record]], problems: Problems) -> Iterator[Heard]:
    for number, said in sentences:
        text = words(said, "text", "transcript")
        times = span(said.get("start"), said.get("end"), number, problems)
        if text and times:
            yield (
                words(said, "channel"),
                ParsedUtterance(text, words(said, "speaker"), *times, number),
            )


def _words(source: Source, problems: Problems) -> Iterator[Heard]:
    """The words of each channel as sentences; its mere text where it has no words."""
    alternatives = _alternatives(source)
    source.passes = len(alternatives)
    for channel, alternative in enumerate(alternatives):
        found = source.numbered(records(alternative.get("words"), "word"))
        spoken = list(joined(words_of(found, problems, "punctuated_word", "word")))
        if not spoken and (text := words(alternative, "transcript")):
            spoken = [ParsedUtterance(text, line=1)]
        for each in spoken:
            yield str(channel), each


def _of_all_channels(heard: list[Heard]) -> tuple[ParsedUtterance, ...]:
    """By time where several channels have words, each speaker with the channel's number."""
    if len({channel for channel, _ in heard}) < 2:
        return tuple(said for _, said in heard)
    told_apart = (
        replace(said, speaker=f"Channel {channel}" + (said.speaker and f", speaker {said.speaker}"))
        for channel, said in heard
    )
    return tuple(sorted(told_apart, key=lambda said: said.start or 0))


FORMAT = Format(
    name="deepgram",
    title="Speech recognition as JSON",
    origin="Deepgram",
    matches=_matches,
    read=_read,
)
