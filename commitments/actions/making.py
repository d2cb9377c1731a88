"""Drafts: out of selected words or a note, changed, put in order, and taken off the sheet."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.clock import set_due
from commitments.actions.moments import attach, begin_at
from commitments.actions.suggestions import settle
from commitments.actions.writing import lock, need, permit, write
from commitments.dates import Due
from commitments.lifecycle import State
from commitments.models import Commitment, Moment, Note, Suggestion
from commitments.moments import Selection
from hearings.models import Hearing

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
    ]
)


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
    permit("tag", by)
    commitment = _draft(hearing, by, now, due, facts)
    noted = {} if start is None else {"start": start}
    write(commitment, "tag", by=by, now=now, before="", facts=noted)
    attach(commitment, selection, Moment.Role.MADE, start)
    if question:
        attach(commitment, question, Moment.Role.QUESTION)
    if suggestion:
        settle(suggestion, Suggestion.Decision.ACCEPTED, by, now, commitment)
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
    permit("note", by)
    need(what.strip(), _("A note says what was promised."))
    commitment = _draft(hearing, by, now, due, {"what": what.strip(), **facts})
    write(commitment, "note", by=by, now=now, before="")
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
        hearing=hearing, created_at=now, created_by=by, position=position, **_editable(facts)
    )
    set_due(commitment, due)
    return commitment


def _editable(facts: dict) -> dict:
    unknown = facts.keys() - EDITABLE
    if unknown:
        raise TypeError(f"not fields of a draft: {', '.join(sorted(unknown))}")
    return facts


@transaction.atomic
def edit(
    commitment: Commitment, *, by, now: datetime, version=None, due: Due | None = None, **facts
) -> Commitment:
    """Change fields of a draft, or, as a correction of the record, the wording of a live commitment.

    `start` among the facts is the second at which it was said, None that of its line.
    """
    act = "edit" if commitment.state == State.DRAFT else "amend"
    fresh = lock(commitment, act, by, version)
    noted = begin_at(fresh, facts.pop("start")) if "start" in facts else {}
    changed = {
        name: value for name, value in _editable(facts).items() if getattr(fresh, name) != value
    }
    for name, value in changed.items():
        setattr(fresh, name, value)
    if due and act == "edit":
        set_due(fresh, due)
    noted["changed"] = sorted([*changed, *noted])
    write(fresh, act, by=by, now=now, before=fresh.state, facts=noted)
    return fresh


@transaction.atomic
def move(commitment: Commitment, *, by, places: int) -> None:
    """Put it so many places further down its hearing's sheet; no further than to the end."""
    permit("edit", by)
    rows = list(
        commitment.hearing.commitments.not_gone()
        .select_for_update(no_key=True)
        .order_by("position", "pk")
    )
    need(commitment in rows, _("It isn't on the sheet any more."))
    here = rows.index(commitment)
    rows.insert(max(0, here + places), rows.pop(here))
    for position, row in enumerate(rows, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def discard(commitment: Commitment, *, by, now: datetime, version=None) -> Commitment:
    """Take a draft off the sheet. Its history stays, and its suggestion waits again."""
    fresh = lock(commitment, "discard", by, version)
    before, fresh.state = fresh.state, State.WITHDRAWN
    write(fresh, "discard", by=by, now=now, before=before)
    fresh.suggestions.update(decision="", decided_by=None, decided_at=None, commitment=None)
    return fresh
