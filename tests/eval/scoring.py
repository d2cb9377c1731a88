"""The matching rule: which suggestions find a label, which are false, and the figures from that.

A suggestion finds a label when their spans overlap after widening the label by the hearing's
slack. A second suggestion on a found label, or one on a promise nobody has to find (the public's,
prepared text), is neither right nor false.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .corpus import Hearing, Label


@dataclass(frozen=True)
class Guess:
    """A suggestion as far as scoring needs it."""

    first: int
    last: int
    score: float


@dataclass(frozen=True)
class Step:
    """One suggestion of the walk by falling score: the labels it is first to find."""

    score: float
    found: tuple[Label, ...]
    false: bool


@dataclass(frozen=True)
class Figures:
    name: str
    words: int
    hours: float
    wanted: int
    found: int
    assents: int
    assents_found: int
    planned: int
    planned_found: int
    suggestions: int
    false: int

    @property
    def recall(self) -> float:
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        return 1 - self.false / self.suggestions if self.suggestions else 1.0

    @property
    def false_per_10k(self) -> float:
        return self.false / self.words * 10_000

    @property
    def false_per_hour(self) -> float:
        return self.false / self.hours


def walk(hearing: Hearing, guesses: Iterable[Guess]) -> list[Step]:
    labels = [label for label in hearing.labels if label.yes]
    open_labels = {id(label) for label in labels if label.wanted}
    steps = []
    for guess in sorted(guesses, key=lambda guess: -guess.score):
        hits = [
            label
            for label in labels
            if guess.first <= label.last + hearing.slack
            and guess.last >= label.first - hearing.slack
        ]
        new = tuple(label for label in hits if id(label) in open_labels)
        open_labels -= {id(label) for label in new}
        steps.append(Step(guess.score, new, not hits))
    return steps


def planned(hearing: Hearing, label: Label) -> bool:
    """A dated announcement rather than an agreement: it has a date and speaks to nobody."""
    addressed = f" {hearing.text(label).lower()} "
    return label.dated and not label.assent and " you" not in addressed


def figures(hearing: Hearing, steps: Sequence[Step], least: float) -> Figures:
    """The figures of one hearing for the suggestions with at least this score."""
    shown = [step for step in steps if step.score >= least]
    found = [label for step in shown for label in step.found]
    return Figures(
        name=hearing.name,
        words=hearing.words,
        hours=hearing.hours,
        wanted=len(hearing.wanted),
        found=len(found),
        assents=sum(label.assent for label in hearing.wanted),
        assents_found=sum(label.assent for label in found),
        planned=sum(planned(hearing, label) for label in hearing.wanted),
        planned_found=sum(planned(hearing, label) for label in found),
        suggestions=len(shown),
        false=sum(step.false for step in shown),
    )


def together(every: Sequence[Figures]) -> Figures:
    names = [name for name in Figures.__dataclass_fields__ if name != "name"]
    return Figures("all", *(sum(getattr(one, name) for one in every) for name in names))


def average_precision(walks: Sequence[Sequence[Step]], wanted: int) -> float:
    """The area under precision over recall, walking all hearings by falling score."""
    right = false = 0
    area = 0.0
    for step in sorted((s for steps in walks for s in steps), key=lambda s: -s.score):
        false += step.false
        if step.found:
            right += len(step.found)
            area += len(step.found) * right / (right + false)
    return area / wanted if wanted else 1.0
