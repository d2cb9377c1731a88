"""The agency's turn: what it is sent, what it answers, how that is judged, and which agency it is."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.clock import return_clock, working_day
from commitments.actions.writing import lock, need, write
from commitments.lifecycle import State
from commitments.models import Answer, Commitment, Evidence, Letter, Response
from hearings import clock
from hearings.models import Agency

NOT_ENOUGH = "not_enough"
OUTCOMES = (State.FULFILLED, State.PARTLY_FULFILLED, NOT_ENOUGH)


@transaction.atomic
def send(
    commitments: Iterable[Commitment],
    *,
    by,
    now: datetime,
    sent_on: date,
    recipients: str = "",
    internal_note: str = "",
    asks_again: bool = False,
) -> Letter:
    """Log one letter to an agency about one commitment or many."""
    act = "ask_again" if asks_again else "send"
    locked = [lock(each, act, by, None) for each in commitments]
    need(locked, _("A letter is about at least one commitment."))
    agencies = {each.agency for each in locked}
    need(len(agencies) == 1, _("One letter goes to one agency."))
    need(sent_on <= clock.date_of(now), _("A letter can't have been sent in the future."))
    letter = Letter.objects.create(
        agency=agencies.pop(),
        sent_on=sent_on,
        recipients=recipients,
        asks_again=asks_again,
        logged_by=by,
        internal_note=internal_note,
    )
    letter.commitments.set(locked)
    for each in locked:
        write(each, act, by=by, now=now, before=each.state, facts={"sent_on": str(sent_on)})
    return letter


@transaction.atomic
def respond(
    commitments: dict[Commitment, dict] | Iterable[Commitment],
    *,
    by,
    now: datetime,
    received_on: date,
    summary: str = "",
    document_url: str = "",
    statement: str = "",
    internal_note: str = "",
    is_public: bool = False,
    confidence_basis: str = "",
) -> Response:
    """Record one answer of an agency; a mapping gives each commitment its `page` and `excerpt`.

    From the day it was received the agency's clock stands still.
    """
    details = commitments if isinstance(commitments, dict) else dict.fromkeys(commitments, {})
    locked = {lock(each, "respond", by, None): extra for each, extra in details.items()}
    need(locked, _("An answer is about at least one commitment."))
    agencies = {each.agency for each in locked}
    need(len(agencies) == 1, _("One answer comes from one agency."))
    need(received_on <= clock.date_of(now), _("An answer can't have come in the future."))
    for each in locked:
        need(
            received_on >= each.hearing.held_on, _("An answer can't have come before the hearing.")
        )
    response = Response.objects.create(
        agency=agencies.pop(),
        received_on=received_on,
        summary=summary,
        document_url=document_url,
        statement=statement,
        internal_note=internal_note,
        is_public=is_public,
        confidence_basis=confidence_basis,
        recorded_by=by,
    )
    for each, extra in locked.items():
        Answer.objects.create(response=response, commitment=each, **extra)
        before, each.state = each.state, State.RESPONSE_RECEIVED
        each.stopped_on = received_on
        facts = {"received_on": str(received_on)}
        write(each, "respond", by=by, now=now, before=before, facts=facts)
    return response


@transaction.atomic
def judge(
    commitment: Commitment,
    *,
    by,
    now: datetime,
    outcome: str,
    public_reason: str,
    evidence: str = "",
    evidence_url: str = "",
    evidence_is_public: bool = True,
    remaining: str = "",
    due_on: date | None = None,
    version=None,
) -> Commitment:
    """Judge the last answer: all of it met, some of it (what remains, and by when), or not enough.

    Unless it is met, the due date moves by the whole days the agency waited for us.
    """
    fresh = lock(commitment, "judge", by, version)
    need(outcome in OUTCOMES, _("Choose an outcome."))
    need(public_reason.strip(), _("A judgement needs a public reason."))
    before, today = fresh.state, clock.date_of(now)
    answer = fresh.answers.order_by("response__received_on", "pk").last()
    facts = {"received_on": str(answer.response.received_on), "outcome": outcome}
    if outcome != NOT_ENOUGH:
        _add_evidence(
            answer, by=by, on=today, title=evidence, url=evidence_url, is_public=evidence_is_public
        )
    match outcome:
        case State.FULFILLED:
            _met(fresh, answer, today)
        case State.PARTLY_FULFILLED:
            facts |= _partly_met(fresh, today, remaining.strip(), due_on)
        case _:
            facts |= _not_enough(fresh, today)
    write(fresh, "judge", by=by, now=now, before=before, public_reason=public_reason, facts=facts)
    return fresh


def _add_evidence(answer: Answer, *, by, on: date, title: str, url: str, is_public: bool) -> None:
    need(title.strip(), _("Say what shows it: a document, a page, a meeting."))
    Evidence.objects.create(
        commitment=answer.commitment,
        answer=answer,
        title=title,
        url=url,
        is_public=is_public,
        added_on=on,
        added_by=by,
    )


def _met(commitment: Commitment, answer: Answer, today: date) -> None:
    commitment.state, commitment.remaining = State.FULFILLED, ""
    commitment.fulfilled_on, commitment.closed_on = answer.response.received_on, today
    commitment.stopped_on = None


def _partly_met(commitment: Commitment, today: date, remaining: str, due_on: date | None) -> dict:
    need(remaining, _("Write down what remains."))
    facts = return_clock(commitment, today, not_enough=False)
    commitment.state, commitment.remaining = State.PARTLY_FULFILLED, remaining
    commitment.due_on = working_day(due_on) if due_on else commitment.due_on
    return facts


def _not_enough(commitment: Commitment, today: date) -> dict:
    commitment.state = State.PARTLY_FULFILLED if commitment.remaining else State.OPEN
    return return_clock(commitment, today, not_enough=True)


@transaction.atomic
def refer(
    commitment: Commitment,
    *,
    by,
    now: datetime,
    agency: Agency,
    public_reason: str,
    version=None,
) -> Commitment:
    """Another agency owes it from now on."""
    fresh = lock(commitment, "refer", by, version)
    need(public_reason.strip(), _("A referral needs a public reason."))
    need(agency != fresh.agency, _("That agency owes it already."))
    facts = {"agency_before": fresh.agency.slug, "agency": agency.slug}
    fresh.agency = agency
    write(
        fresh, "refer", by=by, now=now, before=fresh.state, public_reason=public_reason, facts=facts
    )
    return fresh
