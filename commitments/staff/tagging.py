"""Tagging, the heart: the transcript on the left, the draft on the right, filled from the words."""

from dataclasses import replace
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commitments import actions
from commitments.dates import Due
from commitments.deadlines import due_of
from commitments.earlier import alike, owed_by
from commitments.lifecycle import State
from commitments.models import Commitment, Suggestion, Type
from commitments.moments import BadSelection, Selection, select
from commitments.proposals import Proposal, propose
from commitments.staff.forms import DraftForm
from commitments.staff.reading import Row, Span, rows_of, span_of
from hearings import clock, search
from hearings.forms import OffsetForm
from hearings.models import Hearing, Part, Utterance, Withheld
from hearings.parts import PartOfHearing, part_at, parts_of
from hearings.roles import Role, requires
from hearings.video import Recording, recording_of

QUESTIONS = 12  # lines before the answer, any of which may have been the question
LONGER = 8  # lines up to which a selection can be extended without a script
HITS = 20
BIGGEST_ID = 2**63 - 1


def find(slug: str) -> Hearing:
    return get_object_or_404(Hearing.objects.with_committees(), slug=slug)


def number(request, name: str) -> int | None:
    text = request.POST.get(name) or request.GET.get(name) or ""
    return min(int(text), BIGGEST_ID) if text.isdecimal() else None


def second(request) -> float | None:
    """`t` of the request, in seconds or as 2:30:50; None where it says no time."""
    fields = request.GET.get("t", "").split(":")
    if not all(field.isdecimal() for field in fields) or len(fields) > 3:
        return None
    return sum(int(field) * 60**power for power, field in enumerate(reversed(fields)))


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


def at(hearing: Hearing, line: int | None) -> str:
    """The address of the tagging page at a line."""
    address = reverse("hearing-tag", args=[hearing.slug])
    return f"{address}?{urlencode({'at': line})}#u{line}" if line else address


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def tag(request, slug: str):
    """GET shows a page of the transcript and, for a selection, the filled form; POST saves the draft.

    `X-Fragment: form` asks for the form alone, `X-Fragment: due` for its due date.
    """
    hearing = find(slug)
    try:
        selection = selected(request, hearing)
        shown = selection and _proposed(hearing, selection)
        proposal = shown and _as_chosen(request, hearing, shown)
        form = proposal and _form(request, hearing, proposal)
        if form and form.is_valid() and _saved(request, hearing, shown, proposal, form):
            return redirect(at(hearing, selection.last.pk))
    except BadSelection as problem:
        messages.error(request, str(problem))
        return redirect("hearing-tag", slug)
    fragment = {"form": "_tagform", "due": "_due"}.get(request.headers.get("X-Fragment", ""))
    if fragment:
        context = _form_context(hearing, proposal, form)
        response = render(request, f"commitments/staff/{fragment}.html", context)
    else:
        context = _page(request, hearing, proposal, form)
        shown = csp_update({"media-src": _may_be_heard(context["recording"])})(render)
        response = shown(request, "commitments/staff/tag.html", context)
    patch_vary_headers(response, ["X-Fragment"])
    return response


def _may_be_heard(recording: Recording | None) -> list[str]:
    """What this page alone may play: a file that the clerk picks, and the hearing's own."""
    is_file = recording and recording.kind != "youtube"
    return ["blob:", recording.origin] if is_file else ["blob:"]


# The form


def _proposed(hearing: Hearing, selection: Selection) -> Proposal:
    """What the words say, and the type of the suggestion they hold."""
    proposal = propose(hearing, selection)
    suggestion = suggestion_of(hearing, selection)
    return _of_type(hearing, proposal, suggestion.type) if suggestion else proposal


def _as_chosen(request, hearing: Hearing, proposal: Proposal) -> Proposal:
    """The proposal once the person has chosen another question or type; the due date follows both."""
    given = request.POST or request.GET
    if "question" in given:
        chosen = number(request, "question")
        question = select(hearing, chosen).first if chosen else None
        proposal = replace(proposal, question=question)
    type = given.get("type")
    return _of_type(hearing, proposal, type if type in Type.values else proposal.type)


def _of_type(hearing: Hearing, proposal: Proposal, type: str) -> Proposal:
    asked = proposal.question.text if proposal.question else ""
    due = due_of(hearing, type=type, words=proposal.selection.quote, asked=asked)
    return replace(proposal, type=type, due=due)


def suggestion_of(hearing: Hearing, selection: Selection) -> Suggestion | None:
    """The waiting suggestion that the selected words hold."""
    lines = [line.pk for line in selection.lines]
    return hearing.suggestions.waiting().filter(utterance__in=lines).order_by("-score").first()


