"""One commitment on the desk: the record, its history, and each act as a small form."""

import re

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from commitments import actions, hidden
from commitments.earlier import alike, owed_by
from commitments.lifecycle import ACTS, Act
from commitments.models import Commitment
from commitments.moments import BadSelection, Selection, select
from commitments.staff.forms import DraftForm, form_for, today_in
from hearings import clock
from hearings.models import Utterance
from hearings.refusing import needs
from hearings.roles import Role, may_act_as, requires

ELSEWHERE = ("tag", "note", "edit", "amend")  # acts that have no form of their own
LINE_IN_A_LINK = re.compile(r"[?#&]u=?(\d+)")
SECOND_IN_A_LINK = re.compile(r"/hearings/([-\w]+)/?\?(?:.*&)?t=(\d+)")


def find(ref: str) -> Commitment:
    """By reference, or a draft by d-<id>."""
    commitments = Commitment.objects.for_lists()
    if ref.startswith("d-"):
        return get_object_or_404(commitments, pk=int(ref[2:]))
    return get_object_or_404(commitments, reference=ref)


@requires(Role.READER)
@require_http_methods(["GET", "HEAD", "POST"])
def commitment(request, ref: str):
    """The record; POST changes the wording of a draft or, as a correction, of a live commitment."""
    found = find(ref)
    form = _form(request, found)
    saved = _edited(request, ref, form) if request.method == "POST" and form.is_valid() else None
    if saved:
        return redirect(saved.get_staff_url())
    return render(request, "commitments/staff/commitment.html", _context(request, find(ref), form))


def _form(request, found: Commitment) -> DraftForm:
    made = found.made
    return DraftForm(
        request.POST or None,
        instance=found,
        initial={"starts_at": made.start} if made else {},
        hearing=found.hearing,
        lines=(made.utterance, made.end_utterance) if made else None,
    )


def _edited(request, ref: str, form: DraftForm) -> Commitment | None:
    fresh = find(ref)
    due = form.due(actions.due_as_it_stands(fresh))
    version = request.POST.get("version", "")
    try:
        return actions.edit(
            fresh,
            by=request.user,
            now=clock.now(),
            version=int(version) if version.isdigit() else None,
            due=due,
            **form.facts(),
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _context(request, found: Commitment, form: DraftForm) -> dict:
    return {
        "commitment": found,
        "form": form,
        "acts": [act for act in actions.acts_for(request.user, found) if act.name not in ELSEWHERE],
        "events": found.events.select_related("by", "text").order_by("-at", "-pk"),
        "moments": found.moments.select_related("hearing").with_speakers(),
        "answers": found.answers.select_related("response"),
        "evidence": found.evidence.all(),
        "withheld": hidden.of_commitment(found),
        "missing": actions.missing_for_confirm(found) if found.reference is None else [],
        "earlier": _promised_before(found) if found.reference is None else None,
    }


def _promised_before(draft: Commitment) -> Commitment | None:
    return alike(draft.what, owed_by([draft.agency_id]).get(draft.agency_id, []))


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request, ref: str, act: str):
    """One act: its form asks only for what it must carry; a refusal is told and nothing is lost."""
    found = find(ref)
    definition = ACTS.get(act)
    if definition is None or act in ELSEWHERE or definition.role is None:
        raise Http404(_("There is no such act."))
    if definition not in actions.acts_for(request.user, found):
        messages.error(request, _why_not(request.user, definition))
        return redirect(found.get_staff_url())
    form = form_for(act)(request.POST or None, initial={"version": found.version})
    today_in(form, clock.today())
    if request.method == "POST" and form.is_valid():
        try:
            perform(act, found, by=request.user, now=clock.now(), **form.cleaned_data)
        except (actions.Refused, BadSelection) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%s: done.") % definition.label)
            return redirect(find(f"d-{found.pk}").get_staff_url())
    context = {"commitment": found, "act": definition, "form": form}
    return render(request, "commitments/staff/act.html", context)


def _why_not(user, act: Act) -> str:
    if not may_act_as(user, act.role):
        return needs(act.role, act.label)
    return _("“%s” can't be done with this commitment now. Nothing was changed.") % act.label


def perform(act: str, commitment: Commitment, *, by, now, version: int, **given) -> None:
    """Call the verb of the act with what its form gave."""
    match act:
        case "send" | "ask_again":
            actions.send([commitment], by=by, now=now, asks_again=act == "ask_again", **given)
        case "respond":
            where = {name: given.pop(name) for name in ("page", "excerpt")}
            actions.respond({commitment: where}, by=by, now=now, **given)
        case "link":
            selection = linked_line(given["link"])
            actions.link(commitment, selection, by=by, now=now, role=given["role"], version=version)
        case "answer_in_session":
            selection = linked_line(given["link"])
            actions.answer_in_session(commitment, selection, by=by, now=now, version=version)
        case _:
            getattr(actions, act)(commitment, by=by, now=now, version=version, **given)


def linked_line(link: str) -> Selection:
    """The line that a link to a hearing's page points at."""
    lines = Utterance.objects.current().select_related("part__hearing").in_order()
    line = None
    if found := LINE_IN_A_LINK.search(link):
        line = lines.filter(pk=found[1]).first()
    elif found := SECOND_IN_A_LINK.search(link):
        second = float(found[2])
        of_that_second = lines.filter(start__gte=second, start__lt=second + 1)
        line = of_that_second.filter(part__hearing__slug=found[1]).first()
    if line is None:
        raise BadSelection(_("This link points at no line of a transcript."))
    return select(line.part.hearing, line.pk)
