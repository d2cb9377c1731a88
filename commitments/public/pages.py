"""The front page, search, and what this is."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.filters import CommitmentFilter
from commitments.mail.forms import SubscribeForm
from commitments.models import Commitment, CommitmentQuerySet, Target
from commitments.public import bodies, hearing, shown
from hearings import clock
from hearings.models import Hearing, Utterance

NEWS = 3  # of each kind on the front page
FOUND = 20
RANKED = 2000  # of the newest hits, so that a common word stays quick
MARK_START, MARK_END = "\u0002", "\u0003"


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


class SearchForm(forms.Form):
    q = forms.CharField(max_length=200, required=False)
    hearing = forms.ModelChoiceField(Hearing.objects.public(), to_field_name="slug", required=False)


@login_not_required
@require_safe
def search(request):
    """Commitments first, then the words of transcripts, marked and linked to their second."""
    form = SearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"q": "", "hearing": None}
    words, where = asked["q"], asked["hearing"]
    context = {"words": words, "hearing": where}
    if words:
        public = Commitment.objects.public().order_by("-pk")
        picked = {"q": words, "hearing": where.slug if where else ""}
        context["commitments"] = shown.entries(CommitmentFilter(picked, public).qs)[:FOUND]
        context["lines"] = [(line, _marked(line.headline)) for line in _spoken(words, where)]
    return render(request, "commitments/public/search.html", context)


def _spoken(words: str, where: Hearing | None):
    """The best of the newest lines with these words. Members of the public who testify stay out."""
    query = SearchQuery(words, config="council", search_type="websearch")
    hits = Utterance.objects.searchable().filter(search=query)
    if where:
        hits = hits.filter(part__hearing=where)
    headline = SearchHeadline(
        "text",
        query,
        config="council",
        start_sel=MARK_START,
        stop_sel=MARK_END,
        highlight_all=True,
    )
    return (
        Utterance.objects.filter(pk__in=hits.order_by("-pk").values("pk")[:RANKED])
        .as_public()
        .annotate(rank=SearchRank("search", query), headline=headline)
        .select_related("part__hearing", "speaker__official")
        .defer("search")
        .order_by("-rank", "-pk")[:FOUND]
    )


def _marked(headline: str) -> list[tuple[str, bool]]:
    """The line in pieces: (words, whether they were searched for)."""
    pieces = []
    for before_end in headline.split(MARK_END):
        plain, _mark, hit = before_end.partition(MARK_START)
        pieces += [(plain, False), (hit, True)]
    return [piece for piece in pieces if piece[0]]


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
