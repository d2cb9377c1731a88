"""The agency's clock: the date it runs to, more time, and days on which it stands still."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.writing import lock, need, write
from commitments.dates import Basis, Due, on_return, roll_forward
from commitments.models import Commitment, Holiday
from hearings import clock


@transaction.atomic
def extend(
    commitment: Commitment,
    *,
    by,
    now: datetime,
    due_on: date,
    asked_by: str,
    public_reason: str,
    version=None,
) -> Commitment:
    """Give it more time. `asked_by` is "agency" or "council"; the first due date stays on the record."""
    fresh = lock(commitment, "extend", by, version)
    need(asked_by in ("agency", "council"), _("Say who asked for the extension."))
    need(public_reason.strip(), _("An extension needs a public reason."))
    need(
        due_on > (fresh.due_on or clock.date_of(now) - timedelta(days=1)),
        _("An extension leads to a later date."),
    )
    due_on = working_day(due_on)
    facts = {"due_before": str(fresh.due_on or ""), "due_on": str(due_on), "asked_by": asked_by}
    fresh.due_on = due_on
    fresh.original_due_on = fresh.original_due_on or due_on
    fresh.due_basis = fresh.due_basis if facts["due_before"] else Basis.LETTER.value
    write(
        fresh,
        "extend",
        by=by,
        now=now,
        before=fresh.state,
        public_reason=public_reason,
        facts=facts,
    )
    return fresh


@transaction.atomic
def pause(
    commitment: Commitment, *, by, now: datetime, public_reason: str, version=None
) -> Commitment:
    fresh = lock(commitment, "pause", by, version)
    need(not fresh.is_paused, _("The clock stands still already."))
    need(public_reason.strip(), _("A pause needs a public reason."))
    fresh.stopped_on = clock.date_of(now)
    write(fresh, "pause", by=by, now=now, before=fresh.state, public_reason=public_reason)
    return fresh


@transaction.atomic
def resume(commitment: Commitment, *, by, now: datetime, version=None) -> Commitment:
    fresh = lock(commitment, "resume", by, version)
    need(fresh.is_paused, _("The clock isn't paused."))
    facts = return_clock(fresh, clock.date_of(now), not_enough=False)
    write(fresh, "resume", by=by, now=now, before=fresh.state, facts=facts)
    return fresh


def return_clock(commitment: Commitment, today: date, *, not_enough: bool) -> dict:
    """Let the agency's clock run again; what the history says about the days it stood still."""
    stopped_on, commitment.stopped_on = commitment.stopped_on, None
    if commitment.due_on is None:
        return {}
    was_due = commitment.due_on
    commitment.due_on, charged = on_return(
        was_due,
        stopped_on,
        today,
        not_enough=not_enough,
        holidays=Holiday.objects.as_mapping(),
    )
    commitment.council_days += charged
    return {
        "due_before": str(was_due),
        "due_on": str(commitment.due_on),
        "council_days": charged,
    }


def date_set_by_staff(day: date | None) -> Due:
    """A date that a person chose without saying more: the council's own."""
    if day is None:
        return Due(None, Basis.NONE)
    return Due(working_day(day), Basis.LETTER, reason=_("A date set by the Council's staff."))


def due_as_it_stands(commitment: Commitment) -> Due:
    """The due date, basis and words that a commitment carries now."""
    return Due(
        commitment.due_on,
        Basis(commitment.due_basis or Basis.NONE),
        commitment.due_words,
        commitment.due_reason,
    )


def set_due(commitment: Commitment, due: Due) -> None:
    commitment.due_on = due.on
    commitment.due_basis = due.basis.value
    commitment.due_words = due.words[:200]
    commitment.due_reason = due.reason[:400]


def working_day(day: date) -> date:
    """That day, or the next on which something can fall due."""
    return roll_forward(day, Holiday.objects.as_mapping())
