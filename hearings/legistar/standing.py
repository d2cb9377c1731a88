"""What staff are told of the calendar before they pick from it: when it was read, and what went wrong."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from hearings import clock
from hearings.legistar.client import LegistarError, NoSuchList
from hearings.models import JobRun

JOB = "read_calendar"
TOLD = {each.__name__ for each in (LegistarError, NoSuchList)}
OLD = 2  # days without a reading, after which meetings may be missing


@dataclass(frozen=True)
class Standing:
    """`problem` is what became of the last reading, at `failed_at`; "" if it went well."""

    read_at: datetime | None
    days: int | None
    failed_at: datetime | None
    problem: str

    @property
    def is_old(self) -> bool:
        return self.days is not None and self.days >= OLD


def standing(now: datetime) -> Standing | None:
    """How the calendar that we read every few hours stands; None where no calendar is connected."""
    if not settings.LEGISTAR_CLIENT:
        return None
    run = JobRun.objects.filter(name=JOB).first() or JobRun()
    read_at = run.last_success
    return Standing(
        read_at=read_at,
        days=(clock.date_of(now) - clock.date_of(read_at)).days if read_at else None,
        failed_at=run.last_failure if run.problem else None,
        problem=_in_words(run.problem),
    )


def _in_words(problem: str) -> str:
    """Legistar's errors are sentences; of any other only the desk tells."""
    kind, _colon, sentence = problem.partition(": ")
    if not problem or kind in TOLD:
        return sentence
    return _("Something went wrong here, not at Legistar; the desk says what.")
