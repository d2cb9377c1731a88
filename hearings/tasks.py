"""Celery knows when; what is due stands in rows."""

from celery import shared_task
from django.conf import settings

from hearings import clock, jobs, uploads
from hearings.legistar import reading
from hearings.legistar.client import Client


@shared_task(name="hearings.import_upload")
def import_upload(upload_id: int) -> None:
    uploads.run(upload_id, now=clock.now())


@shared_task(name="hearings.take_up_uploads")
def take_up_uploads() -> None:
    with jobs.recorded("take_up_uploads"):
        uploads.take_up(clock.now())
        uploads.tidy(clock.now())


@shared_task(name="hearings.read_calendar")
def read_calendar() -> None:
    with jobs.recorded("read_calendar"):
        client = Client(settings.LEGISTAR_CLIENT, token=settings.LEGISTAR_TOKEN)
        reading.read(client, since=clock.today() - reading.PAST, now=clock.now())
