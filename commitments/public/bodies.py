"""Agencies and committees with their figures; officials with their statements, and no totals."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commitments import statistics
from commitments.models import Commitment, CommitmentQuerySet
from commitments.statistics import figures
from hearings import clock
from hearings.models import Agency, Committee, Official

SHOWN = 10  # of each group; the rest is one link away
PER_PAGE = 20


def _groups(live: CommitmentQuerySet, today) -> list[dict]:
    """What is still owed, worst first."""
    owed = list(live.worst_first().for_lists())
    groups = {"long": [], "late": [], "next": []}
    for each in owed:
        late = "long" if each.is_long_overdue(today) else "late"
        groups[late if each.is_overdue(today) else "next"].append(each)
    return [
        {"name": name, "count": len(found), "commitments": found[:SHOWN]}
        for name, found in groups.items()
        if found
    ]


def _body_context(body, commitments: CommitmentQuerySet) -> dict:
    today = clock.today()
    return {
        "body": body,
        "groups": _groups(commitments.live(), today),
        "figures": figures(commitments, today),
    }


@login_not_required
@require_safe
def agencies(request):
    found = statistics.by_agency(clock.today())
    most = max((agency.open for agency in found), default=0)
    context = {"agencies": found, "most": most, "section": "agencies"}
    return render(request, "commitments/public/agencies.html", context)


@login_not_required
@require_safe
def agency(request, slug: str):
    found = get_object_or_404(Agency.objects.select_related("successor", "parent"), slug=slug)
    context = _body_context(found, Commitment.objects.public().filter(agency=found))
    context |= {
        "section": "agencies",
        "filter_name": "agency",
        "subscribe_to": f"agency-{found.pk}",
    }
    return render(request, "commitments/public/agency.html", context)


@login_not_required
@require_safe
def agency_open(request, slug: str):
    """All it owes on one page, for printing."""
    found = get_object_or_404(Agency, slug=slug)
    owed = Commitment.objects.public().filter(agency=found).live().worst_first().for_lists()
    context = {"body": found, "commitments": owed, "section": "agencies"}
    return render(request, "commitments/public/agency_open.html", context)


@login_not_required
@require_safe
def committee(request, slug: str):
    found = get_object_or_404(Committee, slug=slug)
    of_its_hearings = Commitment.objects.public().filter(hearing__hosts__committee=found)
    context = _body_context(found, of_its_hearings)
    context |= {"filter_name": "committee", "subscribe_to": f"committee-{found.pk}"}
    context["hearings"] = found.hearings.public().order_by("-held_on")[:SHOWN]
    return render(request, "commitments/public/committee.html", context)


@login_not_required
@require_safe
def official(request, slug: str):
    """A person who holds or held an appointment; nobody else has a page."""
    found = get_object_or_404(Official.objects.with_appointments(), slug=slug)
    appointments = list(found.appointments.all())
    if not appointments:
        raise Http404
    said = Commitment.objects.public().filter(official=found).order_by("-hearing__held_on", "pk")
    asked = Commitment.objects.public().filter(owed_to_member=found)
    context = {
        "official": found,
        "appointments": appointments,
        "said": Paginator(said.for_lists(), PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked.order_by("-hearing__held_on", "pk").for_lists()[:PER_PAGE],
    }
    return render(request, "commitments/public/official.html", context)
