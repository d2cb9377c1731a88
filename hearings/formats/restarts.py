"""Transcripts put together from several videos, whose clock begins again at nought in each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hearings.formats.parsed import ParsedUtterance, Problems
from hearings.formats.timecode import clock

_FALLS_BY = 600.0  # seconds at least; less is a line printed late
_FALLS_TO = 60.0  # seconds at most


def placed(turns: Iterable[ParsedUtterance], problems: Problems) -> Iterator[ParsedUtterance]:
    """The turns; without times from where the clock begins again, for they can't be placed."""
    latest = 0.0
    restarted = False
    for turn in turns:
        if turn.start is not None and not restarted:
            restarted = turn.start < _FALLS_TO and turn.start < latest - _FALLS_BY
            latest = max(latest, turn.start)
            if restarted:
                problems.warn(
                    f"The clock begins again at line {turn.line:,} (after {clock(latest)}); the"
                    " times from there on can't be placed and are left open."
                )
        yield replace(turn, start=None, end=None) if restarted else turn
