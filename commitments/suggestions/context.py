"""A hearing as sentences in their turns, each with its side and what was asked before it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from . import cues
from .asking import asked_for
from .records import Line
from .sides import side_of, speaker_scores
from .text import Sentence, sentences

# Sentences a turn, on average, beyond which a transcript marks no change of voice: there the
# end of a question is taken for one.
LONGEST_USUAL_TURN = 40


@dataclass(slots=True)
class Spoken:
    """A sentence in its place: which turn of one voice, how far into it, on which side."""

    sentence: Sentence
    words: list[str]
    turn: int
    place: int
    side: str
    speaker: str = ""
    _signals: set[str] | None = field(default=None)
    _asks: set[str] | None = field(default=None)

    @property
    def signals(self) -> set[str]:
        """Names of the phrases of `cues.SIGNALS` in the sentence."""
        if self._signals is None:
            self._signals = cues.names(cues.SIGNALS, self.words)
        return self._signals

    @property
    def asks(self) -> set[str]:
        """What the sentence asks for, see `asking`."""
        if self._asks is None:
            self._asks = asked_for(self.words, self.sentence.ending)
        return self._asks


def read(lines: Sequence[Line]) -> list[Spoken]:
    """The hearing as sentences in their turns, with the side each voice seems to be on."""
    said = list(sentences(lines))
    scores = speaker_scores(said, [lines[s.first].speaker for s in said])
    unmarked = sum(sentence.opens_turn for sentence in said) * LONGEST_USUAL_TURN < len(said)
    spoken: list[Spoken] = []
    turn = place = -1
    ending = ""
    for sentence in said:
        opens = sentence.opens_turn or (unmarked and ending == "?" and sentence.ending != "?")
        turn, place = (turn + 1, 0) if opens else (turn, place + 1)
        ending = sentence.ending
        line = lines[sentence.first]
        side = line.side or side_of(scores.get(line.speaker))
        spoken.append(Spoken(sentence, sentence.plain, turn, place, side, line.speaker))
    return spoken
