"""Celery knows when; what is due stands in rows."""

from celery import shared_task

from commitments import overdue, suggesting
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


@shared_task(name="commitments.suggest")
def suggest(hearing_id: int) -> None:
    suggesting.refresh(Hearing.objects.get(pk=hearing_id), now=clock.now())


@shared_task(name="commitments.suggest_missing")
def suggest_missing() -> None:
    with jobs.recorded("suggest_missing"):
        for hearing in suggesting.unread():
            suggesting.refresh(hearing, now=clock.now())