def facts_of(proposal: Proposal, suggestion: Suggestion | None) -> dict:
    """The fields of a draft: those read off the words, and what the suggestion knows better."""
    facts = {
        name: getattr(proposal, name)
        for name in (
            "what", "official", "agency", "owed_to_member", "owed_to_committee", "type", "kind", "strength",
        )
    }  # fmt: skip
    if suggestion:
        facts |= {
            "what": suggestion.what or proposal.what,
            "kind": suggestion.kind,
            "strength": suggestion.strength,
        }
    return facts


def _form(request, hearing: Hearing, proposal: Proposal) -> DraftForm:
    selection = proposal.selection
    initial = facts_of(proposal, suggestion_of(hearing, selection)) | {
        "starts_at": selection.first.start,
        "due_on": proposal.due.on,
        "due_basis": proposal.due.basis.value,
    }
    lines = (selection.first, selection.last)
    return DraftForm(request.POST or None, initial=initial, hearing=hearing, lines=lines)


def _due(form: DraftForm, shown: Proposal, proposal: Proposal) -> Due:
    """What the person set; where they left the date as it was shown, the one of the chosen type."""
    given = form.due(shown.due)
    return proposal.due if given is shown.due else form.due(proposal.due)


def _saved(request, hearing: Hearing, shown: Proposal, proposal: Proposal, form) -> bool:
    """Whether the draft is there; a refusal stands at the form's top and nothing is lost."""
    question = proposal.question and select(hearing, proposal.question.pk)
    try:
        commitment = actions.tag(
            hearing,
            proposal.selection,
            by=request.user,
            now=clock.now(),
            due=_due(form, shown, proposal),
            question=question,
            suggestion=suggestion_of(hearing, proposal.selection),
            **form.facts(),
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Draft saved: %s") % (commitment.what or proposal.selection.quote))
    return True


def _form_context(hearing: Hearing, proposal: Proposal | None, form) -> dict:
    context = {"hearing": hearing, "proposal": proposal, "form": form}
    if proposal:
        lines = proposal.selection.lines
        context["questions"] = _questions(hearing, proposal)
        context["earlier"] = _promised_before(proposal)
        context["longer"] = [*lines, *_lines_after(hearing, lines[-1])]
    return context


def _promised_before(proposal: Proposal) -> Commitment | None:
    agency = proposal.agency and proposal.agency.pk
    return alike(proposal.what, owed_by([agency]).get(agency, []))


def _questions(hearing: Hearing, proposal: Proposal) -> list[Utterance]:
    """The lines before the answer, and the one found even if it lies further back."""
    lines = Utterance.objects.current().filter(part__hearing=hearing).select_related("part")
    nearest = list(lines.before(proposal.selection.first)[:QUESTIONS])
    found = proposal.question
    return nearest if found is None or found in nearest else [*nearest, found]


def _lines_after(hearing: Hearing, line: Utterance) -> list[Utterance]:
    lines = Utterance.objects.current().filter(part__hearing=hearing).select_related("part")
    return list(lines.after(line)[:LONGER])


# The page


def _page(request, hearing: Hearing, proposal: Proposal | None, form) -> dict:
    parts = parts_of(hearing, for_staff=True)
    last = _last_act(request, hearing)
    here = number(request, "at") or number(request, "u")
    t = second(request)
    if here is None and t is None:
        here = _line_of(last)  # where this person left off
    part = part_at(hearing, t=t, u=here, parts=parts)
    waiting = list(
        hearing.suggestions.waiting()
        .select_related("utterance")
        .order_by("utterance__place", "utterance_id", "start_offset")
    )
    rows = _rows(hearing, part, waiting, proposal, here, t)
    return {
        **_form_context(hearing, proposal, form),
        "parts": parts,
        "part": part,
        "before": parts[part.number - 2] if part and part.number > 1 else None,
        "after": parts[part.number] if part and part.number < len(parts) else None,
        "rows": rows,
        "has_only_capitals": any(row.utterance.part.has_only_capitals for row in rows),
        "current": next((row.utterance for row in rows if row.is_current), None),
        "waiting": waiting,
        "next_elsewhere": _next_elsewhere(waiting, rows),
        "ticks": _ticks(hearing, waiting),
        "tagged": hearing.commitments.not_gone().count(),
        "unknown": hearing.speakers.filter(is_settled=False).count(),
        "last": last,
        "recording": recording_of(hearing),
        "offset": OffsetForm(instance=hearing),
        "q": (words := search.typed(request.GET.get("q", ""))),
        "hits": _hits(hearing, words) if words else [],
    }


def _rows(
    hearing: Hearing,
    part: PartOfHearing | None,
    waiting: list[Suggestion],
    proposal: Proposal | None,
    here: int | None,
    t: float | None,
) -> list[Row]:
    if part is None:
        return []
    lines = list(part.utterances(for_staff=True))
    moments = list(hearing.moments.made().not_gone().select_related("commitment"))
    spans = [span_of(each, "sug") for each in waiting]
    spans += [span_of(each, "tagd") for each in moments]
    current = {here}
    if proposal:
        chosen = proposal.selection
        ends = (chosen.first.pk, chosen.start_offset, chosen.last.pk, chosen.end_offset)
        spans.append(Span(*ends, "sel"))
        current = {line.pk for line in chosen.lines}
        if asked := proposal.question:
            spans.append(Span(asked.pk, 0, asked.pk, None, "asked"))
    elif t is not None:
        before = [line for line in lines if line.place <= t]
        current = {(before or lines[:1])[-1].pk}
    if not current & {line.pk for line in lines}:
        current = {lines[0].pk}
    rows = rows_of(
        lines,
        current=current,
        spans=spans,
        suggestions=waiting,
        moments=moments,
        withheld=Withheld.now(),
    )
    _say_what_was_promised_before(rows)
    return rows


def _say_what_was_promised_before(rows: list[Row]) -> None:
    owed = owed_by(row.agency for row in rows if row.suggestions)
    for row in rows:
        for suggestion in row.suggestions:
            suggestion.earlier = alike(suggestion.what, owed.get(row.agency, []))


def _next_elsewhere(waiting: list[Suggestion], rows: list[Row]) -> Suggestion | None:
    """The first suggestion on a later page, else on any other, for when this page has no more."""
    shown = {row.utterance.pk for row in rows}
    others = [each for each in waiting if each.end_utterance_id not in shown]
    last = rows[-1].utterance.place if rows else 0
    return next((each for each in others if each.utterance.place >= last), next(iter(others), None))


def _ticks(hearing: Hearing, waiting: list[Suggestion]) -> list[tuple[str, str]]:
    """Where along the hearing something is tagged or suggested: per cent of its length, and which."""
    ends = Part.objects.current().filter(hearing=hearing).values_list("ends", flat=True)
    length = max((end for end in ends if end), default=0)
    if not length:
        return []
    made = hearing.moments.made().not_gone().filter(start__isnull=False)
    marks = [(start, "tk done") for start in made.values_list("start", flat=True)]
    marks += [(each.utterance.place, "tk") for each in waiting]
    return [(f"{100 * min(place / length, 1):.1f}%", look) for place, look in marks]


def _hits(hearing: Hearing, words: str) -> list[Utterance]:
    asked = search.asked(words)
    if asked is None:
        return []
    found = Utterance.objects.current().filter(part__hearing=hearing, search=asked.query)
    return list(found.select_related("speaker__official", "part").in_order()[:HITS])


# Suggestions and undo


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
        proposal = propose(hearing, selection)
        proposal = replace(proposal, question=suggestion.question or proposal.question)
        proposal = _of_type(hearing, proposal, suggestion.type)
        question = proposal.question and select(hearing, proposal.question.pk)
        made = actions.tag(
            hearing,
            selection,
            by=request.user,
            now=clock.now(),
            due=proposal.due,
            question=question,
            suggestion=suggestion,
            **facts_of(proposal, suggestion),
        )
    except (actions.Refused, BadSelection) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Draft saved: %s") % (made.what or selection.quote))
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
    waiting = waiting.order_by("utterance__place", "utterance_id", "start_offset")
    following = waiting.filter(utterance__place__gte=done.utterance.place).first()
    following = following or waiting.first()
    if following is None:
        messages.info(request, _("That was the last suggestion of this hearing."))
    return redirect(at(hearing, (following or done).end_utterance_id))


def _last_act(request, hearing: Hearing) -> Commitment | Suggestion | None:
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


def _line_of(act: Commitment | Suggestion | None) -> int | None:
    if isinstance(act, Commitment):
        return act.made.end_utterance_id if act.made else None
    return act.end_utterance_id if act else None


@requires(Role.CLERK)
@require_POST
def undo(request, slug: str):
    """Take back this person's last drafting act on this hearing."""
    hearing = find(slug)
    last = _last_act(request, hearing)
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
    return redirect(at(hearing, _line_of(last)))
