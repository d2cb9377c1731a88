"""On the list, with a reference and a clock; and on the public pages."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from commitments.actions.moments import attach
from commitments.actions.writing import lock, need, write
from commitments.lifecycle import State, Visibility
from commitments.models import Commitment, Moment
from commitments.moments import Selection
from hearings import clock
from hearings.models import Council


@transaction.atomic
def confirm(commitment: Commitment, *, by, now: datetime, version=None) -> Commitment:
    """Put a draft on the list, with its reference and its clock."""
    fresh = lock(commitment, "confirm", by, version)
    _put_on_the_list(fresh, State.OPEN, clock.date_of(now))
    facts = {"reference": fresh.reference}
    write(fresh, "confirm", by=by, now=now, before=State.DRAFT, facts=facts)
    return fresh


@transaction.atomic
def answer_in_session(
    commitment: Commitment, selection: Selection, *, by, now: datetime, version=None
) -> Commitment:
    """It was answered before the hearing was over: fulfilled that day, by the answering moment."""
    fresh = lock(commitment, "answer_in_session", by, version)
    today = clock.date_of(now)
    _put_on_the_list(fresh, State.FULFILLED, today)
    fresh.fulfilled_on, fresh.closed_on = fresh.hearing.held_on, today
    moment = attach(fresh, selection, Moment.Role.ANSWERED)
    facts = {"reference": fresh.reference, "moment": moment.pk}
    write(fresh, "answer_in_session", by=by, now=now, before=State.DRAFT, facts=facts)
    return fresh


def _put_on_the_list(draft: Commitment, state: str, today: date) -> None:
    """Give a draft that lacks nothing its reference and the date its clock started with."""
    missing = missing_for_confirm(draft)
    need(
        not missing, _("Before this can be confirmed it needs: %s.") % ", ".join(map(str, missing))
    )
    draft.state = state
    draft.reference = _next_reference(today.year)
    draft.confirmed_on = today
    draft.original_due_on = draft.due_on


def missing_for_confirm(commitment: Commitment) -> list[str]:
    """What a draft still lacks, in the words of the form."""
    wanted = (
        (commitment.what.strip(), _("what was promised")),
        (commitment.agency_id, _("the agency that owes it")),
        (commitment.owed_to_member_id or commitment.owed_to_committee_id, _("to whom it is owed")),
        (commitment.due_basis, _("a due date and its basis")),
    )
    return [label for value, label in wanted if not value]


def _next_reference(year: int) -> str:
    """The year and the next number of its counter, whose row stays locked until the commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO commitments_referencecounter AS counter (year, last) VALUES (%s, 1)
               ON CONFLICT (year) DO UPDATE SET last = counter.last + 1 RETURNING last""",
            [year],
        )
        return f"{year}-{cursor.fetchone()[0]:04d}"


@transaction.atomic
def publish(commitment: Commitment, *, by, now: datetime, version=None) -> Commitment:
    """Put a confirmed commitment on the public pages."""
    fresh = lock(commitment, "publish", by, version)
    need(not Council.current().internal_only, _("This install is internal: it publishes nothing."))
    need(fresh.visibility != Visibility.PUBLIC, _("It is public already."))
    missing = missing_for_publish(fresh)
    need(not missing, _("Before this can be published, settle: %s.") % ", ".join(map(str, missing)))
    fresh.visibility = Visibility.PUBLIC
    fresh.published_at = now
    write(fresh, "publish", by=by, now=now, before=fresh.state)
    return fresh


def missing_for_publish(commitment: Commitment) -> list[str]:
    """Why a confirmed commitment can't be published yet, in words for staff."""
    made = commitment.made
    if made and not (made.speaker and made.speaker.is_settled):
        printed = made.speaker.printed_name if made.speaker else _("nobody")
        return [_("who said it (printed as “%s”)") % printed]
    return []


@transaction.atomic
def unpublish(
    commitment: Commitment, *, by, now: datetime, public_reason: str, version=None
) -> Commitment:
    """Take it off the public pages; a tombstone stays at its address."""
    fresh = lock(commitment, "unpublish", by, version)
    need(fresh.visibility == Visibility.PUBLIC, _("It isn't public."))
    need(public_reason.strip(), _("The tombstone needs a public reason."))
    fresh.visibility = Visibility.REMOVED
    write(fresh, "unpublish", by=by, now=now, before=fresh.state, public_reason=public_reason)
    return fresh
