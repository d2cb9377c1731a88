"""What the tables of time words are made of.

`leads` has the words in front of a stretch of days ("by", "before", "since") and the parts of one
("the end of", "early"), `periods` the stretches ("next Friday", "June", "the second quarter"),
and `phrases` what means something by itself ("within 30 days", "at the next hearing", "soon").
Patterns run on lower-case text with single spaces and straight apostrophes. Nothing in them
repeats without a bound, so reading is linear in the length of the text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from commitments.dates.due import Basis
from commitments.dates.spans import Span
from commitments.dates.workdays import Holidays

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Said:
    """When the words were spoken, and the calendars they are read by."""

    on: date
    at: time | None
    fiscal_year_end: tuple[int, int]
    holidays: Holidays


class Needs(StrEnum):
    """What must stand around words before they count as due words."""

    NOTHING = "nothing"
    LEAD = "lead"  # words in front: "in 2027", never "the 2027 budget"
    DEADLINE = "deadline"  # "by" or "before": "by close of business", never "at the end of the day"
    PART = "part"  # "the end of": never "the week" alone
    FUTURE = "future"  # something still to happen: "this year", "in June"
    ERRAND = "errand"  # something to be handed over: "I'll send it today"
    REPLY = "reply"  # hardly a word beside it: "Thirty days, probably."


@dataclass(frozen=True, slots=True)
class Period:
    """Words for a stretch of days. `recurs`: without a year they name the next such stretch."""

    pattern: str
    resolve: Callable[[Match, Said], Span | None]
    needs: Needs = Needs.NOTHING
    recurs: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """What due words come to: a day, an event, a stretch to check in, or no date."""

    basis: Basis
    on: date | None = None
    start: date | None = None
    until: date | None = None
    next_check: date | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that carry a meaning of their own."""

    pattern: str
    resolve: Callable[[Match, Said], Reached | None]
    needs: Needs = Needs.NOTHING


class Reading(StrEnum):
    """How the words in front read a stretch."""

    BY = "by"  # due on its last day
    BEFORE = "before"  # due on the day before its first
    ROLLING = "rolling"  # all along it
    OPEN = "open"  # not earlier: no date to hold anybody to
    PAST = "past"  # recalled or measured, not due
