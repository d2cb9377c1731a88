"""Celery knows when; what is due stands in rows."""

from celery import shared_task

from commitments import overdue, reading, suggesting
from commitments.mail import deliver
from hearings import clock, jobs, queue
from hearings.models import Hearing

PATIENCE = 30  # seconds until a hearing is tried again that has to wait for another


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
    if not reading.read(Hearing.objects.get(pk=hearing_id)):
        queue.send("commitments.read", hearing_id, countdown=PATIENCE)


@shared_task(name="commitments.read_again")
def read_again(hearing_id: int, decided: int) -> None:
    """Of many decisions in a row the last one's task reads for all; the tick heals the rest."""
    for hearing in suggesting.unread().filter(pk=hearing_id, decided=decided):
        if not reading.read(hearing):
            queue.send("commitments.read_again", hearing_id, decided, countdown=PATIENCE)


@shared_task(name="commitments.read_missing")
def read_missing() -> None:
    """Where somebody reads already, what is left waits for its own task or the next tick."""
    with jobs.recorded("read_missing"):
        for hearing in suggesting.unread():
            if not reading.read(hearing):
                break
