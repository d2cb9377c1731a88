"""Times printed in transcripts, read as seconds from the start of the recording."""

import math
import re

CLOCK = r"(?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{1,2}(?:[.,][0-9]{1,9})?"

_CLOCK = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,3}):([0-9]{1,2})(?:[.,]([0-9]{1,9}))?")
_LENGTH = re.compile(r"([0-9]{1,5}) ?(h(?:(?:ou)?rs?)?|m(?:ins?|inutes?)?|s(?:ecs?|econds?)?)\b")
_SECONDS_PER_UNIT = {"h": 3600, "m": 60, "s": 1}


def shaped_like_clock(text: str) -> bool:
    """Whether the text is digits and colons like a time, even an impossible one (2:99:99)."""
    return _CLOCK.fullmatch(text) is not None


def clock_seconds(text: str) -> float | None:
    """Seconds of `1:02:03.5`, `02:03`, `123:04:05,250`; None if it is no such time.

    Hours may be missing or have three digits. Minutes go beyond 59 only without hours.
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    if int(seconds) > 59 or (hours is not None and int(minutes) > 59):
        return None
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return float(whole) if fraction is None else int(f"{whole}{fraction}") / 10 ** len(fraction)


def length_seconds(text: str) -> int | None:
    """Seconds of a length in words: `156 sec`, `4 min`, `1 hr 2 min`; None if it is none."""
    parts = _LENGTH.findall(text.lower())
    if not parts or _LENGTH.sub("", text.lower()).strip(" ,"):
        return None
    return sum(int(number) * _SECONDS_PER_UNIT[unit[0]] for number, unit in parts)


def seconds_of(value: object) -> float | None:
    """Seconds from a number, a number in quotes or a clock, as JSON and CSV files carry them."""
    if isinstance(value, str):
        value = value.strip()
        if ":" in value:
            return clock_seconds(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None


def clock_with_tenths(seconds: float) -> str:
    """`9050.5` as `2:30:50.5` and `9050` as `2:30:50`, for a person to change."""
    tenths = round(seconds * 10)
    return clock(tenths / 10) + (f".{tenths % 10}" if tenths % 10 else "")


def clock(seconds: float) -> str:
    """`9050` as `2:30:50`, for messages."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
