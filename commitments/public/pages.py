"""The front page, search, and what this is."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.mail.forms import SubscribeForm
from commitments.models import Commitment, CommitmentQuerySet, Target
from commitments.public import bodies, hearing, shown
from commitments.searching import Texts, best, called
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
    asked = searching.asked(words) if words else None
    context = {"words": words, "hearing": where, "is_asked": asked is not None}
    if asked:
        lines = searching.searchable()
        promised = _promised(asked, words, where)
        found = searching.best(lines.filter(part__hearing=where) if where else lines, asked)
        texts = shown.texts(promised) + [line.shown for line in found.lines]
        marks = searching.marks(texts, asked)
        context |= {"commitments": promised, "found": found, "marks": marks}
    if words and not where:
        context["agencies"] = searching.agencies_called(words)
        context["officials"] = searching.officials_called(words)
    return render(request, "commitments/public/search.html", context)


def _hearing_picked(slug: str | None) -> Hearing | None:
    """The public hearing of that slug; for one that isn't there, the search is everywhere."""
    return Hearing.objects.public().filter(slug=slug).first() if slug else None


def _promised(asked: searching.Asked, words: str, where: Hearing | None) -> list[Commitment]:
    """The best commitments; by its reference the one alone."""
    public = Commitment.objects.public()
    if where:
        public = public.filter(hearing=where)
    if reference := called(words):
        found = public.filter(reference=reference)
    else:
        found = best(public, asked, Texts.public())
    return list(shown.entries(found)[:FOUND])


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
