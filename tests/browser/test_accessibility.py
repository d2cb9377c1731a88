"""axe-core on every page that can be reached by a link, light and dark, on a narrow phone and a desk."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from tests.browser.conftest import log_in

pytestmark = [pytest.mark.browser, pytest.mark.long]

OF_A_KIND = 3  # pages of one address pattern looked at
MATRIX = [
    pytest.param(scheme, width, id=f"{scheme}-{width}")
    for scheme in ("light", "dark")
    for width in (320, 1280)
]
ANYBODYS = ["/", "/accounts/login/", "/accounts/reset/"]
STAFFS = ["/staff/", "/staff/people/", "/staff/mail/"]
SHOW_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"


def kind_of(path: str) -> tuple | None:
    """What makes two addresses the same page with other contents: the pattern, and the act of a form."""
    match = resolve(path)
    if match.app_name == "admin" or path.endswith("/logout/"):
        return None
    return match.url_name, match.kwargs.get("act"), "d-" in path


def pages(page, home: str, starts: list[str]) -> Iterator[str]:
    """Go to every page that links lead to from these, the page standing on it when its path is given."""
    waiting, seen, kinds = list(starts), set(starts), {}
    while waiting:
        path = waiting.pop(0)
        kind = kind_of(urlsplit(path).path)
        if kind is None or kinds.get(kind, 0) >= OF_A_KIND:
            continue
        answer = page.request.get(home + path)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        page.goto(home + path)
        yield path
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            onward = urldefrag(link).url.removeprefix(home)
            if onward.startswith("/") and onward not in seen:
                seen.add(onward)
                waiting.append(onward)


def complaints(page) -> Iterator[str]:
    """What axe finds, and whether the page is wider than its window."""
    page.evaluate(SHOW_ALL)
    for violation in Axe().run(page).response["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {node['html'][:200]}: {node['failureSummary'][:200]}"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        yield "wider than the window"


def found_wrong(page, home: str, starts: list[str]) -> tuple[list[str], int]:
    wrong, number = [], 0
    for path in pages(page, home, starts):
        number += 1
        wrong += [f"{path}: {each}" for each in complaints(page)]
    return wrong, number


@pytest.fixture
def look(browser, sample_site):
    contexts = []

    def open_page(scheme: str, width: int):
        size = {"width": width, "height": 900}
        contexts.append(browser.new_context(color_scheme=scheme, viewport=size))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize(("scheme", "width"), MATRIX)
def test_axe_finds_nothing_where_anybody_goes(look, sample_site, scheme, width):
    wrong, number = found_wrong(look(scheme, width), sample_site.address, ANYBODYS)
    assert not wrong, "\n".join(wrong)
    assert number > 30


@pytest.mark.parametrize(("scheme", "width"), MATRIX)
def test_axe_finds_nothing_at_the_desk(look, sample_site, scheme, width):
    page = look(scheme, width)
    log_in(page, sample_site, "admin")
    wrong, number = found_wrong(page, sample_site.address, STAFFS)
    assert not wrong, "\n".join(wrong)
    assert number > 40
