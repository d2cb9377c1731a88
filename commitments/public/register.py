"""The public register: every commitment, with facets."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from commitments.public import shown
from hearings import paging, search

PER_PAGE = 20


@login_not_required
@require_safe
def commitments(request):
    chosen = CommitmentFilter(
        request.GET, queryset=Commitment.objects.public().order_by("-confirmed_on", "-pk")
    )
    found = chosen.qs if chosen.is_valid() else Commitment.objects.none()
    context = {
        "filter": chosen,
        **paging.page_of(request, shown.entries(found), PER_PAGE),
        "is_narrowed": any(chosen.form.cleaned_data.values()) or not chosen.is_valid(),
        "section": "commitments",
    }
    if asked := search.asked(request.GET.get("q", "")):
        context["marks"] = search.marks(shown.texts(context["page"]), asked)
    return render(request, "commitments/public/commitments.html", context)
