"""Rows into tables by COPY, with keys that are known before they are written."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from django.db import connection
from django.db.models import Model
from psycopg.types.json import Jsonb

Tally = Counter[str]


def reserve(model: type[Model], count: int) -> range:
    """That many keys of the table, which nobody else is given."""
    if not count:
        return range(0)
    sequence = "pg_get_serial_sequence(%s, 'id')"
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({sequence})", [table])
        (first,) = cursor.fetchone()
        cursor.execute(f"SELECT setval({sequence}, %s)", [table, first + count - 1])
    return range(first, first + count)


def copy(model: type[Model], rows: Iterable[dict], tally: Tally) -> None:
    """Write these rows; every one gives the same columns, and all that can't be empty."""
    stream = iter(rows)
    first = next(stream, None)
    if first is None:
        return
    columns = ", ".join(f'"{name}"' for name in first)
    statement = f"COPY {model._meta.db_table} ({columns}) FROM STDIN"
    written = 0
    with connection.cursor() as cursor, cursor.copy(statement) as out:
        for row in _chained(first, stream):
            out.write_row(
                [Jsonb(cell) if isinstance(cell, dict) else cell for cell in row.values()]
            )
            written += 1
    tally[model._meta.db_table] += written


def _chained(first: dict, rest: Iterator[dict]) -> Iterator[dict]:
    yield first
    yield from rest


def in_batches(items: Iterable, size: int) -> Iterator[list]:
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch
