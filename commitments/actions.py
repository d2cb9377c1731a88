"""Every verb that writes. Each is one transaction: the commitment locked, the act allowed by the table
in lifecycle.py, the change and its event together. Refusals are sentences for the person who acted."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from commitments.dates import Basis, Due, on_return, roll_forward
from commitments.lifecycle import ACTS, Act, State, Visibility, acts_open_to
from commitments.models import (
    Answer,
    Commitment,
    Event,
    EventText,
    Evidence,
    Holiday,
    Letter,
    Moment,
    Note,
    Reason,
    Response,
    Suggestion,
)
from commitments.moments import BadStart, Selection, begin, capture
from hearings import clock
from hearings.models import Agency, Council, Hearing
from hearings.refusing import Refused, permit
from hearings.roles import may_act_as

EDITABLE = frozenset(
    [
        "what",
        "kind",
        "type",
        "strength",
        "is_priority",
        "agency",
        "official",
        "owed_to_member",
        "owed_to_committee",
        "internal_note",
        "position",
    ]
)


class Conflict(Refused):
    """Somebody else acted first."""


def _lock(commitment: Commitment, act: str, by, version: int | None) -> Commitment:
    """The commitment as it stands now, locked, once the act table and the roles allow the act."""
    definition = ACTS[act]
    fresh = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if version is not None and version != fresh.version:
        raise Conflict(
            _(
                "Somebody else changed this commitment while you looked at it. Nothing of yours was saved; look again."
            )
        )
    if not definition.can_follow(fresh.state):
        raise Refused(
            _("“%(act)s” can't follow the state “%(state)s”. Nothing was changed.")
            % {"act": definition.label, "state": fresh.get_state_display()}
        )
    _permit(act, by)
    return fresh


def _permit(act: str, by) -> None:
    permit(by, ACTS[act].role, ACTS[act].label)


def _need(is_there, sentence: str) -> None:
    if not is_there:
        raise Refused(sentence)


def _write(
    commitment: Commitment,
    act: str,
    *,
    by,
    now: datetime,
    before: str,
    reason_code: str = "",
    public_reason: str = "",
    internal_note: str = "",
    facts: dict | None = None,
) -> Event:
    """Save the commitment with the event of the act."""
    commitment.version += 1
    commitment.save()
    event = Event.objects.create(
        commitment=commitment,
        number=commitment.version,
        act=act,
        at=now,
        by=by,
        role=ACTS[act].role,
        state_before=before,
        state=commitment.state,
        visibility=commitment.visibility,
        due_on=commitment.due_on,
        reason_code=reason_code,
        facts=facts or {},
    )
    if public_reason or internal_note:
        EventText.objects.create(
            event=event, public_reason=public_reason, internal_note=internal_note
        )
    return event


# Making


@transaction.atomic
def tag(
    hearing: Hearing,
    selection: Selection,
    *,
    by,
    now: datetime,
    due: Due,
    start: float | None = None,
    question: Selection | None = None,
    suggestion: Suggestion | None = None,
    **facts,
) -> Commitment:
    """A draft whose moment is the selection and begins at `start` where a person set that. `facts` are
    fields of the form (see EDITABLE)."""
    _permit("tag", by)
    commitment = _draft(hearing, by, now, due, facts)
    noted = {} if start is None else {"start": start}
    _write(commitment, "tag", by=by, now=now, before="", facts=noted)
    _attach(commitment, selection, Moment.Role.MADE, start)
    if question:
        _attach(commitment, question, Moment.Role.QUESTION)
    if suggestion:
        _settle(suggestion, Suggestion.Decision.ACCEPTED, by, now, commitment)
    return commitment


@transaction.atomic
def note(
    hearing: Hearing,
    *,
    by,
    now: datetime,
    due: Due,
    what: str,
    clock_time=None,
    who: str = "",
    owed_to: str = "",
    **facts,
) -> Commitment:
    """A draft without a moment, from what was taken down at the dais."""
    _permit("note", by)
    _need(what.strip(), _("A note says what was promised."))
    commitment = _draft(hearing, by, now, due, {"what": what.strip(), **facts})
    _write(commitment, "note", by=by, now=now, before="")
    Note.objects.create(
        commitment=commitment, clock_time=clock_time, who=who, owed_to=owed_to, what=what.strip()
    )
    return commitment


def _draft(hearing: Hearing, by, now: datetime, due: Due, facts: dict) -> Commitment:
    position = 1 + (
        Commitment.objects.filter(hearing=hearing)
        .order_by("-position")
        .values_list("position", flat=True)
        .first()
        or 0
    )
    commitment = Commitment(
        hearing=hearing, created_at=now, created_by=by, **{"position": position, **_editable(facts)}
    )
    _set_due(commitment, due)
    return commitment


def _editable(facts: dict) -> dict:
    unknown = facts.keys() - EDITABLE
    if unknown:
        raise TypeError(f"not fields of a draft: {', '.join(sorted(unknown))}")
    return facts


def _set_due(commitment: Commitment, due: Due) -> None:
    commitment.due_on = due.on
    commitment.due_basis = due.basis.value
    commitment.due_words = due.words[:200]
    commitment.due_reason = due.reason[:400]


def date_set_by_staff(day: date | None) -> Due:
    """A date that a person chose without saying more: the council's own."""
    if day is None:
        return Due(None, Basis.NONE)
    return Due(_working_day(day), Basis.LETTER, reason=_("A date set by the Council's staff."))


