"""The desk: what waits for somebody, and the register."""

import django_filters as filters
from django.db.models import Count, Q
from django.forms import CheckboxSelectMultiple, HiddenInput
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from commitments import anchoring
from commitments.filters import CommitmentFilter
from commitments.lifecycle import GONE, State
from commitments.models import Commitment
from hearings import clock, jobs, paging
from hearings.models import Hearing, Speaker, Upload
from hearings.roles import Role, requires

SHOWN = 8
PER_PAGE = 50


@requires(Role.READER)
@require_safe
def desk(request):
    today = clock.today()
    everything = Commitment.objects.for_lists()
    waiting = Q(suggestions__decision="")
    hearings = (
        Hearing.objects.with_committees()
        .annotate(
            suggested=Count("suggestions", waiting, distinct=True),
            drafts=Count("commitments", Q(commitments__state=State.DRAFT), distinct=True),
            tagged=Count("commitments", ~Q(commitments__state__in=GONE), distinct=True),
        )
        .order_by("-held_on", "-pk")[:20]
    )
    context = {
        "counts": [
            ("draft", everything.drafts().count(), "drafts"),
            ("review", everything.to_judge().count(), "to_judge"),
            ("soon", everything.due_soon(today).count(), "soon"),
            ("late", everything.overdue(today).count(), "overdue"),
        ],
        "to_judge": everything.to_judge().worst_first()[:SHOWN],
        "overdue": everything.overdue(today).worst_first()[:SHOWN],
        "soon": everything.due_soon(today).worst_first()[:SHOWN],
        "hearings": hearings,
        "unknown": Speaker.objects.waiting().count(),
        "failed": Upload.objects.failed_lately(clock.now()).count(),
        "lost": anchoring.lost().count(),
        "jobs": jobs.standing(clock.now()),
    }
    return render(request, "commitments/staff/desk.html", context)


class StaffFilter(CommitmentFilter):
    """The public facets, over drafts and internal items too."""

    is_for_the_public = False

    state = filters.MultipleChoiceFilter(
        choices=State.choices, label=_("State"), widget=CheckboxSelectMultiple
    )
    hearing = filters.ModelChoiceFilter(
        queryset=Hearing.objects.all(), to_field_name="slug", label=_("Hearing"), widget=HiddenInput
    )


@requires(Role.READER)
@require_safe
def register(request):
    chosen = StaffFilter(request.GET, queryset=Commitment.objects.order_by("-pk"))
    context = {"filter": chosen, **paging.page_of(request, chosen.qs.for_lists(), PER_PAGE)}
    return render(request, "commitments/staff/register.html", context)
