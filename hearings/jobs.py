"""When each periodic job last ran, what went wrong, and which of them are late."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import Error

from hearings import clock
from hearings.models import JobRun

PERIODS_MISSED = 2  # a job this many periods late is red
STARTED = clock.now()


@contextmanager
def recorded(name: str) -> Iterator[None]:
    """Note the success or failure of the job that runs inside; a failure goes on to whoever started it."""
    try:
        yield
    except Exception as error:
        problem = {
            "last_failure": clock.now(),
            "problem": f"{type(error).__name__}: {error}"[:1000],
        }
        JobRun.objects.update_or_create(name=name, defaults=problem)
        raise
    JobRun.objects.update_or_create(
        name=name, defaults={"last_success": clock.now(), "problem": ""}
    )


@dataclass(frozen=True)
class Standing:
    """How a periodic job stands, by what it does."""

    does: str
    last_success: datetime | None
    problem: str
    is_late: bool


def standing(now: datetime) -> list[Standing]:
    runs = {run.name: run for run in JobRun.objects.all()}
    ran = last_successes()
    are_late = late(ran, now=now)
    return [
        Standing(does, ran[name], runs[name].problem if name in runs else "", name in are_late)
        for name, does in _in_words().items()
    ]


def _in_words() -> dict[str, str]:
    """What each periodic job does, as the schedule says it, by the name under which it records its runs."""
    return {_name(entry): does for does, entry in settings.CELERY_BEAT_SCHEDULE.items()}


def _name(entry: dict) -> str:
    return entry["task"].rpartition(".")[2]


def periods() -> dict[str, timedelta]:
    """How often each periodic job runs."""
    return {
        _name(entry): timedelta(seconds=entry["schedule"])
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }


def last_successes() -> dict[str, datetime | None]:
    """The last success of each periodic job, None where it never had one."""
    try:
        runs = dict(JobRun.objects.values_list("name", "last_success"))
    except Error:  # not migrated yet
        runs = {}
    return {name: runs.get(name) for name in periods()}


def late(ran: dict[str, datetime | None], *, now: datetime, since: datetime = STARTED) -> list[str]:
    """The jobs that missed two periods. One that never ran is given them from `since`, the start of
    this process, so that a fresh install isn't red before the first tick."""
    return [
        name
        for name, last in ran.items()
        if now - (last or since) > PERIODS_MISSED * periods()[name]
    ]