def due_as_it_stands(commitment: Commitment) -> Due:
    """The due date, basis and words that a commitment carries now."""
    return Due(
        commitment.due_on,
        Basis(commitment.due_basis or Basis.NONE),
        commitment.due_words,
        commitment.due_reason,
    )


def _attach(
    commitment: Commitment, selection: Selection, role: str, start: float | None = None
) -> Moment:
    try:
        moment = capture(selection, role, start)
    except BadStart as problem:
        raise Refused(str(problem)) from problem
    moment.commitment = commitment
    moment.save()
    return moment


def no_suggestion() -> Conflict:
    """What is said of one that went while somebody looked at it."""
    return Conflict(
        _(
            "This suggestion is gone: the transcript, or who spoke, was corrected. Nothing was changed."
        )
    )


def _settle(suggestion: Suggestion, decision: str, by, now: datetime, commitment=None) -> None:
    fresh = Suggestion.objects.select_for_update().filter(pk=suggestion.pk).first()
    if fresh is None:
        raise no_suggestion()
    if fresh.decision:
        raise Conflict(_("Somebody else has decided on this suggestion already."))
    fresh.decision, fresh.decided_by, fresh.decided_at = decision, by, now
    fresh.commitment = commitment
    fresh.save(update_fields=["decision", "decided_by", "decided_at", "commitment"])


@transaction.atomic
def dismiss(suggestion: Suggestion, *, by, now: datetime) -> None:
    """This is no commitment; the suggestion does not come back."""
    _permit("tag", by)
    _settle(suggestion, Suggestion.Decision.DISMISSED, by, now)


@transaction.atomic
def reconsider(suggestion: Suggestion, *, by) -> None:
    """Undo a dismissal; the suggestion waits again."""
    _permit("tag", by)
    Suggestion.objects.filter(pk=suggestion.pk, decision=Suggestion.Decision.DISMISSED).update(
        decision="", decided_by=None, decided_at=None
    )


@transaction.atomic
def edit(
    commitment: Commitment, *, by, now: datetime, version=None, due: Due | None = None, **facts
) -> Commitment:
    """Change fields of a draft, or, as a correction of the record, the wording of a live commitment.

    `start` among the facts is the second at which it was said, None that of its line.
    """
    act = "edit" if commitment.state == State.DRAFT else "amend"
    fresh = _lock(commitment, act, by, version)
    noted = _begin(fresh, facts.pop("start")) if "start" in facts else {}
    changed = {
        name: value for name, value in _editable(facts).items() if getattr(fresh, name) != value
    }
    for name, value in changed.items():
        setattr(fresh, name, value)
    if due and act == "edit":
        _set_due(fresh, due)
    noted["changed"] = sorted([*changed, *noted])
    _write(fresh, act, by=by, now=now, before=fresh.state, facts=noted)
    return fresh


