"""What every act shares: the commitment locked, the act allowed by the table and the roles, the change and
its event together."""

from datetime import datetime

from django.utils.translation import gettext as _

from commitments.lifecycle import ACTS, Act, Visibility, acts_open_to
from commitments.models import Commitment, Event, EventText
from hearings import refusing
from hearings.refusing import Refused
from hearings.roles import may_act_as


class Conflict(Refused):
    """Somebody else acted first."""


def lock(commitment: Commitment, act: str, by, version: int | None) -> Commitment:
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
    permit(act, by)
    return fresh


def permit(act: str, by) -> None:
    refusing.permit(by, ACTS[act].role, ACTS[act].label)


def need(is_there, sentence: str) -> None:
    if not is_there:
        raise Refused(sentence)


def write(
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
