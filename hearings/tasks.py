"""Celery knows when; what is due stands in rows."""

from celery import shared_task

from hearings import clock, jobs, uploads


@shared_task(name="hearings.import_upload")
def import_upload(upload_id: int) -> None:
    uploads.run(upload_id, now=clock.now())


@shared_task(name="hearings.take_up_uploads")
def take_up_uploads() -> None:
    with jobs.recorded("take_up_uploads"):
        uploads.take_up(clock.now())
        uploads.tidy(clock.now())
