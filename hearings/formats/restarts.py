"""Transcripts put together from several videos, whose clock begins again at nought in each."""

from dataclasses import replace

from hearings.formats.parsed import ParsedUtterance, Problems
from hearings.formats.timecode import clock

_FALLS_BY = 600.0  # seconds at least; less is a line printed late
_FALLS_TO = 60.0  # seconds at most


def placed(turns: tuple[ParsedUtterance, ...], problems: Problems) -> tuple[ParsedUtterance, ...]:
    """The turns; without times from where the clock begins again, for they can't be placed."""
    latest = 0.0
    for index, turn in enumerate(turns):
        if turn.start is None:
            continue
        if turn.start >= latest:
            latest = turn.start
        elif turn.start < _FALLS_TO and turn.start < latest - _FALLS_BY:
            problems.warn(
                f"The clock begins again at line {turn.line:,} (after {clock(latest)}); the"
                " times from there on can't be placed and are left open."
            )
            unplaced = (replace(each, start=None, end=None) for each in turns[index:])
            return (*turns[:index], *unplaced)
    return turns
