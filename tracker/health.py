"""Whether the process is up, whether it is ready, and what a page says when the database isn't there."""

import sys

from celery import current_app
from django.contrib.auth.decorators import login_not_required
from django.db import Error, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError

from hearings import clock, jobs

BROKER_SECONDS = 2
RETRY_SECONDS = 30


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
    ran = jobs.last_successes() if database else {}
    late = jobs.late(ran, now=clock.now())
    ready = {"database": database, "broker": has_broker(), "migrations": database and is_migrated()}
    facts = {**ready, "jobs": ran, "late": late}
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
