"""Values out of JSON and CSV records, whose makers agree on little."""

from collections.abc import Iterable, Mapping
from typing import Any

from hearings.formats.parsed import Problems
from hearings.formats.timecode import clock, seconds_of
from hearings.formats.wording import tidy

Record = Mapping[str, Any]


def first(record: Record, names: Iterable[str]) -> Any:
    """The first of these fields that holds something; None if none does."""
    return next((record[name] for name in names if record.get(name) not in (None, "")), None)


def words(record: Record, *names: str) -> str:
    """The first of these fields as tidy text, "" if there is none."""
    value = first(record, names)
    return tidy(str(value)) if isinstance(value, str | int | float) else ""


def inside(document: object, *path: str | int) -> Any:
    """What lies at the end of a path of field names and positions; None if it breaks off."""
    for step in path:
        if isinstance(step, str) and isinstance(document, dict):
            document = document.get(step)
        elif isinstance(step, int) and isinstance(document, list) and len(document) > step:
            document = document[step]
        else:
            return None
    return document


def records(value: object, *fields: str) -> list[Record]:
    """The value if it is a list of objects, one of the first with all these fields; else []."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        return []
    has_them = any(all(field in item for field in fields) for item in value[:20])
    return value if has_them else []


def span(
    start: object, end: object, line: int, problems: Problems, *, per_second: float = 1
) -> tuple[float | None, float | None] | None:
    """Start and end in seconds, None where not given; None in all if they make no sense.

    Times are numbers of `1 / per_second` seconds, numbers in quotes, or clocks (1:02:03.5).
    """
    times = []
    for value in (start, end):
        seconds = None if value in (None, "") else seconds_of(value)
        if seconds is None and value not in (None, ""):
            problems.skip(line, f"{str(value)[:40]!r} is not a time.")
            return None
        is_clock = isinstance(value, str) and ":" in value
        per_unit = 1 if is_clock else per_second
        times.append(None if seconds is None else round(seconds / per_unit, 3))
    begin, stop = times
    if begin is not None and stop is not None and stop < begin:
        refuse_backwards(begin, stop, line, problems)
        return None
    return begin, stop


def stretch(
    start: object, length: object, line: int, problems: Problems, *, per_second: float = 1
) -> tuple[float, float] | None:
    """Start and end in seconds of what is given by its start and length; None if it isn't."""
    begin = span(start, None, line, problems, per_second=per_second)
    lasts = span(length, None, line, problems, per_second=per_second)
    if begin is None or begin[0] is None or lasts is None:
        return None
    return begin[0], round(begin[0] + (lasts[0] or 0), 3)


def refuse_backwards(start: float, end: float, line: int, problems: Problems) -> None:
    problems.skip(line, f"The end is before the start ({clock(start)} → {clock(end)}).")
