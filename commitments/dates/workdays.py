"""The Council's calendar: working days, targets, and the clock that stands still.

`holidays` maps a date to the holiday's name; it is the council's own confirmed table.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from commitments.dates.due import Basis, Due, month_and_day

Holidays = Mapping[date, str]

DAY = timedelta(days=1)
SATURDAY = 5
WORKING_DAYS_AFTER_NOT_ENOUGH = 5


def is_working_day(day: date, holidays: Holidays) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def roll_forward(day: date, holidays: Holidays) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day, holidays):
        day += DAY
    return day


def add_working_days(day: date, n: int, holidays: Holidays) -> date:
    """The n-th working day after `day`; for n = 0 `day` itself, rolled forward."""
    if n < 0:
        raise ValueError("Working days are counted forward only.")
    day = roll_forward(day, holidays) if n == 0 else day
    for _ in range(n):
        day = roll_forward(day + DAY, holidays)
    return day


def target_due(counts_from: date, days: int, *, label: str, holidays: Holidays) -> Due:
    """The Council's own target, in calendar days: a goal it set, never presented as law."""
    day = counts_from + timedelta(days=days)
    reason = f"{label}: {days} days.{rolled_note(day, holidays)}"
    return Due(roll_forward(day, holidays), Basis.TARGET, reason=reason)


def rolled_note(day: date, holidays: Holidays) -> str:
    """Why the due date isn't `day`, as a sentence after a space; empty if it is."""
    if is_working_day(day, holidays):
        return ""
    if day in holidays:
        named = f"{month_and_day(day)}, {holidays[day]}"
    else:
        named = f"{day:%A}, {month_and_day(day)}"
    return f" That was {named}, so the next working day."


def on_return(
    due_on: date,
    stopped_on: date,
    returned_on: date,
    *,
    not_enough: bool,
    holidays: Holidays,
) -> tuple[date, int]:
    """The new due date, and the days charged to the Council, after it reviewed or paused.

    The agency's clock stood still from `stopped_on` (its answer came, or the pause began) to
    `returned_on`, so the due date moves by those whole days and rolls forward. After "not
    enough" the agency has at least five working days; that grace is not the Council's delay and
    isn't charged. The days it takes to reach a working day are, unless the agency was late
    already when the clock stopped: then only the wait is, and late stays late.
    """
    if returned_on < stopped_on:
        raise ValueError("The clock can't start again before it stopped.")
    waited = returned_on - stopped_on
    moved = roll_forward(due_on + waited, holidays)
    was_late = stopped_on > due_on
    charged = (waited if was_late else moved - due_on).days
    if not_enough:
        grace = add_working_days(returned_on, WORKING_DAYS_AFTER_NOT_ENOUGH, holidays)
        moved = max(moved, grace)
    return moved, charged


def was_on_time(received_on: date, original_due_on: date, charged: int) -> bool:
    """On time: received by the original date plus the days charged to the Council."""
    return received_on <= original_due_on + timedelta(days=charged)
