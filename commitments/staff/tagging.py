"""Tagging, the heart: the transcript on the left, the draft on the right, filled from the words."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commitments import actions
from commitments.dates import Basis
from commitments.deadlines import due_of
from commitments.lifecycle import State
from commitments.models import Commitment, Moment, Suggestion
from commitments.moments import BadSelection, Selection, select
from commitments.proposals import Proposal, propose
from commitments.staff.forms import DraftForm
from hearings import clock
from hearings.models import Hearing
from hearings.parts import part_at, parts_of
from hearings.roles import Role, requires

QUESTIONS = 12  # lines before the answer, any of which may have been the question


def find(slug: str) -> Hearing:
    return get_object_or_404(Hearing.objects.with_committees(), slug=slug)


def number(request, name: str) -> int | None:
    text = request.POST.get(name) or request.GET.get(name) or ""
    return int(text) if text.isdigit() else None


def selected(request, hearing: Hearing) -> Selection | None:
    """The words that `u`, `to`, `start` and `end` of the request name; None where there is no `u`."""
    first = number(request, "u")
    if first is None:
        return None
    return select(
        hearing,
        first,
        number(request, "to"),
        number(request, "start") or 0,
        number(request, "end"),
    )


@dataclass
class Row:
    """One line of the transcript on the desk."""

    utterance: object
    names_speaker: bool
    is_selected: bool
    is_asked: bool
    suggestions: list[Suggestion]
    moments: list[Moment]

    @property
    def side(self) -> str:
        return self.utterance.speaker.spoke_for if self.utterance.speaker else ""


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def tag(request, slug: str):
    """GET shows a part and, for a selection, the filled form; POST saves it as a draft."""
    hearing = find(slug)
    try:
        selection = selected(request, hearing)
    except BadSelection as problem:
        messages.error(request, str(problem))
        return redirect("hearing-tag", slug)
    proposal = selection and propose(hearing, selection)
    form = proposal and _form(request, hearing, proposal)
    if request.method == "POST" and form and form.is_valid():
        _save(request, hearing, proposal, form)
        return redirect(
            f"{reverse('hearing-tag', args=[slug])}?at={selection.last.pk}#u{selection.last.pk}"
        )
    if request.headers.get("X-Fragment") == "form":
        context = _form_context(hearing, proposal, form)
        return render(request, "commitments/staff/_tagform.html", context)
    return render(request, "commitments/staff/tag.html", _page(request, hearing, proposal, form))


def _form(request, hearing: Hearing, proposal: Proposal) -> DraftForm:
    initial = {
        "what": proposal.what,
        "official": proposal.official,
        "agency": proposal.agency,
        "owed_to_member": proposal.owed_to_member,
        "owed_to_committee": proposal.owed_to_committee,
        "due_on": proposal.due.on,
        "due_basis": proposal.due.basis.value,
        "type": proposal.type,
        "kind": proposal.kind,
        "strength": proposal.strength,
    }
    return DraftForm(request.POST or None, initial=initial, hearing=hearing)


def _save(request, hearing: Hearing, proposal: Proposal, form: DraftForm) -> None:
    question = number(request, "question")
    if "question" not in request.POST and proposal.question:
        question = proposal.question.pk
    due = form.due(proposal.due)
    chosen_type = form.cleaned_data["type"]
    if due is proposal.due and due.basis == Basis.TARGET and chosen_type != proposal.type:
        due = _target_anew(hearing, proposal, chosen_type)
    commitment = actions.tag(
        hearing,
        proposal.selection,
        by=request.user,
        now=clock.now(),
        due=due,
        question=select(hearing, question) if question else None,
        suggestion=_suggestion_of(hearing, proposal.selection),
        **form.facts(),
    )
    messages.success(request, _("Draft saved: %s") % commitment.what)


def _target_anew(hearing: Hearing, proposal: Proposal, type: str):
    """Another type has another target; the date follows as long as nobody has touched it."""
    asked = proposal.question.text if proposal.question else ""
    return due_of(hearing, type=type, words=proposal.selection.quote, asked=asked)


def _suggestion_of(hearing: Hearing, selection: Selection) -> Suggestion | None:
    lines = [line.pk for line in selection.lines]
    return hearing.suggestions.waiting().filter(utterance__in=lines).order_by("-score").first()


def _form_context(hearing: Hearing, proposal: Proposal | None, form) -> dict:
    context = {"hearing": hearing, "proposal": proposal, "form": form}
    if proposal:
        first = proposal.selection.first
        before = (
            first.part.utterances.filter(place__lte=first.place)
            .exclude(pk__in=[line.pk for line in proposal.selection.lines])
            .select_related("speaker__official")
            .order_by("-place", "-line")[:QUESTIONS]
        )
        context["questions"] = list(before)
    return context


def _page(request, hearing: Hearing, proposal: Proposal | None, form) -> dict:
    parts = parts_of(hearing)
    here = number(request, "at") or number(request, "u")
    t = number(request, "t")
    part = part_at(hearing, t=t, u=here, parts=parts)
    waiting = list(
        hearing.suggestions.waiting().select_related("question").order_by("utterance__place", "pk")
    )
    tagged = hearing.commitments.exclude(state__in=(State.WITHDRAWN, State.MERGED))
    return {
        **_form_context(hearing, proposal, form),
        "parts": parts,
        "part": part,
        "before": parts[part.number - 2] if part and part.number > 1 else None,
        "after": parts[part.number] if part and part.number < len(parts) else None,
        "rows": _rows(hearing, part, waiting, proposal, here),
        "waiting": waiting,
        "tagged": tagged.count(),
        "unknown": hearing.speakers.filter(is_settled=False).count(),
        "last": _last_act(request, hearing),
    }


def _rows(hearing: Hearing, part, waiting: list[Suggestion], proposal, here) -> list[Row]:
    if part is None:
        return []
    moments = hearing.moments.filter(role=Moment.Role.MADE).exclude(
        commitment__state=State.WITHDRAWN
    )
    moments = list(moments.select_related("commitment"))
    chosen = {line.pk for line in proposal.selection.lines} if proposal else {here}
    asked = proposal.question.pk if proposal and proposal.question else None
    rows, voice = [], object()
    for utterance in part.utterances():
        rows.append(
            Row(
                utterance=utterance,
                names_speaker=utterance.speaker_id != voice,
                is_selected=utterance.pk in chosen,
                is_asked=utterance.pk == asked,
                suggestions=[each for each in waiting if each.end_utterance_id == utterance.pk],
                moments=[each for each in moments if each.end_utterance_id == utterance.pk],
            )
        )
        voice = utterance.speaker_id
    return rows


@requires(Role.CLERK)
@require_POST
def accept(request, pk: int):
    """The suggestion becomes a draft as it stands, and the next one is shown."""
    suggestion = get_object_or_404(Suggestion.objects.select_related("hearing"), pk=pk)
    hearing = find(suggestion.hearing.slug)
    selection = select(
        hearing,
        suggestion.utterance_id,
        suggestion.end_utterance_id,
        suggestion.start_offset,
        suggestion.end_offset,
    )
    proposal = propose(hearing, selection)
    question = suggestion.question or proposal.question
    try:
        actions.tag(
            hearing,
            selection,
            by=request.user,
            now=clock.now(),
            due=proposal.due,
            question=select(hearing, question.pk) if question else None,
            suggestion=suggestion,
            what=suggestion.what or proposal.what,
            official=proposal.official,
            agency=proposal.agency,
            owed_to_member=proposal.owed_to_member,
            owed_to_committee=proposal.owed_to_committee,
            type=suggestion.type,
            kind=suggestion.kind,
            strength=suggestion.strength,
        )
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return _go_on(hearing, suggestion)


@requires(Role.CLERK)
@require_POST
def dismiss(request, pk: int):
    suggestion = get_object_or_404(Suggestion.objects.select_related("hearing"), pk=pk)
    try:
        actions.dismiss(suggestion, by=request.user, now=clock.now())
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return _go_on(suggestion.hearing, suggestion)


def _go_on(hearing: Hearing, done: Suggestion):
    """To the next suggestion behind this one, or back to its line."""
    place = done.utterance.place
    behind = hearing.suggestions.waiting().filter(utterance__place__gte=place).exclude(pk=done.pk)
    following = behind.order_by("utterance__place", "pk").first()
    line = following.utterance_id if following else done.utterance_id
    return redirect(f"{reverse('hearing-tag', args=[hearing.slug])}?at={line}#u{line}")


def _last_act(request, hearing: Hearing):
    """This person's last drafting act here that can be undone: a draft, or a dismissed suggestion."""
    draft = (
        hearing.commitments.filter(state=State.DRAFT, created_by=request.user)
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


@requires(Role.CLERK)
@require_POST
def undo(request, slug: str):
    """Take back this person's last drafting act on this hearing."""
    hearing = find(slug)
    last = _last_act(request, hearing)
    line = None
    if isinstance(last, Commitment):
        line = last.made.utterance_id if last.made else None
        actions.discard(last, by=request.user, now=clock.now())
        messages.success(request, _("Undone: the draft “%s” is gone.") % last.what)
    elif last:
        line = last.utterance_id
        actions.reconsider(last, by=request.user)
        messages.success(request, _("Undone: the suggestion is back."))
    else:
        messages.error(request, _("There is nothing of yours to undo here."))
    where = f"?at={line}#u{line}" if line else ""
    return redirect(f"{reverse('hearing-tag', args=[slug])}{where}")
