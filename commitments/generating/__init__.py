"""A synthetic load of any size, the same for the same seed: for measuring, never for showing.

It goes past the acts, because COPY is a hundred times faster; the database's constraints and triggers
see every row all the same, and `manage.py verify` explains them. `copying` writes, `record` makes
hearings and their lines, `promises` commitments with their histories, `readers` subscribers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from commitments.generating.copying import Tally
from commitments.generating.promises import promise
from commitments.generating.readers import subscribe
from commitments.generating.record import make_world, speak

__all__ = ["Size", "generate"]


@dataclass(frozen=True)
class Size:
    """How much in all; utterances and commitments are spread evenly over the hearings."""

    hearings: int
    utterances: int
    commitments: int
    subscribers: int


def generate(
    size: Size, *, seed: int, today: date, step: Callable[[str], None] = lambda doing: None
) -> Tally:
    """Add that much to the install, the last of it just before `today`; the rows written by table.

    Ends in several transactions: a load that is broken off leaves whole commitments behind.
    """
    tally = Tally()
    step("hearings")
    world = make_world(size.hearings, size.utterances, size.commitments, seed, today, tally)
    step("utterances")
    speak(world, tally)
    step("commitments")
    promise(world, tally)
    step("subscribers")
    subscribe(world, size.subscribers, tally)
    return tally
