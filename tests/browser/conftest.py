"""A real Chromium, and the sample council served by real processes."""

import os
import re

import pytest
from playwright.sync_api import expect, sync_playwright

from commitments.sampling import PASSWORD
from tests import chromium
from tests.processes import Install, Mailbox

MONDAY = "2026-11-23T10:00"
HEAT = "oversight-heat-and-hot-water-in-rental-housing"
expect.set_options(timeout=30_000)  # ms, as long as Playwright waits for everything else


def log_in(page, site, username: str = "clerk") -> None:
    """Log in, and wait until the site has answered: whoever goes on at once would break off the request."""
    page.goto(f"{site.address}/accounts/login/?next=/staff/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("button.main")
    expect(page).to_have_url(re.compile("/staff/$"))


@pytest.fixture(scope="module")  # its event loop must not outlive the module
def browser():
    path = chromium.find()
    if not path:
        assert os.environ.get("ALLOW_NO_BROWSER"), "No Chromium; set CHROMIUM or ALLOW_NO_BROWSER."
        pytest.skip("not run: there is no Chromium, and ALLOW_NO_BROWSER is set")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium.flags())
        yield running
        running.close()


@pytest.fixture(scope="session")
def mailbox():
    box = Mailbox()
    box.controller.start()
    yield box
    box.controller.stop()


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory, mailbox):
    """The sample council on a Monday morning."""
    install = Install(tmp_path_factory.mktemp("sample"), MONDAY, mailbox)
    try:
        install.manage("migrate", "--verbosity", "0")
        install.manage("sample_council")
        install.start()
        yield install
    finally:
        install.close()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def clerks_login(browser, sample_site) -> dict:
    """What a browser keeps of a clerk who is logged in."""
    context = browser.new_context()
    page = context.new_page()
    log_in(page, sample_site)
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def clerk(browser, clerks_login):
    """A page with the clerk logged in, and no error on its console."""
    context = browser.new_context(storage_state=clerks_login)
    page = context.new_page()
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda line: "Content Security Policy" in line.text and problems.append(line.text),
    )
    yield page
    context.close()
    assert not problems


@pytest.fixture
def desk(clerk, sample_site):
    """The tagging page of the hearing on heat."""
    clerk.goto(f"{sample_site.address}/staff/")
    clerk.click(f"a[href*='{HEAT}/tag/']")
    clerk.wait_for_selector("#transcript:focus")
    return clerk
