"""Handing work to Celery. The queue is only a hint: what is due stands in rows, and the next tick finds
it, so a broker that is down never costs anybody their page."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def on_commit(task: str, *args) -> None:
    """Queue the task of this name once the transaction has been committed."""
    transaction.on_commit(lambda: send(task, *args))


def send(task: str, *args) -> bool:
    """Queue the task of this name now; False if the broker is down."""
    try:
        current_app.send_task(task, args, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("%s was not queued (%s); the next tick finds it.", task, error)
        return False
    return True
