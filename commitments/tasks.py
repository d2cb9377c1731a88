"""Celery knows when; what is due stands in rows."""

from celery import shared_task

from commitments import anchoring, overdue, suggesting
from commitments.mail import deliver
from hearings import clock, jobs
from hearings.models import Hearing


@shared_task(name="commitments.flag_overdue")
def flag_overdue() -> None:
    with jobs.recorded("flag_overdue"):
        overdue.flag_overdue(today=clock.today(), now=clock.now())


@shared_task(name="commitments.send_digest")
def send_digest() -> None:
    with jobs.recorded("send_digest"):
        deliver.send_digest(clock.now())


@shared_task(name="commitments.read")
def read(hearing_id: int) -> None:
    _read(Hearing.objects.get(pk=hearing_id))


@shared_task(name="commitments.read_again")
def read_again(hearing_id: int, decided: int) -> None:
    """Of many decisions in a row the last one's task reads for all; the tick heals the rest."""
    for hearing in suggesting.unread().filter(pk=hearing_id, decided=decided):
        _read(hearing)


@shared_task(name="commitments.read_missing")
def read_missing() -> None:
    with jobs.recorded("read_missing"):
        for hearing in suggesting.unread():
            _read(hearing)


def _read(hearing: Hearing) -> None:
    """Moments first: what is tagged already is not suggested again."""
    anchoring.reanchor(hearing, now=clock.now())
    suggesting.refresh(hearing, now=clock.now())
