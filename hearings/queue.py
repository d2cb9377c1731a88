"""Handing work to Celery. The queue is only a hint: what is due stands in rows, and the next tick finds
it, so a broker that is down never costs anybody their page."""

import logging
from collections.abc import Iterable

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from hearings.models import Hearing

log = logging.getLogger(__name__)

PATIENCE = 10  # seconds in which the next of many decisions in a row usually comes


def on_commit(task: str, *args) -> None:
    """Queue the task of this name once the transaction has been committed."""
    transaction.on_commit(lambda: send(task, *args))


def after_decision(hearings: Iterable[int]) -> None:
    """Queue what follows where somebody has decided who spoke at these hearings, or undone it. Each task
    is told how many such decisions there were, so that it can leave the work to that of a later one."""
    hearings = set(hearings)
    transaction.on_commit(lambda: _follow(hearings))


def _follow(hearings: set[int]) -> None:
    decided = Hearing.objects.filter(pk__in=hearings).with_decisions()
    for hearing in decided.values_list("pk", "decided"):
        for task in settings.AFTER_DECISION_TASKS:
            send(task, *hearing, countdown=PATIENCE)


def send(task: str, *args, **options) -> bool:
    """Queue the task of this name now; False if the broker is down."""
    try:
        current_app.send_task(task, args, retry=False, **options)
    except (OperationalError, OSError) as error:
        log.warning("%s was not queued (%s); the next tick finds it.", task, error)
        return False
    return True
