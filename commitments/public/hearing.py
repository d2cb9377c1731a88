"""Hearings: the list, one hearing by parts with its follow-ups, the printable sheet, the downloads."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commitments import statistics
from commitments.models import Commitment, Moment
from commitments.public import marking, shown
from commitments.standing import standing
from hearings import clock, downloads, paging
from hearings.models import Hearing, Utterance
from hearings.parts import PartOfHearing, neighbours, part_at, parts_of

PER_PAGE = 20
COUNTED = ("late", "long", "soon", "review", "part", "open", "met", "shut")


@login_not_required
@require_safe
def hearings(request):
    found = Hearing.objects.public().with_committees()
    page = paging.page_asked_for(request, found, PER_PAGE)
    page.object_list = with_tallies(page.object_list, clock.today())
    context = {"page": page, "section": "hearings"}
    return render(request, "commitments/public/hearings.html", context)


def with_tallies(hearings: Iterable[Hearing], today: date) -> list[Hearing]:
    """Each with the tally of the commitments made there."""
    found = list(hearings)
    made = Commitment.objects.public().filter(hearing__in=[each.pk for each in found])
    tallies = statistics.tallies(made, today, "hearing")
    for each in found:
        each.tally = tallies.get(each.pk, statistics.Tally())
    return found


def _find(slug: str) -> Hearing:
    return get_object_or_404(Hearing.objects.public().with_committees(), slug=slug)


class Place(forms.Form):
    """Where a reader wants to be: a second, or an utterance."""

    t = forms.FloatField(required=False, min_value=0)
    u = forms.IntegerField(required=False, min_value=1)

    @classmethod
    def of(cls, query) -> dict:
        """What can be understood of the two; the end of a second, so that all of it has begun."""
        form = cls(query)
        form.is_valid()
        t, u = form.cleaned_data.get("t"), form.cleaned_data.get("u")
        return {"t": None if t is None else int(t) + 0.999, "u": u}


def _follow_ups(hearing: Hearing) -> list[Commitment]:
    return list(shown.whole(hearing.commitments.public()).order_by("position", "pk"))


def _counts(commitments: list[Commitment], today) -> list[tuple[str, int]]:
    """How many stand how, worst first: (look, number)."""
    counted = Counter(standing(each, today).look for each in commitments)
    return [(look, counted[look]) for look in COUNTED if counted[look]]


@login_not_required
@require_safe
def hearing(request, slug: str):
    found = _find(slug)
    parts = parts_of(found)
    part = part_at(found, **Place.of(request.GET), parts=parts)
    before, after = neighbours(part, parts)
    follow_ups = _follow_ups(found)
    moments = _public_moments(found)
    lines = marking.lines(part.utterances(), moments) if part else []
    context = {
        "hearing": found,
        "follow_ups": follow_ups,
        "counts": _counts(follow_ups, clock.today()),
        "part": part,
        "chapters": [] if parts else found.chapters.as_public(),
        "contents": _counted(parts, moments),
        "before": before,
        "after": after,
        "lines": lines,
        "is_stenographic": all(each.utterance.part.is_stenographic for each in lines),
        "has_only_capitals": any(each.utterance.part.has_only_capitals for each in lines),
        "has_private_persons": any(map(_is_of_a_private_person, lines)),
        "visitors": [each for each in moments if each.commitment.hearing_id != found.pk],
        "formats": downloads.FORMATS,
        "section": "hearings",
    }
    return render(request, "commitments/public/hearing.html", context)


def _public_moments(hearing: Hearing) -> list[Moment]:
    """What was said here about commitments that are public, those of other hearings included."""
    shown = hearing.moments.exclude(role=Moment.Role.QUESTION).filter(
        commitment__in=Commitment.objects.public()
    )
    related = ("commitment__agency", "commitment__hearing", "utterance__part")
    return list(shown.as_public().select_related(*related))


def _is_of_a_private_person(line: marking.Line) -> bool:
    return any(
        voice and voice.is_private_person for voice in (line.speaker, line.utterance.speaker)
    )


def _counted(parts: list[PartOfHearing], moments: list[Moment]) -> list[tuple]:
    """Each part with the number of commitments made in it."""
    begin = [part.after if part.stretch == 1 else part.start for part in parts]
    begin = [float("-inf") if second is None else second for second in begin]
    made = [each for each in moments if each.role == Moment.Role.MADE]
    counts = Counter(max(0, bisect_right(begin, each.utterance.place) - 1) for each in made)
    return [(part, counts[number]) for number, part in enumerate(parts)]


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
    if Utterance.objects.current().filter(part__hearing=found).of_private_persons().exists():
        response["X-Robots-Tag"] = "noindex"
    return response
