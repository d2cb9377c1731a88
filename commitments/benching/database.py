"""A database of the bench's own in the same engine, migrated, and dropped afterwards."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connection
from django.test.utils import override_settings

ALONE = override_settings(
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    AFTER_IMPORT_TASKS=[],
    AFTER_DECISION_TASKS=[],
    ALLOWED_HOSTS=["*"],
    SECURE_SSL_REDIRECT=False,
    STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
)


@contextmanager
def throwaway() -> Iterator[None]:
    """Everything in the block happens in an empty, migrated database; neither the council's rows nor
    its cache nor its queue are touched."""
    councils = connection.settings_dict["NAME"]
    mine = f"bench_{os.getpid()}"
    _on_the_server(f'CREATE DATABASE "{mine}"')
    connection.close()
    connection.settings_dict["NAME"] = mine
    try:
        with ALONE:
            call_command("migrate", verbosity=0)
            yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = councils
        _on_the_server(f'DROP DATABASE "{mine}" WITH (FORCE)')


def _on_the_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def run(statement: str, parameters: Sequence[object] = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        return cursor.fetchall() if cursor.description else []
