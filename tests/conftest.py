"""The tests' own engines, thrown away afterwards; real PostgreSQL and Valkey, never the developer's."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

MINE = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "CLOCK_AT", "DEBUG", "COUNCIL_NAME", "COUNCIL_TIME_ZONE", "COUNCIL_HOLIDAYS", "DEFAULT_FROM_EMAIL")  # fmt: skip
IS_FIRST_PROCESS = "PYTEST_XDIST_WORKER" not in os.environ
if IS_FIRST_PROCESS:
    for name in MINE:
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="tracker-tests-")

from tracker import services  # noqa: E402  (only now does it know where the engines lie)


@pytest.hookimpl(tryfirst=True)  # before the workers of pytest-xdist start
def pytest_sessionstart(session):
    services.ensure(os.environ["DATA_DIR"], throwaway=True)
    if IS_FIRST_PROCESS:
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False)


def pytest_unconfigure(config):
    if IS_FIRST_PROCESS:
        shutil.rmtree(os.environ["DATA_DIR"], ignore_errors=True)


@pytest.fixture(autouse=True)
def _fresh_council():
    """No test sees the council that another one cached."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """A password of the cast needs no slow hash; that alone halves the suite."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def own_database(django_db_setup, django_db_blocker):
    """A database of this test's own, for what commits: cloned from the migrated one, then dropped."""
    from django.db import connection

    migrated = connection.settings_dict["NAME"]
    mine = f"{migrated}_own"
    with django_db_blocker.unblock():
        connection.close()
        _on_the_server(connection, f'CREATE DATABASE "{mine}" TEMPLATE "{migrated}"')
        connection.settings_dict["NAME"] = mine
        yield mine
        connection.close()
        connection.settings_dict["NAME"] = migrated
        _on_the_server(connection, f'DROP DATABASE "{mine}" WITH (FORCE)')


def _on_the_server(connection, statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def sample_dir() -> Path:
    return Path(__file__).parent / "samples"
