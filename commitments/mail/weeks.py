"""Which digest is due. A week's issue goes out on Monday at nine in the council's zone and covers the
seven days before; a beat that slept catches up until that week is over."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hearings import clock

HOUR = time(9)


@dataclass(frozen=True)
class Week:
    """An ISO week by its Monday."""

    monday: date

    @property
    def period(self) -> str:
        year, week, _day = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def covers_from(self) -> date:
        return self.monday - timedelta(days=7)

    @property
    def covers_to(self) -> date:
        return self.monday - timedelta(days=1)


def week_due(now: datetime) -> Week | None:
    """The week whose digest should have gone out by now; None on a Monday before nine."""
    local = now.astimezone(clock.zone())
    monday = local.date() - timedelta(days=local.weekday())
    is_early = local.date() == monday and local.time() < HOUR
    return None if is_early else Week(monday)
