"""When a commitment falls due.

`due` says what a due date is, `workdays` how the Council's calendar moves one, `spoken` finds the
date words in what somebody said, `grammar` holds those words in one table, and `spans` the
stretches of days they name. Pure: every date, holiday and fiscal year comes in as an argument.
"""

from commitments.dates.due import Basis, Due, long_date
from commitments.dates.spoken import spoken_due
from commitments.dates.workdays import (
    add_working_days,
    is_working_day,
    on_return,
    roll_forward,
    rolled_note,
    target_due,
    was_on_time,
)

__all__ = [
    "Basis",
    "Due",
    "add_working_days",
    "is_working_day",
    "long_date",
    "on_return",
    "roll_forward",
    "rolled_note",
    "spoken_due",
    "target_due",
    "was_on_time",
]
