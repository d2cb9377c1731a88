"""Of which hearing, lines and words a request of the desk speaks."""

from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.urls import reverse

from commitments.moments import Selection, select
from hearings.models import Hearing

BIGGEST_ID = 2**63 - 1


def find(slug: str) -> Hearing:
    return get_object_or_404(Hearing.objects.with_committees(), slug=slug)


def number(request, name: str) -> int | None:
    text = request.POST.get(name) or request.GET.get(name) or ""
    return min(int(text), BIGGEST_ID) if text.isdecimal() else None


def second(request) -> float | None:
    """`t` of the request, in seconds or as 2:30:50; None where it says no time."""
    fields = request.GET.get("t", "").split(":")
    if not all(field.isdecimal() for field in fields) or len(fields) > 3:
        return None
    return sum(int(field) * 60**power for power, field in enumerate(reversed(fields)))


def selected(request, hearing: Hearing) -> Selection | None:
    """The words that `u`, `to`, `start` and `end` of the request name; None where there is no `u`."""
    first = number(request, "u")
    if first is None:
        return None
    return select(
        hearing,
        first,
        number(request, "to"),
        number(request, "start") or 0,
        number(request, "end"),
    )


def at(hearing: Hearing, line: int | None) -> str:
    """The address of the tagging page at a line."""
    address = reverse("hearing-tag", args=[hearing.slug])
    return f"{address}?{urlencode({'at': line})}#u{line}" if line else address
