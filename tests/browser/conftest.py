"""A real Chromium, and the sample council served by real processes."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.processes import Install, Mailbox

MONDAY = "2026-11-23T10:00"


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
