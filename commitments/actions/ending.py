"""Closed, dropped, merged or withdrawn; and opened again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.writing import lock, need, write
from commitments.lifecycle import GONE, State, Visibility
from commitments.models import Commitment, Reason
from hearings import clock


@transaction.atomic
def close(
    commitment: Commitment, *, by, now: datetime, reason_code: str, public_reason: str, version=None
) -> Commitment:
    """It was refused, or will not be done."""
    return _end(
        commitment,
        "close",
        State.NOT_FULFILLED,
        by=by,
        now=now,
        version=version,
        reason_code=reason_code,
        public_reason=public_reason,
    )


@transaction.atomic
def drop(
    commitment: Commitment, *, by, now: datetime, reason_code: str, public_reason: str, version=None
) -> Commitment:
    """The Council stops pursuing it."""
    return _end(
        commitment,
        "drop",
        State.DROPPED,
        by=by,
        now=now,
        version=version,
        reason_code=reason_code,
        public_reason=public_reason,
    )


def _end(
    commitment: Commitment,
    act: str,
    state: str,
    *,
    by,
    now: datetime,
    version: int | None,
    reason_code: str,
    public_reason: str,
) -> Commitment:
    fresh = lock(commitment, act, by, version)
    need(reason_code in Reason.values, _("Choose a reason."))
    need(public_reason.strip(), _("Closing needs a public reason."))
    before, fresh.state = fresh.state, state
    fresh.closed_on = clock.date_of(now)
    fresh.stopped_on = None
    write(
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
def reopen(
    commitment: Commitment, *, by, now: datetime, public_reason: str, version=None
) -> Commitment:
    fresh = lock(commitment, "reopen", by, version)
    need(public_reason.strip(), _("Reopening needs a public reason."))
    need(fresh.reference, _("A draft that was discarded is tagged anew."))
    before, fresh.state = fresh.state, State.OPEN
    fresh.closed_on = fresh.fulfilled_on = None
    write(fresh, "reopen", by=by, now=now, before=before, public_reason=public_reason)
    return fresh


@transaction.atomic
def merge(
    commitment: Commitment, *, by, now: datetime, target: Commitment, version=None
) -> Commitment:
    """This is the same promise as `target`, whose address answers for both from now on."""
    first, second = sorted([commitment.pk, target.pk])
    list(Commitment.objects.select_for_update().filter(pk__in=[first, second]).order_by("pk"))
    fresh = lock(commitment, "merge", by, version)
    into = Commitment.objects.get(pk=target.pk)
    need(into.pk != fresh.pk, _("It can't be merged into itself."))
    need(into.state not in GONE, _("The target isn't on the list."))
    need(
        into.visibility == Visibility.PUBLIC or fresh.visibility == Visibility.INTERNAL,
        _("The target must be at least as public as what is merged into it."),
    )
    before, fresh.state = fresh.state, State.MERGED
    fresh.merged_into = into
    fresh.stopped_on = fresh.closed_on = fresh.fulfilled_on = None
    write(
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
    fresh = lock(commitment, "withdraw", by, version)
    need(reason_code in Reason.values, _("Choose a reason."))
    before, fresh.state = fresh.state, State.WITHDRAWN
    fresh.stopped_on = None
    if fresh.visibility == Visibility.PUBLIC:
        fresh.visibility = Visibility.REMOVED
    write(
        fresh,
        "withdraw",
        by=by,
        now=now,
        before=before,
        reason_code=reason_code,
        public_reason=public_reason,
    )
    return fresh
