"""Addresses of what was merged, or got another address, lead to where it is now: pages, feeds, API and
facets alike."""

from django.http import HttpResponsePermanentRedirect
from django.urls import reverse

from hearings.models import FormerAddress

FACETS = {
    "agency": "agency",
    "said_by": "official",
    "owed_to": "official",
    "speaker": "official",
    "hearing": "hearing",
}
SAFE = ("GET", "HEAD")


class FormerAddressMiddleware:
    """What is not found below a former slug is redirected to the same kind of page of the target; so is
    a list that was narrowed by a former slug."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in SAFE:
            return self.get_response(request)
        if query := _moved_facets(request.GET):
            return HttpResponsePermanentRedirect(f"{request.path}?{query}")
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match:
            return _moved_page(request) or response
        return response


def _target(kind: str, slug: str) -> str | None:
    """The slug of where it is now; None where nothing had this slug, or nobody may know that it had."""
    formers = FormerAddress.objects.select_related("agency", "official", "hearing")
    found = formers.filter(kind=kind, slug=slug).first()
    return found.target.slug if found and found.leads_on else None


def _moved_facets(query) -> str:
    """The query with former slugs replaced, or nothing where there is none."""
    asked = {name: query[name] for name in FACETS if query.get(name)}
    moved = {name: _target(FACETS[name], slug) for name, slug in asked.items()}
    moved = {name: slug for name, slug in moved.items() if slug}
    if not moved:
        return ""
    changed = query.copy()
    for name, slug in moved.items():
        changed[name] = slug
    return changed.urlencode()


def _moved_page(request) -> HttpResponsePermanentRedirect | None:
    match = request.resolver_match
    kind = (match.view_name or "").removeprefix("staff-").partition("-")[0]
    slug = match.kwargs.get("slug")
    target = _target(kind, slug) if slug else None
    if target is None:
        return None
    address = reverse(match.view_name, kwargs={**match.kwargs, "slug": target})
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
