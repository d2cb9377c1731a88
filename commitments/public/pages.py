"""The front page, search, and what this is."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.filters import CommitmentFilter
from commitments.mail.forms import SubscribeForm
from commitments.models import Commitment, CommitmentQuerySet, Target
from commitments.public import bodies, hearing, shown
from hearings import clock
from hearings import search as searching
from hearings.models import Hearing

NEWS = 3  # of each kind on the front page
FOUND = 20


@login_not_required
@require_safe
def home(request):
    today = clock.today()
    public = Commitment.objects.public()
    context = {
        "newly_overdue": shown.entries(public.overdue(today).order_by("-due_on", "-pk"))[:NEWS],
        "newly_answered": shown.entries(_newly_answered(public))[:NEWS],
        "hearings": hearing.with_tallies(Hearing.objects.public().with_committees()[:NEWS], today),
        "form": SubscribeForm(),
        **bodies.ranking(today),
    }
    return render(request, "commitments/public/home.html", context)


def _newly_answered(public: CommitmentQuerySet) -> CommitmentQuerySet:
    """Those with an answer, the last one to come in first."""
    return (
        public.filter(answers__isnull=False)
        .annotate(answered_on=Max("answers__response__received_on"))
        .order_by("-answered_on", "-pk")
    )


@login_not_required
@require_safe
def search(request):
    """Commitments first, then the words of transcripts, marked and linked to their second."""
    words = searching.typed(request.GET.get("q", ""))
    where = _hearing_picked(request.GET.get("hearing"))
    query = searching.asked(words) if words else None
    context = {"words": words, "hearing": where, "is_asked": query is not None}
    if query:
        lines = searching.searchable()
        context |= {
            "commitments": _promised(words, where),
            "found": searching.best(lines.filter(part__hearing=where) if where else lines, query),
        }
    if words and not where:
        context["agencies"] = searching.agencies_called(words)
        context["officials"] = searching.officials_called(words)
    return render(request, "commitments/public/search.html", context)


def _hearing_picked(slug: str | None) -> Hearing | None:
    """The public hearing of that slug; for one that isn't there, the search is everywhere."""
    return Hearing.objects.public().filter(slug=slug).first() if slug else None


def _promised(words: str, where: Hearing | None) -> CommitmentQuerySet:
    picked = {"q": words, "hearing": where.slug if where else ""}
    public = Commitment.objects.public().order_by("-pk")
    return shown.entries(CommitmentFilter(picked, public).qs)[:FOUND]


@login_not_required
@require_safe
def about(request):
    targets = Target.objects.filter(committee=None).exclude(type="").order_by("days", "type")
    return render(request, "commitments/public/about.html", {"targets": targets})


@login_not_required
@require_safe
def robots(request):
    lines = ["User-agent: *", "Disallow: /staff/", "Disallow: /accounts/", "Disallow: /search/"]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
