"""Where promises were made, marked in the words of a transcript."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from commitments.models import Moment
from hearings.models import Speaker, Utterance
from hearings.models.transcript import joined


@dataclass
class Piece:
    """A stretch of one line's words, marked or not."""

    text: str
    is_marked: bool


@dataclass
class Line:
    """One utterance as a page shows it, with the moments that end in it; or a stretch of one, where
    staff gave words of it to another voice."""

    utterance: Utterance
    speaker: Speaker | None
    pieces: list[Piece]
    moments: list[Moment] = field(default_factory=list)
    is_corrected: bool = False
    is_first: bool = True
    names_speaker: bool = False
    is_first_mention: bool = False
    has_time_anchor: bool = False


def lines(utterances: Iterable[Utterance], moments: Iterable[Moment]) -> list[Line]:
    """The lines in order: the speaker named where the voice changes, their role at first mention, an
    anchor at the first line of each second, the words of the moments marked."""
    shown = joined(utterances)
    spans, ending = _spans(shown, moments)
    result, voice, mentioned, seconds = [], object(), set(), set()
    for utterance in shown:
        second = None if utterance.start is None else int(utterance.start)
        for stretch in utterance.stretches():
            now = (stretch.speaker.pk if stretch.speaker else None, stretch.attribution is not None)
            result.append(
                Line(
                    utterance=utterance,
                    speaker=stretch.speaker,
                    pieces=_pieces(
                        utterance.shown, spans[utterance.pk], stretch.start, stretch.end
                    ),
                    names_speaker=now != voice,
                    is_corrected=stretch.attribution is not None,
                    is_first=stretch.start == 0,
                    is_first_mention=now[0] not in mentioned,
                    has_time_anchor=second is not None and second not in seconds,
                )
            )
            voice = now
            mentioned.add(now[0])
            seconds.add(second)
        result[-1].moments = ending[utterance.pk]
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
            start = utterance.shown_offset(moment.start_offset) if place == first else 0
            end = len(utterance.text)
            if place == last:
                end = utterance.shown_offset(moment.end_offset)
            spans[utterance.pk].append((start, end))
        ending[shown[-1 if last is None else last].pk].append(moment)
    return spans, ending


def _pieces(text: str, spans: list[tuple[int, int]], begin: int, stop: int) -> list[Piece]:
    """The text from `begin` up to `stop`, cut at the ends of the spans."""
    pieces, here = [], begin
    for start, end in sorted(spans):
        start, end = max(start, here), min(end, stop)
        if start > here:
            pieces.append(Piece(text[here:start], False))
        if end > start:
            pieces.append(Piece(text[start:end], True))
        here = max(here, end)
    if here < stop:
        pieces.append(Piece(text[here:stop], False))
    return pieces
