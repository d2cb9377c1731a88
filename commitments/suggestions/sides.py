"""Which side a voice is on: the council that asks, or the agency that answers.

The appointment decides where it is known. Else the printed title, and how the voice talks: who
asks questions, thanks for testimony and yields time sits on the dais; who says "Council Member"
to others, "our agency", "Mr. Chairman" answers. A voice without a name stays unknown.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import cues
from .records import Line
from .text import sentences

COUNCIL_TITLE = re.compile(
    r"\b(council ?(member|man|woman|person)|cm|alder\w+|senator|assembly ?(member|man|woman)|"
    r"representative|congress(man|woman)|chair(man|woman|person)?|vice ?mayor|mayor|supervisor|"
    r"speaker(?! ?\d)|trustee|delegate)\b",
    re.I,
)
AGENCY_TITLE = re.compile(
    r"\b(director|secretary|deputy commissioner|attorney|manager|chief|administrator|dr|clerk|"
    r"superintendent|engineer|planner|officer|inspector|witness|under ?secretary|general counsel)\b"
    r"|\(\w[^)]*\)",
    re.I,
)
SURE = 0.3
ENOUGH = 20_000  # characters of one voice, about 300 sentences
LEAST_ANSWERING = 0.05  # share of the sentences
NAMELESS = re.compile(
    r"^\W*(mr|mrs|ms|dr|unknown.*|unidentified.*|speaker ?\w?\d*|male.*|female.*|participant.*|"
    r"\d*)\W*$",
    re.I,
)


@dataclass(slots=True)
class Manner:
    """How one voice talks, counted over its sentences."""

    sentences: int = 0
    questions: int = 0
    council: int = 0
    agency: int = 0
    addresses: int = 0


@lru_cache(maxsize=1_000)
def nameless(speaker: str) -> bool:
    return not speaker or bool(NAMELESS.match(speaker))


def speaker_scores(lines: Sequence[Line]) -> dict[str, float]:
    """Per printed speaker: above 0 leans to the council's side, below to the answering side."""
    manners: dict[str, Manner] = defaultdict(Manner)
    named = list(_enough_of_each(lines))
    for sentence in sentences(named):
        speaker = named[sentence.first].speaker
        manner = manners[speaker]
        manner.sentences += 1
        signs = cues.names(cues.MANNERS, sentence.plain)
        manner.questions += sentence.ending == "?" and "answers" not in signs
        manner.council += "asks" in signs
        manner.agency += "answers" in signs
        manner.addresses += "address" in signs
    total = sum(m.sentences for m in manners.values()) or 1
    usual = sum(m.questions for m in manners.values()) / total
    seats = _commission_seats(manners)
    scores = {
        name: _score(name, manner, usual) + 2.5 * (name in seats)
        for name, manner in manners.items()
    }
    answering = sum(m.sentences for name, m in manners.items() if scores[name] < -SURE)
    # Where nobody answers, the names are wrong (one name printed over several voices).
    return scores if answering >= total * LEAST_ANSWERING else {}


def _enough_of_each(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines of voices with a name, of each as many words as show how it talks."""
    heard: dict[str, int] = defaultdict(int)
    for line in lines:
        if heard[line.speaker] < ENOUGH and not nameless(line.speaker):
            heard[line.speaker] += len(line.text)
            yield line


def _commission_seats(names: Iterable[str]) -> set[str]:
    """In a city commission the members are called commissioners, and a mayor presides."""
    seats = {name for name in names if name.lower().startswith("commissioner")}
    presides = any(re.match(r"(vice )?mayor\b", name, re.I) for name in names)
    return seats if presides and len(seats) > 1 else set()


def _score(name: str, manner: Manner, usual: float) -> float:
    size = manner.sentences + 5
    score = 8 * ((manner.questions + 2 * usual) / (manner.sentences + 2) - usual)
    score += 6 * (manner.council - manner.agency - manner.addresses / 2) / size
    if COUNCIL_TITLE.search(name):
        score += 1.5
    if AGENCY_TITLE.search(name):
        score -= 1.5
    return score


def infer_sides(lines: Sequence[Line]) -> list[str]:
    """The side of every line: council, agency, as given, or "" (unknown)."""
    scores = speaker_scores(lines)
    return [side_in(line, scores) for line in lines]


def side_in(line: Line, scores: Mapping[str, float]) -> str:
    """As given; but an elected official outside the council presides at one hearing and answers at another,
    as their manner tells."""
    if line.side not in ("", "elected"):
        return line.side
    return side_of(scores.get(line.speaker)) or line.side


def side_of(score: float | None) -> str:
    if score is None or abs(score) < SURE:
        return ""
    return "council" if score > 0 else "agency"
