"""Celery knows when; what is due stands in rows."""

from celery import shared_task
from django.conf import settings

from hearings import clock, jobs, uploads
from hearings.legistar import agenda, reading
from hearings.legistar.client import Client
from hearings.models import Meeting


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
        since = clock.today() - reading.PAST
        reading.read(_client(settings.LEGISTAR_CLIENT), since=since, now=clock.now())


@shared_task(name="hearings.read_agenda")
def read_agenda(meeting_id: int) -> None:
    for meeting in Meeting.objects.with_agenda_to_read().filter(pk=meeting_id):
        agenda.read(_client(meeting.client), meeting)


def _client(name: str) -> Client:
    return Client(name, base_url=settings.LEGISTAR_BASE_URL, token=settings.LEGISTAR_TOKEN)
