"""The front page, search, and what this is."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments import statistics
from commitments.filters import CommitmentFilter
from commitments.lifecycle import LIVE, State
from commitments.mail.forms import SubscribeForm
from commitments.models import Commitment, Target
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
    answered = public.filter(
        Q(state=State.FULFILLED)
        | Q(state=State.RESPONSE_RECEIVED)
        | Q(state=State.PARTLY_FULFILLED)
    ).annotate(answered_on=F("fulfilled_on"))
    agencies = statistics.by_agency(today)
    context = {
        "counts": {
            "open": public.live().count(),
            "overdue": public.overdue(today).count(),
            "long": public.long_overdue(today).count(),
            "fulfilled": public.filter(state=State.FULFILLED).count(),
        },
        "newly_overdue": public.overdue(today).order_by("-due_on", "-pk").for_lists()[:NEWS],
        "newly_answered": answered.order_by(
            F("stopped_on").desc(nulls_last=True), F("closed_on").desc(nulls_last=True), "-pk"
        ).for_lists()[:NEWS],
        "agencies": agencies,
        "most": max((agency.open for agency in agencies), default=0),
        "hearings": _latest_hearings(),
        "form": SubscribeForm(),
    }
    return render(request, "commitments/public/home.html", context)


def _latest_hearings():
    public = Q(commitments__in=Commitment.objects.public())
    return (
        Hearing.objects.public()
        .with_committees()
        .annotate(
            promises=Count("commitments", public),
            waiting=Count("commitments", public & Q(commitments__state__in=LIVE)),
            fulfilled=Count("commitments", public & Q(commitments__state=State.FULFILLED)),
        )[:NEWS]
    )


@login_not_required
@require_safe
def search(request):
    """Commitments first, then the words of transcripts, marked and linked to their second."""
    words = request.GET.get("q", "").strip()[:200]
    context = {"words": words}
    if words:
        found = CommitmentFilter({"q": words}, Commitment.objects.public().order_by("-pk")).qs
        context["commitments"] = found.for_lists()[:FOUND]
        context["lines"] = [(line, _marked(line.headline)) for line in _spoken(words)]
    return render(request, "commitments/public/search.html", context)


def _spoken(words: str):
    query = SearchQuery(words, config="council", search_type="websearch")
    newest = (
        Utterance.objects.current()
        .filter(search=query, part__hearing__is_unlisted=False)
        .order_by("-pk")
        .values("pk")[:RANKED]
    )
    headline = SearchHeadline(
        "text",
        query,
        config="council",
        start_sel=MARK_START,
        stop_sel=MARK_END,
        highlight_all=True,
    )
    return (
        Utterance.objects.filter(pk__in=newest)
        .annotate(rank=SearchRank("search", query), headline=headline)
        .select_related("part__hearing", "speaker__official")
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
