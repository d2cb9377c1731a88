"""A hearing as sentences in their turns, each with its side and what was asked before it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from . import cues
from .asking import asked_for
from .records import Line
from .sides import side_in, speaker_scores
from .text import Sentence, sentences

STOP = re.compile(r"[.?!](?=\s|$)")
WINDOW = 2_000  # sentences judged together
MARGIN = 60  # sentences of context kept on either side of them
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
    _manners: set[str] | None = field(default=None)

    @property
    def signals(self) -> set[str]:
        """Names of the phrases of `cues.SIGNALS` in the sentence."""
        if self._signals is None:
            self._signals = cues.names(cues.SIGNALS, self.words)
        return self._signals

    @property
    def manners(self) -> set[str]:
        """How the sentence talks: names of the phrases of `cues.MANNERS` in it."""
        if self._manners is None:
            self._manners = cues.names(cues.MANNERS, self.words)
        return self._manners

    @property
    def asks(self) -> set[str]:
        """What the sentence asks for, see `asking`."""
        if self._asks is None:
            self._asks = asked_for(self.words, self.sentence.ending)
        return self._asks


def read(lines: Sequence[Line]) -> Iterator[Spoken]:
    """The hearing as sentences in their turns, with the side each voice seems to be on.

    The lines are gone through twice, first to learn how each voice talks; nothing is kept but
    counts, so that a long hearing needs no more memory than a short one.
    """
    scores = speaker_scores(lines)
    unmarked = not marks_turns(lines)
    turn = place = -1
    ending = ""
    for sentence in sentences(lines):
        opens = sentence.opens_turn or (unmarked and ending == "?" and sentence.ending != "?")
        turn, place = (turn + 1, 0) if opens else (turn, place + 1)
        ending = sentence.ending
        line = lines[sentence.first]
        side = side_in(line, scores)
        yield Spoken(sentence, sentence.plain, turn, place, side, line.speaker)


def marks_turns(lines: Sequence[Line]) -> bool:
    """Whether the transcript shows where one voice ends and another begins."""
    changes = sum(a.speaker != b.speaker for a, b in pairwise(lines))
    changes += sum(line.text.count(">>") for line in lines)
    stops = sum(len(STOP.findall(line.text)) for line in lines)
    return changes * LONGEST_USUAL_TURN >= stops


def windows(spoken: Iterable[Spoken]) -> Iterator[tuple[list[Spoken], range]]:
    """Stretches of a hearing with a margin on both sides, and which sentences are not margin."""
    source = iter(spoken)
    held = list(islice(source, WINDOW + MARGIN))
    start = 0
    while held:
        coming = list(islice(source, WINDOW))
        stop = len(held) - MARGIN if coming else len(held)
        yield held, range(start, stop)
        if not coming:
            return
        start = min(MARGIN, stop)
        held = held[stop - start :] + coming
