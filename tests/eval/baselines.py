"""What a plain keyword search finds: the floor that the engine has to leave behind."""

import re

from commitments.suggestions import infer_sides

from .corpus import Hearing
from .scoring import Guess

KEYWORDS = re.compile(
    r"\b(get back to|follow.up|look into|report back|come back to|circle back|let you know|"
    r"take (that|it|this) back|double.check|find out|(send|provide|get|share) (you|that|it|those)|"
    r"(i|we) (will|can|commit)\b|(i|we)'ll|happy to|commit to|going to)\b",
    re.IGNORECASE,
)


def keyword_list(hearing: Hearing) -> list[Guess]:
    """Every line with a keyword, scored by how many it holds."""
    hits = [len(KEYWORDS.findall(line.text.replace("’", "'"))) for line in hearing.lines]
    return [Guess(at, at, count / (count + 1)) for at, count in enumerate(hits) if count]


def keyword_list_answering_side(hearing: Hearing) -> list[Guess]:
    """The same, but for the lines of voices known to sit on the council."""
    sides = infer_sides(hearing.lines)
    return [guess for guess in keyword_list(hearing) if sides[guess.first] != "council"]
