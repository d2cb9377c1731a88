"""A hearing is read when its words, or who spoke them, have changed: the moments are found again, then
likely commitments looked for. One is read at a time in an install: a long one takes minutes, and the
other workers are for what people wait for."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from commitments import anchoring, suggesting
from hearings import clock
from hearings.models import Hearing

KEY = "commitments.reading"


def read(hearing: Hearing) -> bool:
    """False, at once, where somebody reads already."""
    with _alone() as is_alone:
        if is_alone:
            # Moments first: what is tagged already is not suggested again.
            anchoring.reanchor(hearing, now=clock.now())
            suggesting.refresh(hearing, now=clock.now())
    return is_alone


@contextmanager
def _alone() -> Iterator[bool]:
    """Whether nobody else is at it; then nobody else begins before this ends. A dead worker's lock goes
    with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [KEY])
        (is_alone,) = cursor.fetchone()
        try:
            yield is_alone
        finally:
            if is_alone:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [KEY])
