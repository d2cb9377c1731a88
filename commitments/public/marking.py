"""Where promises were made, marked in the words of a transcript."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from commitments.marks import Piece, by_line, cut, span_of
from commitments.models import Moment
from hearings.models import Speaker, Utterance
from hearings.models.transcript import joined


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
    shown, moments = joined(utterances), list(moments)
    marks = by_line(shown, (span_of(each, "tagd") for each in moments))
    ending = _by_last_line(shown, moments)
    result, voice, mentioned, seconds = [], object(), set(), set()
    for number, utterance in enumerate(shown):
        second = None if utterance.start is None else int(utterance.start)
        for stretch in utterance.stretches():
            now = (stretch.speaker.pk if stretch.speaker else None, stretch.attribution is not None)
            result.append(
                Line(
                    utterance=utterance,
                    speaker=stretch.speaker,
                    pieces=cut(utterance.shown, marks[number], stretch.start, stretch.end),
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


def _by_last_line(shown: list[Utterance], moments: Iterable[Moment]) -> dict[int, list[Moment]]:
    """The moments whose last words stand in each line; what ends after the page, in its last one."""
    on_page = {line.pk for line in shown}
    ending: dict[int, list[Moment]] = defaultdict(list)
    for moment in moments:
        if moment.end_utterance_id in on_page:
            ending[moment.end_utterance_id].append(moment)
        elif moment.utterance_id in on_page:
            ending[shown[-1].pk].append(moment)
    return ending
