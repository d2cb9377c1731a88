"""A suggestion is taken over or put away in one key; and each of these acts can be taken back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commitments import actions
from commitments.lifecycle import State
from commitments.models import Commitment, Suggestion
from commitments.moments import BadSelection, select
from commitments.proposals import propose
from commitments.staff.filling import altered, facts_of, save
from commitments.staff.selecting import at, find
from hearings import clock
from hearings.models import Hearing
from hearings.roles import Role, requires


@requires(Role.CLERK)
@require_POST
def accept(request, pk: int):
    """The suggestion becomes a draft as it stands, and the next one is shown."""
    suggestion = _suggestion(pk)
    if suggestion is None:
        return _not_there(request)
    hearing = find(suggestion.hearing.slug)
    try:
        selection = select(
            hearing,
            suggestion.utterance_id,
            suggestion.end_utterance_id,
            suggestion.start_offset,
            suggestion.end_offset,
        )
        read_off = propose(hearing, selection)
        question = suggestion.question or read_off.question
        proposal = altered(hearing, read_off, question=question, type=suggestion.type)
        facts = facts_of(proposal, suggestion)
        save(request, hearing, proposal, due=proposal.due, suggestion=suggestion, **facts)
    except (actions.Refused, BadSelection) as refusal:
        messages.error(request, str(refusal))
    return _go_on(request, hearing, suggestion)


@requires(Role.CLERK)
@require_POST
def dismiss(request, pk: int):
    suggestion = _suggestion(pk)
    if suggestion is None:
        return _not_there(request)
    try:
        actions.dismiss(suggestion, by=request.user, now=clock.now())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Dismissed: “%s”") % suggestion.quote)
    return _go_on(request, suggestion.hearing, suggestion)


def _suggestion(pk: int) -> Suggestion | None:
    related = ("hearing", "utterance", "question")
    return Suggestion.objects.select_related(*related).filter(pk=pk).first()


def _not_there(request):
    """It went while somebody looked at it: back to the page it stood on."""
    messages.error(request, str(actions.no_suggestion()))
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_ours else "desk")


def _go_on(request, hearing: Hearing, done: Suggestion):
    """To the next suggestion behind this one; from the last one to the first that still waits."""
    waiting = hearing.suggestions.waiting().exclude(pk=done.pk)
    following = waiting.filter(utterance__place__gte=done.utterance.place).first()
    following = following or waiting.first()
    if following is None:
        messages.info(request, _("That was the last suggestion of this hearing."))
    return redirect(at(hearing, (following or done).end_utterance_id))


@requires(Role.CLERK)
@require_POST
def undo(request, slug: str):
    """Take back this person's last drafting act on this hearing."""
    hearing = find(slug)
    last = last_act(request, hearing)
    try:
        if isinstance(last, Commitment):
            actions.discard(last, by=request.user, now=clock.now())
            messages.success(request, _("Undone: the draft “%s” is gone.") % last.what)
        elif last:
            actions.reconsider(last, by=request.user)
            messages.success(request, _("Undone: the suggestion is back."))
        else:
            messages.error(request, _("There is nothing of yours to undo here."))
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(at(hearing, line_of(last)))


def last_act(request, hearing: Hearing) -> Commitment | Suggestion | None:
    """This person's last drafting act here that can be undone: a draft, or a dismissed suggestion."""
    draft = (
        hearing.commitments.filter(state=State.DRAFT, created_by=request.user)
        .prefetch_related("moments")
        .order_by("-created_at", "-pk")
        .first()
    )
    dismissed = (
        hearing.suggestions.filter(decision=Suggestion.Decision.DISMISSED, decided_by=request.user)
        .order_by("-decided_at")
        .first()
    )
    if draft and dismissed:
        return draft if draft.created_at >= dismissed.decided_at else dismissed
    return draft or dismissed


def line_of(act: Commitment | Suggestion | None) -> int | None:
    if isinstance(act, Commitment):
        return act.made.end_utterance_id if act.made else None
    return act.end_utterance_id if act else None
