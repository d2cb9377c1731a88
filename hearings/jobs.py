"""When each periodic job last ran, and what went wrong."""

from collections.abc import Iterator
from contextlib import contextmanager

from hearings import clock
from hearings.models import JobRun


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
