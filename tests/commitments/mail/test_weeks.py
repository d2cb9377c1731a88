"""Which digest is due: Monday at nine on the council's wall, once a week, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from commitments.mail.weeks import Week, week_due
from tests import cast

pytestmark = pytest.mark.django_db


def period(day: date, hour: int, minute: int = 0) -> str | None:
    week = week_due(cast.at(day, hour, minute))
    return week and week.period


@pytest.mark.parametrize(
    ("day", "hour", "minute", "expected"),
    [
        (date(2026, 11, 22), 23, 59, "2026-W47"),
        (date(2026, 11, 23), 0, 0, None),
        (date(2026, 11, 23), 8, 59, None),
        (date(2026, 11, 23), 9, 0, "2026-W48"),
        (date(2026, 11, 27), 16, 0, "2026-W48"),
        (date(2026, 11, 29), 23, 59, "2026-W48"),
        (date(2027, 1, 2), 12, 0, "2026-W53"),
    ],
)
def test_the_week_that_is_due(day, hour, minute, expected):
    assert period(day, hour, minute) == expected


def test_it_covers_the_seven_days_before():
    week = Week(date(2026, 11, 23))
    assert (week.covers_from, week.covers_to) == (date(2026, 11, 16), date(2026, 11, 22))


@pytest.mark.parametrize("sunday", [date(2026, 3, 8), date(2026, 11, 1)])
def test_ticks_of_a_week_in_which_the_clocks_change_find_one_issue(sunday):
    """Every quarter of an hour of UTC, from the Friday before to the Friday after."""
    start = datetime(sunday.year, sunday.month, sunday.day, tzinfo=UTC) - timedelta(days=2)
    ticks = [start + timedelta(minutes=15 * n) for n in range(7 * 96)]
    found = [week_due(tick) for tick in ticks]
    monday = sunday + timedelta(days=1)
    first = next(tick for tick, week in zip(ticks, found, strict=True) if week == Week(monday))
    assert first.astimezone(cast.ZONE) == cast.at(monday, 9)
    assert {week and week.monday for week in found} == {monday - timedelta(days=7), None, monday}
