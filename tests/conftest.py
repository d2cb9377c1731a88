"""What every test may lean on."""

from pathlib import Path

import pytest

from tests import cast


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
def at_noon(settings):
    """The clocks stand at noon, the day after the cast's hearing."""
    settings.CLOCK_AT = cast.NOON


# The client, with one of the cast logged in


@pytest.fixture
def cora(client, db):
    client.force_login(cast.cora())
    return client


@pytest.fixture
def lea(client, db):
    client.force_login(cast.lea())
    return client


@pytest.fixture
def adam(client, db):
    client.force_login(cast.adam())
    return client


@pytest.fixture
def sample_dir() -> Path:
    return Path(__file__).parent / "samples"
