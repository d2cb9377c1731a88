"""The small drawing of a commitment's clock: said → first due → due → today."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commitments.models import Commitment

LEFT, RIGHT = 3.0, 97.0  # per cent of the width


def _ends_words(commitment: Commitment) -> str:
    if commitment.fulfilled_on:
        return _("answered")
    return _("closed") if commitment.closed_on else _("today")


@dataclass(frozen=True)
class Clockline:
    """Places in per cent of the width; `first_due` is None where it is the due date itself."""

    said_on: date
    first_due_on: date | None
    due_on: date
    ends_on: date  # today, or the day it was fulfilled or closed
    ends_words: str
    first_due: float | None
    due: float
    ends: float
    late_from: float | None

    @classmethod
    def of(cls, commitment: Commitment, today: date) -> "Clockline | None":
        """None where there is no due date."""
        if commitment.due_on is None:
            return None
        said_on = commitment.hearing.held_on
        ended = commitment.fulfilled_on or commitment.closed_on
        ends_on = ended or max(today, said_on)
        last = max(ends_on, commitment.due_on)
        width = max(1, (last - said_on).days)

        def place(day: date) -> float:
            share = max(0, (day - said_on).days) / width
            return round(LEFT + (RIGHT - LEFT) * share, 1)

        first = commitment.original_due_on
        was_moved = first is not None and first != commitment.due_on
        is_late = ends_on > commitment.due_on and (ended or commitment.is_overdue(today))
        return cls(
            said_on=said_on,
            first_due_on=first if was_moved else None,
            due_on=commitment.due_on,
            ends_on=ends_on,
            ends_words=_ends_words(commitment),
            first_due=place(first) if was_moved else None,
            due=place(commitment.due_on),
            ends=place(ends_on),
            late_from=place(commitment.due_on) if is_late else None,
        )

    @property
    def late_width(self) -> float:
        return round(self.ends - self.late_from, 1)

    @property
    def open_width(self) -> float:
        return round(min(self.ends, self.due) - LEFT, 1)

    @property
    def due_anchor(self) -> str:
        """Where the label of the due date hangs, so that it stays inside the drawing."""
        if self.due > 75:
            return "end"
        return "start" if self.due < 25 else "middle"
