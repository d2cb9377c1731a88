"""The public register: every commitment, with facets."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.filters import CommitmentFilter
from commitments.models import Commitment
from commitments.public import shown
from hearings import search

PER_PAGE = 20


@login_not_required
@require_safe
def commitments(request):
    chosen = CommitmentFilter(
        request.GET, queryset=Commitment.objects.public().order_by("-confirmed_on", "-pk")
    )
    found = chosen.qs if chosen.is_valid() else Commitment.objects.none()
    page = Paginator(shown.entries(found), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page": page,
        "query": query.urlencode(),
        "is_narrowed": any(chosen.form.cleaned_data.values()) or not chosen.is_valid(),
        "section": "commitments",
    }
    if asked := search.asked(query.get("q", "")):
        context["marks"] = search.marks(shown.texts(page), asked)
    return render(request, "commitments/public/commitments.html", context)
