"""Whether an agency already owes what it seems to promise again, told by the words of both."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from commitments.models import Commitment
from commitments.suggestions.cues import words

CAP = 300  # the newest commitments looked at, for all agencies of a page together
LEAST_SHARED = 2  # content words
LEAST_SHARE = 0.6  # of the words of the shorter line
SHORTEST = 4  # letters
ENDINGS = re.compile(r"(?:ings?|ed|es|s|e)$")
EMPTY = frozenset(
    ENDINGS.sub("", word)
    for word in words(
        "about after also answer back bring committee confirm council have information last look",
        "make many much next number office provide question report send share submit that their",
        "there they this those update were what when where which will with work year your",
    )
)


def owed_by(agencies: Iterable[int | None]) -> dict[int, list[Commitment]]:
    """What each of the agencies still owes, newest first; one query, at most `CAP` rows."""
    wanted = {agency for agency in agencies if agency}
    found: dict[int, list[Commitment]] = defaultdict(list)
    if wanted:
        for commitment in Commitment.objects.live().filter(agency__in=wanted).order_by("-pk")[:CAP]:
            found[commitment.agency_id].append(commitment)
    return found


def alike(what: str, owed: Sequence[Commitment]) -> Commitment | None:
    """The commitment that says most nearly the same; None where none comes near."""
    meant = content(what)
    likeness = {each: share(meant, content(each.what)) for each in owed}
    best = max(owed, key=likeness.__getitem__, default=None)
    return best if best and likeness[best] >= LEAST_SHARE else None


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the shorter set that both have, 0–1; 0 where they have hardly a word in common."""
    both = len(one & other)
    return both / min(len(one), len(other)) if both >= LEAST_SHARED else 0.0


def content(text: str) -> frozenset[str]:
    """The stems of the words that say what a line is about."""
    printed = re.findall(rf"[^\W\d_]{{{SHORTEST},}}", text.lower())
    return frozenset(ENDINGS.sub("", word) for word in printed) - EMPTY
