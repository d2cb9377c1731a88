"""Labelled hearings: our own small one, and those below CORPUS_DIR/labelled where it is set.

A hearing is NAME.jsonl (`i`, `start`, `speaker`, `text` a line) with NAME.labels.jsonl beside it
(`i`, `j`, `label` yes/no, `how`, `side`, `due`, `cue`, `note`).
"""

import json
import os
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from commitments.suggestions import Line
from commitments.suggestions.context import Spoken, read
from commitments.suggestions.features import Candidate, candidates

OWN = Path(__file__).with_name("labelled")
CAPTION_WORDS = 8  # below this median a line is a caption, and a label reaches further
CAPTION_SLACK, LINE_SLACK = 3, 1
WORDS_AN_HOUR = 9_000  # where a transcript has no times
FARTHEST_FRAME = 14  # words between a label's cue and the frame that is taken for it


@dataclass(frozen=True)
class Label:
    first: int
    last: int
    yes: bool
    assent: bool
    wanted: bool  # to be found: a spoken promise of the answering side
    cue: str
    dated: bool


@dataclass(frozen=True)
class Hearing:
    name: str
    lines: list[Line]
    labels: list[Label]

    @cached_property
    def words(self) -> int:
        return sum(len(line.text.split()) for line in self.lines)

    @property
    def hours(self) -> float:
        starts = [line.start for line in self.lines if line.start is not None]
        spoken = self.words / WORDS_AN_HOUR
        return (starts[-1] - starts[0]) / 3600 if starts and starts[-1] > starts[0] else spoken

    @cached_property
    def slack(self) -> int:
        usual = statistics.median(len(line.text.split()) for line in self.lines)
        return CAPTION_SLACK if usual < CAPTION_WORDS else LINE_SLACK

    @property
    def wanted(self) -> list[Label]:
        return [label for label in self.labels if label.wanted]

    def text(self, label: Label) -> str:
        return " ".join(line.text for line in self.lines[label.first : label.last + 1])


def hearings() -> list[Hearing]:
    """The corpus where there is one, else our own hearing."""
    directory = os.environ.get("CORPUS_DIR")
    folder = Path(directory) / "labelled" if directory else OWN
    names = sorted(
        path.name.removesuffix(".labels.jsonl") for path in folder.glob("*.labels.jsonl")
    )
    return [load(folder, name) for name in names]


def load(folder: Path, name: str) -> Hearing:
    lines = [
        Line(row["text"], row["speaker"] or "", row["start"])
        for row in rows(folder / f"{name}.jsonl")
    ]
    labels = [
        Label(
            first=row["i"],
            last=row.get("j", row["i"]),
            yes=row["label"] == "yes",
            assent=row.get("how") == "assent",
            wanted=row["label"] == "yes" and spoken_by_agency(row),
            cue=(row.get("cue") or "").lower(),
            dated=bool(row.get("due")),
        )
        for row in rows(folder / f"{name}.labels.jsonl")
    ]
    return Hearing(name, lines, labels)


def rows(path: Path) -> Iterator[dict]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def spoken_by_agency(row: dict) -> bool:
    """Prepared text printed in the record ("written: …" in the note) was never spoken."""
    written = re.match(r"\W*written", row.get("note") or "", re.IGNORECASE)
    return row.get("side") in ("agency", "unknown", None) and not written


class Example(NamedTuple):
    """A candidate to learn from: its features, whether it is a promise, how much it counts."""

    features: frozenset[str]
    answer: bool
    weight: float = 1.0


def examples(hearing: Hearing) -> list[Example]:
    """Candidates with the right answer; those that merely overlap a label are left out."""
    spoken = list(read(hearing.lines))
    found = list(candidates(spoken))
    return [
        Example(candidate.features, answer)
        for candidate, answer in zip(found, answers(hearing, spoken, found), strict=True)
        if answer is not None
    ]


def answers(hearing: Hearing, spoken: list[Spoken], found: list[Candidate]) -> list[bool | None]:
    """For each candidate: a promise, none, or None where it merely overlaps a label.

    Of the candidates a label covers, the one nearest to its cue is the promise. A promise by the
    public is a promise to learn from too: its words are the same, and who speaks is judged apart.
    """
    judged: list[bool | None] = [False] * len(found)
    for label in (label for label in hearing.labels if label.yes):
        covered = [
            number
            for number, candidate in enumerate(found)
            if spoken[candidate.at].sentence.first <= label.last
            and spoken[candidate.at].sentence.last >= label.first
        ]
        for number in covered:
            judged[number] = judged[number] or None
        if not covered:
            continue
        distances = {n: distance(hearing, label, spoken, found[n]) for n in covered}
        nearest = min(covered, key=distances.__getitem__)
        if distances[nearest] < FARTHEST_FRAME:
            judged[nearest] = True
    return judged


def distance(hearing: Hearing, label: Label, spoken: list[Spoken], candidate: Candidate) -> float:
    """Words between a candidate and the label's cue; far off if in another sentence."""
    words = spoken[candidate.at].sentence.words
    place = cue_place(hearing, label)
    if place is None:
        return 0 if candidate.frame is None else 1
    inside = (words[0].line, words[0].start) <= place <= (words[-1].line, words[-1].end)
    if candidate.frame is None:
        return 0 if inside else 1000
    at = sum((word.line, word.end) <= place for word in words)
    middle = (candidate.frame.first + candidate.frame.verb_at) / 2
    return abs(middle - at) + (0 if inside else 1000)


def cue_place(hearing: Hearing, label: Label) -> tuple[int, int] | None:
    """The line and character in the middle of a label's cue, where it is printed as noted."""
    found = hearing.text(label).lower().find(label.cue) if label.cue else -1
    if found < 0:
        return None
    middle = found + len(label.cue) // 2
    for number in range(label.first, label.last + 1):
        length = len(hearing.lines[number].text) + 1
        if middle < length:
            return number, middle
        middle -= length
    return None
