"""Tagging, the heart: the transcript on the left, the draft on the right, filled from the words."""

from collections.abc import Iterator

from csp.decorators import csp_update
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from commitments.earlier import alike, owed_by
from commitments.marks import Span, span_of
from commitments.models import Suggestion
from commitments.moments import BadSelection
from commitments.proposals import Proposal
from commitments.staff.drafting import last_act, line_of
from commitments.staff.filling import as_chosen, form_context, form_of, proposed, saved
from commitments.staff.reading import Row, rows_of
from commitments.staff.selecting import at, find, number, second, selected
from hearings import search
from hearings.forms import OffsetForm
from hearings.models import Hearing, Part, Utterance, Withheld
from hearings.parts import PartOfHearing, neighbours, part_at, parts_of
from hearings.roles import Role, requires
from hearings.video import Recording, recording_of

HITS = 20


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def tag(request, slug: str):
    """GET shows a page of the transcript and, for a selection, the filled form; POST saves the draft.

    `X-Fragment: form` asks for the form alone, `X-Fragment: due` for its due date.
    """
    hearing = find(slug)
    try:
        selection = selected(request, hearing)
        shown = selection and proposed(hearing, selection)
        proposal = shown and as_chosen(request, hearing, shown)
        form = proposal and form_of(request, hearing, proposal)
        if form and form.is_valid() and saved(request, hearing, shown, proposal, form):
            return redirect(at(hearing, selection.last.pk))
    except BadSelection as problem:
        messages.error(request, str(problem))
        return redirect("hearing-tag", slug)
    fragment = {"form": "_tagform", "due": "_due"}.get(request.headers.get("X-Fragment", ""))
    if fragment:
        context = form_context(hearing, proposal, form)
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


def _page(request, hearing: Hearing, proposal: Proposal | None, form) -> dict:
    parts = parts_of(hearing, for_staff=True)
    last = last_act(request, hearing)
    here = number(request, "at") or number(request, "u")
    t = second(request)
    if here is None and t is None:
        here = line_of(last)  # where this person left off
    part = part_at(hearing, t=t, u=here, parts=parts)
    before, after = neighbours(part, parts)
    waiting = list(hearing.suggestions.waiting().select_related("utterance"))
    rows = _rows(hearing, part, waiting, proposal, here, t)
    return {
        **form_context(hearing, proposal, form),
        "parts": parts,
        "part": part,
        "before": before,
        "after": after,
        "rows": rows,
        "has_only_capitals": any(row.utterance.part.has_only_capitals for row in rows),
        "current": next((row.utterance for row in rows if row.is_current), None),
        "waiting": waiting,
        "next_elsewhere": _next_elsewhere(waiting, rows),
        "ticks": _ticks(hearing, waiting),
        "tagged": hearing.commitments.not_gone().count(),
        "unknown": hearing.speakers.waiting().count(),
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
    marked = [
        *(span_of(each, "sug") for each in waiting),
        *(span_of(each, "tagd") for each in moments),
    ]
    rows = rows_of(
        lines,
        current=_current(lines, proposal, here, t),
        spans=[*marked, *_spans_of(proposal)],
        suggestions=waiting,
        moments=moments,
        withheld=Withheld.now(),
    )
    _say_what_was_promised_before(rows)
    return rows


def _spans_of(proposal: Proposal | None) -> Iterator[Span]:
    """The selected words, and the question."""
    if proposal:
        chosen, asked = proposal.selection, proposal.question
        yield Span(chosen.first.pk, chosen.start_offset, chosen.last.pk, chosen.end_offset, "sel")
        if asked:
            yield Span(asked.pk, 0, asked.pk, None, "asked")


def _current(
    lines: list[Utterance], proposal: Proposal | None, here: int | None, t: float | None
) -> set[int]:
    """The lines to look at: those selected, the one said at `t`, the one that is `here`, or the first."""
    current = {here}
    if proposal:
        current = {line.pk for line in proposal.selection.lines}
    elif t is not None:
        begun = [line for line in lines if line.place <= t] or lines[:1]
        current = {begun[-1].pk}
    return current & {line.pk for line in lines} or {lines[0].pk}


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
