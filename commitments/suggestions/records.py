"""What goes into the engine and what comes out of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One utterance: `start` in seconds; `side` council, agency, elected, public or unknown ""."""

    text: str
    speaker: str = ""
    start: float | None = None
    side: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A likely commitment, with everything a clerk needs to accept or dismiss it.

    `utterance` and `end_utterance` index the lines given; the quote runs from `start_offset` in
    the first to `end_offset` in the last. `score` is the chance, 0–1, that it is a commitment.
    """

    utterance: int
    end_utterance: int
    quote: str
    start_offset: int
    end_offset: int
    speaker: str
    start: float | None
    score: float
    strength: str  # firm | conditional | soft
    type: str  # information | document | meeting | action | correction
    kind: str  # agreed | planned
    how: str  # explicit | assent
    cue: str
    reason: str
    asked_by: str
    asked_for: str  # the colleague on whose behalf it was asked, or ""
    asked_utterance: int | None
    request: str
    summary: str
    due_words: str
    answered_later: bool = False
