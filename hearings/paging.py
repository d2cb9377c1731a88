"""Long lists in pages."""

from django.core.paginator import Page, Paginator


def page_asked_for(request, found, size: int) -> Page:
    """The page of these that the address names; the first or the last where it names none of them."""
    return Paginator(found, size).get_page(request.GET.get("page"))


def page_of(request, found, size: int) -> dict:
    """For a template with `_pager.html`: the page, and what else was asked, which its links keep."""
    return {
        "page": page_asked_for(request, found, size),
        "query": query_without(request, "page"),
    }


def query_without(request, *names: str) -> str:
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query.urlencode()
