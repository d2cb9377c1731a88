"""The tests' own engines, thrown away afterwards; real PostgreSQL and Valkey, never the developer's.

A plugin (`-p tests.engines`), because it has to speak before the settings are read."""

import os
import shutil
import tempfile

import pytest

from tracker import services

IS_FIRST_PROCESS = "PYTEST_XDIST_WORKER" not in os.environ
MINE = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "CLOCK_AT", "DEBUG", "COUNCIL_NAME", "COUNCIL_TIME_ZONE", "COUNCIL_HOLIDAYS", "DEFAULT_FROM_EMAIL", "LEGISTAR_CLIENT", "LEGISTAR_TOKEN", "LEGISTAR_BASE_URL")  # fmt: skip
if IS_FIRST_PROCESS:
    for name in MINE:
        os.environ.pop(name, None)
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="tracker-tests-")


@pytest.hookimpl(tryfirst=True)  # before the workers of pytest-xdist start
def pytest_sessionstart(session):
    services.ensure(os.environ["DATA_DIR"], throwaway=True)
    if IS_FIRST_PROCESS:
        from django.core.management import call_command

        call_command("collectstatic", verbosity=0, interactive=False)


def pytest_unconfigure(config):
    if IS_FIRST_PROCESS:
        shutil.rmtree(os.environ["DATA_DIR"], ignore_errors=True)
