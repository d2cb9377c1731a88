"""A field of ours that still says what the calendar said follows it; one that somebody edited stays."""

from collections.abc import Mapping
from datetime import date, time

from django.db import models


def follow(row: models.Model, before: Mapping, now: Mapping) -> bool:
    """Let the fields of a row that still say what was said before say what is said now; of what was never
    said, only fill in blanks. Whether anything changed."""
    changed = [
        name
        for name, value in now.items()
        if is_untouched(row, name, before) and getattr(row, name) != value
    ]
    for name in changed:
        setattr(row, name, now[name])
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def is_untouched(row: models.Model, name: str, before: Mapping) -> bool:
    """Whether the field still says what was said before, or is blank where nothing was."""
    standing = getattr(row, name)
    return _plain(standing) == before[name] if name in before else standing in ("", None)


def as_json(facts: Mapping) -> dict:
    return {name: _plain(value) for name, value in facts.items()}


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | time) else value
