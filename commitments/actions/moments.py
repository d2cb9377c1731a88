"""The words it rests on: where they begin, what was really said, and where else it came up."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.writing import lock, need, write
from commitments.models import Commitment, Moment
from commitments.moments import BadStart, Selection, begin, capture
from hearings import clock
from hearings.refusing import Refused


@transaction.atomic
def link(
    commitment: Commitment, selection: Selection, *, by, now: datetime, role: str, version=None
) -> Moment:
    """Add a moment, of this hearing or another: said earlier, raised again, answered, the question."""
    fresh = lock(commitment, "link", by, version)
    need(
        role in Moment.Role.values and role != Moment.Role.MADE, _("Choose what the moment shows.")
    )
    moment = attach(fresh, selection, role)
    facts = {"role": role, "hearing": moment.hearing.slug, "moment": moment.pk}
    write(fresh, "link", by=by, now=now, before=fresh.state, facts=facts)
    return moment


@transaction.atomic
def correct_quote(
    commitment: Commitment, *, by, now: datetime, role: str, words: str, version=None
) -> Moment:
    """Show beside a quote what was really said ("three ks": 3-K); the quote itself stays. No words take
    the correction back."""
    fresh = lock(commitment, "correct_quote", by, version)
    moment = fresh.moments.filter(role=role).first()
    need(moment, _("It has no such moment."))
    moment.corrected_quote = words.strip()
    moment.save(update_fields=["corrected_quote"])
    facts = {"role": role, "moment": moment.pk, "words": moment.corrected_quote}
    write(fresh, "correct_quote", by=by, now=now, before=fresh.state, facts=facts)
    return moment


@transaction.atomic
def check(
    commitment: Commitment, *, by, now: datetime, checked_on: date, version=None
) -> Commitment:
    """Record that its words were compared with the recording."""
    fresh = lock(commitment, "check", by, version)
    need(checked_on <= clock.date_of(now), _("A check can't have been made in the future."))
    count = fresh.moments.update(checked_on=checked_on, checked_by=by)
    need(count, _("It has no quoted moment to check."))
    write(fresh, "check", by=by, now=now, before=fresh.state, facts={"checked_on": str(checked_on)})
    return fresh


def attach(
    commitment: Commitment, selection: Selection, role: str, start: float | None = None
) -> Moment:
    try:
        moment = capture(selection, role, start)
    except BadStart as problem:
        raise Refused(str(problem)) from problem
    moment.commitment = commitment
    moment.save()
    return moment


def begin_at(commitment: Commitment, start: float | None) -> dict:
    """Set when its words begin; what the history says of that."""
    made = commitment.made
    need(made, _("It was taken from notes, so it has no start in the recording."))
    try:
        begin(made, start)
    except BadStart as problem:
        raise Refused(str(problem)) from problem
    made.save(update_fields=["start", "is_start_set", "end"])
    return {"start": made.start}