def _begin(commitment: Commitment, start: float | None) -> dict:
    """Set when its words begin; what the history says of that."""
    made = commitment.made
    _need(made, _("It was taken from notes, so it has no start in the recording."))
    try:
        begin(made, start)
    except BadStart as problem:
        raise Refused(str(problem)) from problem
    made.save(update_fields=["start", "is_start_set", "end"])
    return {"start": made.start}


@transaction.atomic
def move(commitment: Commitment, *, by, places: int) -> None:
    """Put it so many places further down its hearing's sheet; no further than to the end."""
    _permit("edit", by)
    rows = list(
        commitment.hearing.commitments.not_gone()
        .select_for_update(no_key=True)
        .order_by("position", "pk")
    )
    _need(commitment in rows, _("It isn't on the sheet any more."))
    here = rows.index(commitment)
    rows.insert(max(0, here + places), rows.pop(here))
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def discard(commitment: Commitment, *, by, now: datetime, version=None) -> Commitment:
    """Take a draft off the sheet. Its history stays, and its suggestion waits again."""
    fresh = _lock(commitment, "discard", by, version)
    before, fresh.state = fresh.state, State.WITHDRAWN
    _write(fresh, "discard", by=by, now=now, before=before)
    fresh.suggestions.update(decision="", decided_by=None, decided_at=None, commitment=None)
    return fresh


# Confirming and publishing


@transaction.atomic
def confirm(commitment: Commitment, *, by, now: datetime, version=None) -> Commitment:
    """Put a draft on the list, with its reference and its clock."""
    fresh = _lock(commitment, "confirm", by, version)
    _put_on_the_list(fresh, State.OPEN, clock.date_of(now))
    facts = {"reference": fresh.reference}
    _write(fresh, "confirm", by=by, now=now, before=State.DRAFT, facts=facts)
    return fresh


@transaction.atomic
def answer_in_session(
    commitment: Commitment, selection: Selection, *, by, now: datetime, version=None
) -> Commitment:
    """It was answered before the hearing was over: fulfilled that day, by the answering moment."""
    fresh = _lock(commitment, "answer_in_session", by, version)
    today = clock.date_of(now)
    _put_on_the_list(fresh, State.FULFILLED, today)
    fresh.fulfilled_on, fresh.closed_on = fresh.hearing.held_on, today
    moment = _attach(fresh, selection, Moment.Role.ANSWERED)
    facts = {"reference": fresh.reference, "moment": moment.pk}
    _write(fresh, "answer_in_session", by=by, now=now, before=State.DRAFT, facts=facts)
    return fresh


