"""The only clocks of the domain. Tasks, views and commands read them; everything below is told the time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from hearings.models import Council


def now() -> datetime:
    """This instant, aware; the instant of CLOCK_AT where a demonstration or test sets it."""
    instant: datetime = settings.CLOCK_AT or timezone.now()
    return instant


def zone() -> ZoneInfo:
    """The council's time zone."""
    return Council.current().zone


def date_of(instant: datetime) -> date:
    """The date on the council's wall at that instant."""
    return instant.astimezone(zone()).date()


def today() -> date:
    """The date on the council's wall."""
    return date_of(now())
