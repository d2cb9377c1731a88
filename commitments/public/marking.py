"""Where promises were made, marked in the words of a transcript."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from commitments.models import Moment
from hearings.models import Utterance


@dataclass
class Piece:
    """A stretch of one line's words, marked or not."""

    text: str
    is_marked: bool


@dataclass
class Line:
    """One utterance as a page shows it, with the moments that end in it."""

    utterance: Utterance
    pieces: list[Piece]
    moments: list[Moment] = field(default_factory=list)
    names_speaker: bool = False
    is_first_mention: bool = False
    has_time_anchor: bool = False


def lines(utterances: Iterable[Utterance], moments: Iterable[Moment]) -> list[Line]:
    """The lines in order: the speaker named where the voice changes, their role at first mention, an
    anchor at the first line of each second, the words of the moments marked."""
    shown = list(utterances)
    spans, ending = _spans(shown, moments)
    result, voice, mentioned, seconds = [], object(), set(), set()
    for utterance in shown:
        speaker = utterance.speaker_id
        second = None if utterance.start is None else int(utterance.start)
        result.append(
            Line(
                utterance=utterance,
                pieces=_pieces(utterance.text, spans[utterance.pk]),
                moments=ending[utterance.pk],
                names_speaker=speaker != voice,
                is_first_mention=speaker not in mentioned,
                has_time_anchor=second is not None and second not in seconds,
            )
        )
        voice = speaker
        mentioned.add(speaker)
        seconds.add(second)
    return result


def _spans(shown: list[Utterance], moments: Iterable[Moment]) -> tuple[dict, dict]:
    """For each line the stretches to mark, and the moments whose last words stand in it."""
    places = {utterance.pk: place for place, utterance in enumerate(shown)}
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    ending: dict[int, list[Moment]] = defaultdict(list)
    for moment in moments:
        first, last = places.get(moment.utterance_id), places.get(moment.end_utterance_id)
        if first is None and last is None:
            continue
        for place in range(
            0 if first is None else first, (len(shown) if last is None else last + 1)
        ):
            utterance = shown[place]
            start = moment.start_offset if place == first else 0
            end = moment.end_offset if place == last else len(utterance.text)
            spans[utterance.pk].append((start, end))
        ending[shown[-1 if last is None else last].pk].append(moment)
    return spans, ending


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, here = [], 0
    for start, end in sorted(spans):
        start = max(start, here)
        if start > here:
            pieces.append(Piece(text[here:start], False))
        if end > start:
            pieces.append(Piece(text[start:end], True))
        here = max(here, end)
    if here < len(text):
        pieces.append(Piece(text[here:], False))
    return pieces