def _put_on_the_list(draft: Commitment, state: str, today: date) -> None:
    """Give a draft that lacks nothing its reference and the date its clock started with."""
    missing = missing_for_confirm(draft)
    _need(
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


def missing_for_publish(commitment: Commitment) -> list[str]:
    """Why a confirmed commitment can't be published yet, in words for staff."""
    made = commitment.made
    if made and not (made.speaker and made.speaker.is_settled):
        printed = made.speaker.printed_name if made.speaker else _("nobody")
        return [_("who said it (printed as “%s”)") % printed]
    return []


@transaction.atomic
def publish(commitment: Commitment, *, by, now: datetime, version=None) -> Commitment:
    """Put a confirmed commitment on the public pages."""
    fresh = _lock(commitment, "publish", by, version)
    _need(not Council.current().internal_only, _("This install is internal: it publishes nothing."))
    _need(fresh.visibility != Visibility.PUBLIC, _("It is public already."))
    missing = missing_for_publish(fresh)
    _need(
        not missing, _("Before this can be published, settle: %s.") % ", ".join(map(str, missing))
    )
    fresh.visibility = Visibility.PUBLIC
    fresh.published_at = now
    _write(fresh, "publish", by=by, now=now, before=fresh.state)
    return fresh


@transaction.atomic
def unpublish(
    commitment: Commitment, *, by, now: datetime, public_reason: str, version=None
) -> Commitment:
    """Take it off the public pages; a tombstone stays at its address."""
    fresh = _lock(commitment, "unpublish", by, version)
    _need(fresh.visibility == Visibility.PUBLIC, _("It isn't public."))
    _need(public_reason.strip(), _("The tombstone needs a public reason."))
    fresh.visibility = Visibility.REMOVED
    _write(fresh, "unpublish", by=by, now=now, before=fresh.state, public_reason=public_reason)
    return fresh


# The agency's turn


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
    locked = [_lock(each, act, by, None) for each in commitments]
    _need(locked, _("A letter is about at least one commitment."))
    agencies = {each.agency for each in locked}
    _need(len(agencies) == 1, _("One letter goes to one agency."))
    _need(sent_on <= clock.date_of(now), _("A letter can't have been sent in the future."))
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
        _write(each, act, by=by, now=now, before=each.state, facts={"sent_on": str(sent_on)})
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
    locked = {_lock(each, "respond", by, None): extra for each, extra in details.items()}
    _need(locked, _("An answer is about at least one commitment."))
    agencies = {each.agency for each in locked}
    _need(len(agencies) == 1, _("One answer comes from one agency."))
    _need(received_on <= clock.date_of(now), _("An answer can't have come in the future."))
    for each in locked:
        _need(
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
        _write(each, "respond", by=by, now=now, before=before, facts=facts)
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
    fresh = _lock(commitment, "judge", by, version)
    _need(
        outcome in (State.FULFILLED, State.PARTLY_FULFILLED, "not_enough"), _("Choose an outcome.")
    )
    _need(public_reason.strip(), _("A judgement needs a public reason."))
    today = clock.date_of(now)
    answer = fresh.answers.order_by("response__received_on", "pk").last()
    before = fresh.state
    facts: dict = {"received_on": str(answer.response.received_on), "outcome": outcome}
    if outcome != "not_enough":
        _need(evidence.strip(), _("Say what shows it: a document, a page, a meeting."))
        Evidence.objects.create(
            commitment=fresh,
            answer=answer,
            title=evidence,
            url=evidence_url,
            is_public=evidence_is_public,
            added_on=today,
            added_by=by,
        )
    if outcome == State.FULFILLED:
        fresh.state = State.FULFILLED
        fresh.fulfilled_on = answer.response.received_on
        fresh.closed_on = today
        fresh.stopped_on = None
        fresh.remaining = ""
    else:
        _need(outcome != State.PARTLY_FULFILLED or remaining.strip(), _("Write down what remains."))
        facts |= _return_clock(fresh, today, not_enough=outcome == "not_enough")
        if outcome == State.PARTLY_FULFILLED:
            fresh.state, fresh.remaining = State.PARTLY_FULFILLED, remaining.strip()
            fresh.due_on = _working_day(due_on) if due_on else fresh.due_on
        else:
            fresh.state = State.PARTLY_FULFILLED if fresh.remaining else State.OPEN
    _write(fresh, "judge", by=by, now=now, before=before, public_reason=public_reason, facts=facts)
    return fresh


def _working_day(day: date) -> date:
    """That day, or the next on which something can fall due."""
    return roll_forward(day, Holiday.objects.as_mapping())


def _return_clock(commitment: Commitment, today: date, *, not_enough: bool) -> dict:
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
    fresh = _lock(commitment, "extend", by, version)
    _need(asked_by in ("agency", "council"), _("Say who asked for the extension."))
    _need(public_reason.strip(), _("An extension needs a public reason."))
    _need(
        due_on > (fresh.due_on or clock.date_of(now) - timedelta(days=1)),
        _("An extension leads to a later date."),
    )
    due_on = _working_day(due_on)
    facts = {"due_before": str(fresh.due_on or ""), "due_on": str(due_on), "asked_by": asked_by}
    fresh.due_on = due_on
    fresh.original_due_on = fresh.original_due_on or due_on
    fresh.due_basis = fresh.due_basis if facts["due_before"] else Basis.LETTER.value
    _write(
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
    fresh = _lock(commitment, "pause", by, version)
    _need(not fresh.is_paused, _("The clock stands still already."))
    _need(public_reason.strip(), _("A pause needs a public reason."))
    fresh.stopped_on = clock.date_of(now)
    _write(fresh, "pause", by=by, now=now, before=fresh.state, public_reason=public_reason)
    return fresh


@transaction.atomic
def resume(commitment: Commitment, *, by, now: datetime, version=None) -> Commitment:
    fresh = _lock(commitment, "resume", by, version)
    _need(fresh.is_paused, _("The clock isn't paused."))
    facts = _return_clock(fresh, clock.date_of(now), not_enough=False)
    _write(fresh, "resume", by=by, now=now, before=fresh.state, facts=facts)
    return fresh


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
    fresh = _lock(commitment, "refer", by, version)
    _need(public_reason.strip(), _("A referral needs a public reason."))
    _need(agency != fresh.agency, _("That agency owes it already."))
    facts = {"agency_before": fresh.agency.slug, "agency": agency.slug}
    fresh.agency = agency
    _write(
        fresh, "refer", by=by, now=now, before=fresh.state, public_reason=public_reason, facts=facts
    )
    return fresh


# Ending


def _end(
    commitment: Commitment, act: str, state: str, by, now, version, reason_code, public_reason
) -> Commitment:
    fresh = _lock(commitment, act, by, version)
    _need(reason_code in Reason.values, _("Choose a reason."))
    _need(public_reason.strip(), _("Closing needs a public reason."))
    before, fresh.state = fresh.state, state
    fresh.closed_on = clock.date_of(now)
    fresh.stopped_on = None
    _write(
        fresh,
        act,
        by=by,
        now=now,
        before=before,
        reason_code=reason_code,
        public_reason=public_reason,
    )
    return fresh


@transaction.atomic
def close(
    commitment: Commitment, *, by, now: datetime, reason_code: str, public_reason: str, version=None
) -> Commitment:
    """It was refused, or will not be done."""
    return _end(
        commitment, "close", State.NOT_FULFILLED, by, now, version, reason_code, public_reason
    )


@transaction.atomic
def drop(
    commitment: Commitment, *, by, now: datetime, reason_code: str, public_reason: str, version=None
) -> Commitment:
    """The Council stops pursuing it."""
    return _end(commitment, "drop", State.DROPPED, by, now, version, reason_code, public_reason)


@transaction.atomic
def reopen(
    commitment: Commitment, *, by, now: datetime, public_reason: str, version=None
) -> Commitment:
    fresh = _lock(commitment, "reopen", by, version)
    _need(public_reason.strip(), _("Reopening needs a public reason."))
    _need(fresh.reference, _("A draft that was discarded is tagged anew."))
    before, fresh.state = fresh.state, State.OPEN
    fresh.closed_on = fresh.fulfilled_on = None
    _write(fresh, "reopen", by=by, now=now, before=before, public_reason=public_reason)
    return fresh


@transaction.atomic
def merge(
    commitment: Commitment, *, by, now: datetime, target: Commitment, version=None
) -> Commitment:
    """This is the same promise as `target`, whose address answers for both from now on."""
    first, second = sorted([commitment.pk, target.pk])
    list(Commitment.objects.select_for_update().filter(pk__in=[first, second]).order_by("pk"))
    fresh = _lock(commitment, "merge", by, version)
    into = Commitment.objects.get(pk=target.pk)
    _need(into.pk != fresh.pk, _("It can't be merged into itself."))
    _need(into.state not in (State.MERGED, State.WITHDRAWN), _("The target isn't on the list."))
    _need(
        into.visibility == Visibility.PUBLIC or fresh.visibility == Visibility.INTERNAL,
        _("The target must be at least as public as what is merged into it."),
    )
    before, fresh.state = fresh.state, State.MERGED
    fresh.merged_into = into
    fresh.stopped_on = fresh.closed_on = fresh.fulfilled_on = None
    _write(
        fresh, "merge", by=by, now=now, before=before, facts={"target": into.reference or into.pk}
    )
    Commitment.objects.filter(merged_into=fresh).update(merged_into=into)
    return fresh


@transaction.atomic
def withdraw(
    commitment: Commitment,
    *,
    by,
    now: datetime,
    reason_code: str = Reason.ENTERED_IN_ERROR,
    public_reason: str = "",
    version=None,
) -> Commitment:
    """Remove what was entered in error; if it was public, a tombstone stays."""
    fresh = _lock(commitment, "withdraw", by, version)
    _need(reason_code in Reason.values, _("Choose a reason."))
    before, fresh.state = fresh.state, State.WITHDRAWN
    fresh.stopped_on = None
    if fresh.visibility == Visibility.PUBLIC:
        fresh.visibility = Visibility.REMOVED
    _write(
        fresh,
        "withdraw",
        by=by,
        now=now,
        before=before,
        reason_code=reason_code,
        public_reason=public_reason,
    )
    return fresh


# Moments


@transaction.atomic
def link(
    commitment: Commitment, selection: Selection, *, by, now: datetime, role: str, version=None
) -> Moment:
    """Add a moment, of this hearing or another: said earlier, raised again, answered, the question."""
    fresh = _lock(commitment, "link", by, version)
    _need(
        role in Moment.Role.values and role != Moment.Role.MADE, _("Choose what the moment shows.")
    )
    moment = _attach(fresh, selection, role)
    facts = {"role": role, "hearing": moment.hearing.slug, "moment": moment.pk}
    _write(fresh, "link", by=by, now=now, before=fresh.state, facts=facts)
    return moment


@transaction.atomic
def correct_quote(
    commitment: Commitment, *, by, now: datetime, role: str, words: str, version=None
) -> Moment:
    """Show beside a quote what was really said ("three ks": 3-K); the quote itself stays. No words take
    the correction back."""
    fresh = _lock(commitment, "correct_quote", by, version)
    moment = fresh.moments.filter(role=role).first()
    _need(moment, _("It has no such moment."))
    moment.corrected_quote = words.strip()
    moment.save(update_fields=["corrected_quote"])
    facts = {"role": role, "moment": moment.pk, "words": moment.corrected_quote}
    _write(fresh, "correct_quote", by=by, now=now, before=fresh.state, facts=facts)
    return moment


@transaction.atomic
def check(
    commitment: Commitment, *, by, now: datetime, checked_on: date, version=None
) -> Commitment:
    """Record that its words were compared with the recording."""
    fresh = _lock(commitment, "check", by, version)
    _need(checked_on <= clock.date_of(now), _("A check can't have been made in the future."))
    count = fresh.moments.update(checked_on=checked_on, checked_by=by)
    _need(count, _("It has no quoted moment to check."))
    _write(
        fresh, "check", by=by, now=now, before=fresh.state, facts={"checked_on": str(checked_on)}
    )
    return fresh


def acts_for(user, commitment: Commitment) -> list[Act]:
    """The acts that are possible for this person now, in the table's order."""
    is_public = commitment.visibility == Visibility.PUBLIC
    pointless = {
        "publish" if is_public else "unpublish",
        "pause" if commitment.is_paused else "resume",
    }
    return [
        act
        for act in acts_open_to(commitment.state)
        if act.name not in pointless and may_act_as(user, act.role)
    ]
