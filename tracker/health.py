"""Whether the process is up, whether it is ready, and what a page says when the database isn't there."""

import sys
from datetime import datetime, timedelta

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError

from hearings import clock
from hearings.models import JobRun

PERIODS_MISSED = 2  # a job this many periods late is red
BROKER_SECONDS = 2
RETRY_SECONDS = 30
STARTED = clock.now()


class HealthMiddleware:
    """Stands first, so that the two addresses of operations need nothing that comes after."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response
        self.answers = {"/healthz": healthz, "/readyz": readyz}

    def __call__(self, request):
        return self.answers.get(request.path, self.get_response)(request)


@login_not_required
def healthz(request):
    """The process is up. Touches nothing."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
def readyz(request):
    """Whether pages can be served and jobs run: 200, else 503 with what is missing."""
    database = has_database()
    jobs = last_successes() if database else {}
    late = late_jobs(jobs, since=STARTED, now=clock.now())
    ready = {"database": database, "broker": has_broker(), "migrations": database and is_migrated()}
    facts = {**ready, "jobs": jobs, "late": late}
    return JsonResponse(facts, status=200 if all(ready.values()) and not late else 503)


def has_database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        connection.close()
        return False
    return True


def has_broker() -> bool:
    try:
        with current_app.connection_for_read(connect_timeout=BROKER_SECONDS) as broker:
            broker.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
    except (BrokerError, OSError):
        return False
    return True


def is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def periods() -> dict[str, timedelta]:
    """How often each periodic job runs, by the name under which it records its runs."""
    return {
        entry["task"].rpartition(".")[2]: timedelta(seconds=entry["schedule"])
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }


def last_successes() -> dict[str, datetime | None]:
    """The last success of each periodic job, None where it never had one."""
    try:
        runs = dict(JobRun.objects.values_list("name", "last_success"))
    except Error:  # not migrated yet
        runs = {}
    return {name: runs.get(name) for name in periods()}


def late_jobs(jobs: dict[str, datetime | None], *, since: datetime, now: datetime) -> list[str]:
    """The jobs that missed two periods. One that never ran is given them from `since`, the start of
    this process, so that a fresh install isn't red before the first tick."""
    return [
        name
        for name, last in jobs.items()
        if now - (last or since) > PERIODS_MISSED * periods()[name]
    ]


def server_error(request):
    """A page that needs neither database nor context: nothing was lost, and when to come back."""
    is_outage = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = 503 if is_outage else 500
    if request.path.startswith("/api/"):
        response = JsonResponse({"detail": sentence(status)}, status=status)
    else:
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if is_outage:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def sentence(status: int) -> str:
    if status == 503:
        return _("The records can't be reached just now. Nothing was lost; try again in a minute.")
    return _("Something went wrong here. Nothing was saved; we have been told.")


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
