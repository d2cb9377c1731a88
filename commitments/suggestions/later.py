"""Whether a promise was kept before the hearing ended: the answer came back in the same session."""

import re
from collections.abc import Sequence

from .cues import words
from .records import Line

RETURNING = re.compile(
    r"\b(earlier question|question (you|that you) (asked|had) (earlier|before)|"
    r"(now have|just got|just received|just been given|was just (told|given|handed)|"
    r"i have now|do have) (that|the|an?|your) (\w+ )?(number|figure|answer|data|information)|"
    r"back to your (earlier )?question|answer to your (earlier )?question|"
    r"(we|i) (now )?have (that|the) (number|answer|figure)s? (now|for you))\b",
    re.IGNORECASE,
)
STOP_WORDS = words(
    "about after again could would should there their these those which where while question",
    "answer number because going think really first other council member chair thank please have",
    "that with this what from your they them earlier",
)
SHARED = 2  # content words the return and the question must share


def returns(lines: Sequence[Line]) -> list[int]:
    """The lines in which somebody comes back to an earlier question."""
    return [at for at, line in enumerate(lines) if RETURNING.search(line.text)]


def answered_later(
    lines: Sequence[Line], returned: Sequence[int], last: int, quote: str, request: str
) -> bool:
    """Whether a later line comes back to this very question, told by the words they share."""
    asked = content(f"{quote} {request}")
    return any(
        len(asked & content(" ".join(line.text for line in lines[at : at + 3]))) >= SHARED
        for at in returned
        if at > last
    )


def content(text: str) -> set[str]:
    """The words that say what a text is about."""
    return {word for word in re.findall(r"[a-z]{5,}", text.lower()) if word not in STOP_WORDS}
