"""Up, ready, and what is said when the database isn't there."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client

from hearings import clock, jobs
from hearings.models import JobRun
from tests import cast
from tracker.services import broker_url

EVERY_JOB = ("flag_overdue", "send_digest", "read_missing", "take_up_uploads")
NOON = cast.NOON


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def dead_database(django_db_setup, django_db_blocker):
    """The connection of this process leads nowhere."""
    with django_db_blocker.unblock():
        connection.close()
        host, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], "/nowhere"
        yield
        connection.close()
        connection.settings_dict["HOST"] = host


def test_healthz_touches_no_database(visitor):
    answer = visitor.get("/healthz")  # without a database mark any query would fail
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert not answer.cookies


@pytest.mark.django_db
def test_ready_when_everything_is_there(visitor):
    for name in EVERY_JOB:
        with jobs.recorded(name):
            pass
    answer = visitor.get("/readyz")
    told = answer.json()
    assert answer.status_code == 200
    assert told["database"] is told["broker"] is told["migrations"] is True
    assert sorted(told["jobs"]) == sorted(EVERY_JOB)
    last = datetime.fromisoformat(told["jobs"]["flag_overdue"])
    assert clock.now() - last < timedelta(minutes=1)


@pytest.mark.django_db
def test_a_job_late_by_two_periods_is_red(visitor):
    for name in EVERY_JOB:
        with jobs.recorded(name):
            pass
    JobRun.objects.filter(name="send_digest").update(last_success=clock.now() - timedelta(hours=1))
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["late"] == ["send_digest"]


@pytest.mark.parametrize(("minutes", "late"), [(30, []), (31, ["flag_overdue"])])
def test_a_job_that_never_ran_has_two_periods_from_the_start(minutes, late):
    now = NOON + timedelta(minutes=minutes)
    assert jobs.late({"flag_overdue": None}, since=NOON, now=now) == late


@pytest.mark.django_db
def test_without_a_broker_it_is_not_ready(visitor, tmp_path):
    from celery import current_app

    alive = current_app.conf.broker_url
    current_app.conf.broker_url = broker_url(tmp_path)
    try:
        answer = visitor.get("/readyz")
    finally:
        current_app.conf.broker_url = alive
    assert answer.status_code == 503
    assert answer.json()["broker"] is False
    assert answer.json()["database"] is True


@pytest.mark.django_db
def test_an_unapplied_migration_is_not_ready(visitor):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'commitments'")
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] is False


def test_readyz_answers_without_a_database(dead_database, visitor):
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] is False
    assert answer.json()["broker"] is True


def test_healthz_answers_without_a_database(dead_database, visitor):
    assert visitor.get("/healthz").status_code == 200


def test_a_page_without_a_database_is_plain(dead_database, visitor):
    answer = visitor.get("/")
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Nothing was lost" in page
    assert "Traceback" not in page and "OperationalError" not in page


def test_the_api_without_a_database_answers_in_json(dead_database, visitor):
    answer = visitor.get("/api/v1/commitments/")
    assert answer.status_code == 503
    assert "Nothing was lost" in answer.json()["detail"]


def test_another_fault_is_a_500_and_no_traceback(visitor, monkeypatch, db):
    monkeypatch.setattr("commitments.public.pages.clock.today", lambda: 1 / 0)
    answer = visitor.get("/")
    assert answer.status_code == 500
    assert "ZeroDivisionError" not in answer.content.decode()
