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


def records(value: object) -> list[Record] | None:
    """The value if it is a list of JSON objects with something in it, else None."""
    if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
        return value
    return None


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
        times.append(seconds if seconds is None or is_clock else seconds / per_second)
    begin, stop = times
    if begin is not None and stop is not None and stop < begin:
        refuse_backwards(begin, stop, line, problems)
        return None
    return begin, stop


def refuse_backwards(start: float, end: float, line: int, problems: Problems) -> None:
    problems.skip(line, f"The end is before the start ({clock(start)} → {clock(end)}).")
