"""Agencies and committees with their figures; officials with their statements, and no totals."""

from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.db.models import F
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commitments import statistics
from commitments.filters import of_committee
from commitments.lifecycle import State
from commitments.models import Commitment, CommitmentQuerySet, Moment, Response
from commitments.public import shown
from hearings import clock
from hearings.models import Agency, Committee, Official

SHOWN = 10  # of each group; the rest is one link away


def ranking(today: date) -> dict:
    """The agencies, most overdue first, the longest bar among them, and the tally of all."""
    agencies = statistics.by_agency(Commitment.objects.public(), today)
    tallies = [tally for _agency, tally in agencies]
    return {
        "agencies": agencies,
        "most": max((tally.open for tally in tallies), default=0),
        "counts": sum(tallies, statistics.Tally()),
    }


def _groups(commitments: CommitmentQuerySet, tally: statistics.Tally, today: date) -> list[dict]:
    """What is still owed, worst first, the first ones of each group."""
    long, late = commitments.long_overdue(today), commitments.overdue(today)
    groups = (
        ("long", tally.long_overdue, long),
        ("late", tally.overdue - tally.long_overdue, late.exclude(pk__in=long)),
        ("next", tally.open_not_overdue, commitments.live().exclude(pk__in=late)),
    )
    return [
        {"name": name, "count": count, "commitments": shown.entries(found.worst_first())[:SHOWN]}
        for name, count, found in groups
        if count
    ]


def _body_context(body, commitments: CommitmentQuerySet) -> dict:
    today = clock.today()
    figures = statistics.figures(commitments, today)
    return {
        "body": body,
        "groups": _groups(commitments, figures, today),
        "figures": figures,
        "oldest": max((age.open for age in figures.ageing), default=0),
    }


@login_not_required
@require_safe
def agencies(request):
    context = {"section": "agencies", **ranking(clock.today())}
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
        "statement": _last_statement(found),
        "predecessors": found.all_predecessors(),
    }
    inherited = _inherited(context["predecessors"])
    context |= {"inherited": inherited[:SHOWN], "inherited_count": inherited.count()}
    return render(request, "commitments/public/agency.html", context)


def _inherited(predecessors: list[Agency]) -> CommitmentQuerySet:
    """What the agencies before it still owed: theirs on record, its to answer."""
    owed = Commitment.objects.public().filter(agency__in=predecessors).live()
    return shown.entries(owed.worst_first())


def _last_statement(agency: Agency) -> Response | None:
    """The last statement it let us publish, of those whose answer has been judged."""
    judged = Commitment.objects.public().exclude(state=State.RESPONSE_RECEIVED)
    return (
        agency.responses.filter(is_public=True, answers__commitment__in=judged)
        .exclude(statement="")
        .order_by("received_on", "pk")
        .last()
    )


@login_not_required
@require_safe
def agency_open(request, slug: str):
    """All it owes on one page, for printing."""
    found = get_object_or_404(Agency, slug=slug)
    owed = Commitment.objects.public().filter(agency=found).live().worst_first()
    predecessors = found.all_predecessors()
    inherited = Commitment.objects.public().filter(agency__in=predecessors).live().worst_first()
    context = {
        "body": found,
        "follow_ups": shown.whole(owed),
        "predecessors": predecessors,
        "inherited": shown.whole(inherited),
        "section": "agencies",
    }
    return render(request, "commitments/public/agency_open.html", context)


@login_not_required
@require_safe
def committee(request, slug: str):
    found = get_object_or_404(Committee, slug=slug)
    context = _body_context(found, of_committee(Commitment.objects.public(), found))
    context |= {"filter_name": "committee", "subscribe_to": f"committee-{found.pk}"}
    context["hearings"] = found.hearings.public().order_by("-held_on")[:SHOWN]
    return render(request, "commitments/public/committee.html", context)


@login_not_required
@require_safe
def official(request, slug: str):
    """A person who holds or held an office; nobody else has a page."""
    found = get_object_or_404(Official.objects.in_office().with_appointments(), slug=slug)
    latest = (F("hearing__held_on").desc(), "-pk")
    public = Commitment.objects.public().order_by(*latest)
    context = {
        "official": found,
        "appointments": found.appointments.all(),
        "said": shown.entries(public.filter(official=found))[: SHOWN + 1],
        "owed": shown.entries(public.filter(owed_to_member=found))[: SHOWN + 1],
        "statements": _other_statements(found).order_by(*latest)[:SHOWN],
        "shown": SHOWN,
    }
    return render(request, "commitments/public/official.html", context)


def _other_statements(official: Official):
    """What this person said about public commitments beside making and asking for them."""
    return (
        shown.moments()
        .filter(speaker__official=official, commitment__in=Commitment.objects.public())
        .exclude(role__in=(Moment.Role.MADE, Moment.Role.QUESTION))
        .select_related("hearing", "commitment__hearing")
    )
