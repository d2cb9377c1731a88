"""A due date, where it comes from, and the sentence that tells a reader so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Basis(StrEnum):
    """Where a due date comes from, or why there is none."""

    SPOKEN = "spoken"
    LETTER = "letter"
    TARGET = "target"
    EVENT = "event"
    ROLLING = "rolling"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and its basis.

    `on` is a working day, or None where the words name an event, a habit without an end, or no
    date at all. `words` are the speaker's, verbatim but for white space. `reason` is one or two
    sentences for the public page. `start`, `until` and `next_check` belong to rolling
    commitments: the first and last day of the stretch, and the next day to look.
    """

    on: date | None
    basis: Basis
    words: str = ""
    reason: str = ""
    start: date | None = None
    until: date | None = None
    next_check: date | None = None


def long_date(day: date) -> str:
    """The American way, in full: "Friday, December 4, 2026"."""
    return f"{day:%A}, {month_and_day(day)}, {day.year}"


def month_and_day(day: date) -> str:
    """ "December 4": no leading zero."""
    return f"{day:%B} {day.day}"
