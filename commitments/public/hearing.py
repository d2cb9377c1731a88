"""Hearings: the list, one hearing by parts with its follow-ups, the printable sheet, the downloads."""

from collections import Counter

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commitments.lifecycle import LIVE, State
from commitments.models import Commitment, Moment
from commitments.public import marking
from commitments.standing import standing
from hearings import clock, downloads
from hearings.models import Hearing
from hearings.parts import part_at, parts_of

PER_PAGE = 20
COUNTED = ("late", "long", "soon", "review", "part", "open", "met", "shut")


@login_not_required
@require_safe
def hearings(request):
    public = Q(commitments__in=Commitment.objects.public())
    found = (
        Hearing.objects.public()
        .with_committees()
        .annotate(
            promises=Count("commitments", public),
            waiting=Count("commitments", public & Q(commitments__state__in=LIVE)),
            fulfilled=Count("commitments", public & Q(commitments__state=State.FULFILLED)),
        )
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "section": "hearings"}
    return render(request, "commitments/public/hearings.html", context)


def _find(slug: str) -> Hearing:
    return get_object_or_404(Hearing.objects.public().with_committees(), slug=slug)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _follow_ups(hearing: Hearing) -> list[Commitment]:
    return list(hearing.commitments.public().for_lists().order_by("position", "pk"))


def _counts(commitments: list[Commitment], today) -> list[tuple[str, int]]:
    """How many stand how, worst first: (look, number)."""
    counted = Counter(standing(each, today).look for each in commitments)
    return [(look, counted[look]) for look in COUNTED if counted[look]]


@login_not_required
@require_safe
def hearing(request, slug: str):
    found = _find(slug)
    t, u = _number(request.GET.get("t")), _number(request.GET.get("u"))
    parts = parts_of(found)
    part = part_at(found, t=t, u=None if u is None else int(u), parts=parts)
    follow_ups = _follow_ups(found)
    moments = _public_moments(found)
    context = {
        "hearing": found,
        "follow_ups": follow_ups,
        "counts": _counts(follow_ups, clock.today()),
        "part": part,
        "contents": [(each, _part_count(each, moments)) for each in parts],
        "before": parts[part.number - 2] if part and part.number > 1 else None,
        "after": parts[part.number] if part and part.number < len(parts) else None,
        "lines": marking.lines(part.utterances(), moments) if part else [],
        "formats": downloads.FORMATS,
        "section": "hearings",
    }
    return render(request, "commitments/public/hearing.html", context)


def _public_moments(hearing: Hearing) -> list[Moment]:
    """What was said here about commitments that are public, those of other hearings included."""
    shown = hearing.moments.exclude(role=Moment.Role.QUESTION).filter(
        commitment__in=Commitment.objects.public()
    )
    return list(shown.select_related("commitment__agency", "commitment__hearing"))


def _part_count(part, moments: list[Moment]) -> int:
    return sum(
        each.role == Moment.Role.MADE
        and each.start is not None
        and (part.after is None or part.after <= each.start)
        and (part.until is None or each.start < part.until)
        for each in moments
    )


@login_not_required
@require_safe
def follow_ups(request, slug: str):
    """The sheet alone, for printing."""
    found = _find(slug)
    context = {"hearing": found, "follow_ups": _follow_ups(found), "section": "hearings"}
    return render(request, "commitments/public/hearing_follow_ups.html", context)


@login_not_required
@require_safe
def download(request, slug: str, kind: str):
    found = _find(slug)
    made = downloads.FORMATS[kind]
    response = HttpResponse(made.write(found), content_type=made.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.{kind}"'
    return response
