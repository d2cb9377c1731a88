"""How a commitment stands today, as a reader sees it: one shape, one word, the days, the full date."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.lifecycle import State
from commitments.models import Commitment


@dataclass(frozen=True)
class Standing:
    """`look` picks the shape and colour of the stylesheet; `words` stand beside it; `detail` introduces
    `day`, the date that matters most in this state (None where none does). What was fulfilled late stays
    late for ever."""

    look: str  # open soon late long review part met shut draft
    words: str
    detail: str = ""
    day: date | None = None
    was_late: bool = False


def standing(commitment: Commitment, today: date) -> Standing:
    """Derived afresh each time from the record and the date, so a dead worker never makes a page lie."""
    if commitment.is_overdue(today):
        days = commitment.days_late(today)
        look = "long" if commitment.is_long_overdue(today) else "late"
        words = ngettext("%d day late", "%d days late", days) % days
        return Standing(look, words, _("was due"), commitment.due_on)
    if commitment.is_paused:
        return Standing("shut", _("Clock paused"), _("since"), commitment.stopped_on)
    match commitment.state:
        case State.DRAFT:
            return Standing(
                "draft", _("Draft"), _("due") if commitment.due_on else "", commitment.due_on
            )
        case State.RESPONSE_RECEIVED:
            return Standing(
                "review", _("Answer under review"), _("received"), commitment.stopped_on
            )
        case State.FULFILLED:
            return _fulfilled(commitment)
        case State.NOT_FULFILLED | State.DROPPED:
            return Standing("shut", commitment.get_state_display(), _("on"), commitment.closed_on)
        case State.WITHDRAWN | State.MERGED:
            return Standing("shut", commitment.get_state_display())
    return _waiting(commitment, today)


def _fulfilled(commitment: Commitment) -> Standing:
    on_time = commitment.was_fulfilled_on_time
    timing = {True: _("on time,"), False: _("late,"), None: ""}[on_time]
    return Standing(
        "met", _("Fulfilled"), timing, commitment.fulfilled_on, was_late=on_time is False
    )


def _waiting(commitment: Commitment, today: date) -> Standing:
    partly = commitment.state == State.PARTLY_FULFILLED
    if partly:
        detail = _("rest due") if commitment.due_on else ""
        return Standing("part", _("Partly fulfilled"), detail, commitment.due_on)
    if commitment.due_on is None:
        return Standing("open", _("Open, no date"))
    if commitment.is_due_soon(today):
        days = (commitment.due_on - today).days
        words = (
            _("Due today")
            if days == 0
            else ngettext("Due in %d day", "Due in %d days", days) % days
        )
        return Standing("soon", words, "", commitment.due_on)
    return Standing("open", _("Open"), _("due"), commitment.due_on)
