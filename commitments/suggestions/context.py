"""A hearing as sentences in their turns, each with its side and what was asked before it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from . import cues
from .records import Line
from .sides import side_of, speaker_scores
from .text import Sentence, sentences

GIVEN = {"council": 3.0, "agency": -3.0, "elected": -3.0, "public": -3.0}


@dataclass(slots=True)
class Spoken:
    """A sentence in its place: which turn of one voice, how far into it, on which side."""

    sentence: Sentence
    words: list[str]
    turn: int
    place: int
    side: str
    _signals: set[str] | None = field(default=None)
    _asks: set[str] | None = field(default=None)
    _manner: set[str] | None = field(default=None)

    @property
    def signals(self) -> set[str]:
        """Names of the phrases of `cues.SIGNALS` in the sentence."""
        if self._signals is None:
            self._signals = cues.names(cues.SIGNALS, self.words)
        return self._signals

    @property
    def asks(self) -> set[str]:
        """The ways of asking in the sentence; "question" for a question mark."""
        if self._asks is None:
            self._asks = cues.names(cues.REQUESTS, self.words)
            if self.sentence.ending == "?":
                self._asks.add("question")
        return self._asks

    @property
    def manner(self) -> set[str]:
        """Which side's way of talking the sentence shows."""
        if self._manner is None:
            self._manner = cues.names(cues.MANNERS, self.words)
        return self._manner


def read(lines: Sequence[Line]) -> list[Spoken]:
    """The hearing as sentences in their turns, with the side each voice seems to be on."""
    said = list(sentences(lines))
    scores = speaker_scores(said, [lines[s.first].speaker for s in said])
    spoken: list[Spoken] = []
    turn = place = -1
    for sentence in said:
        turn, place = (turn + 1, 0) if sentence.opens_turn else (turn, place + 1)
        line = lines[sentence.first]
        side = line.side or side_of(scores.get(line.speaker))
        spoken.append(Spoken(sentence, sentence.plain, turn, place, side))
    return spoken
