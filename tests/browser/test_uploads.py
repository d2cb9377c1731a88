"""An upload in a real Chromium: told as it goes, refused where it is too large, in light and dark, wide and narrow."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from hearings.forms import LARGEST_REQUEST
from tests.browser.conftest import log_in

pytestmark = pytest.mark.browser
STATES = """
from datetime import timedelta
from django.contrib.auth.models import User
from django.db.models.functions import Now
from hearings import clock
from hearings.models import Meeting, Upload
cora = User.objects.get(username="clerk")
facts = dict(digest="0" * 64, size=300_000, file_name="docks.vtt", uploaded_by=cora, uploaded_at=clock.now(),
    described={"title": "Oversight: docks", "held_on": "2026-11-20", "committees": ["Harbors"]}, stored_as="0" * 32)
running = Upload.objects.create(state="running", step="writing", fraction=0.42, **facts)
Upload.objects.filter(pk=running.pk).update(claimed_until=Now() + timedelta(hours=1))
failed = Upload.objects.create(state="failed", problem="Line 2: the time 2:99:99 is none. Nothing was imported.", **facts)
meeting = Meeting.objects.create(client="marrowbay", key=1, title="Committee on Harbors", held_on=clock.today(), committees=["Committee on Harbors"])
print(running.pk, failed.pk, meeting.pk)
"""


@pytest.fixture(scope="module")
def rows(sample_site) -> list[str]:
    """A running and a failed upload, and a meeting to pick."""
    return sample_site.manage("shell", "--verbosity", "0", "--command", STATES).split()


def describe(page, site) -> None:
    page.goto(f"{site.address}/staff/hearings/new/")
    page.get_by_label("Title").fill("Oversight: piers")
    page.get_by_label("Date").fill("2026-11-19")
    page.get_by_label("Committees, one a line").fill("Committee on Harbors")


def test_it_is_told_as_it_goes_and_ends_in_its_summary(page, sample_site, tmp_path):
    path = tmp_path / "piers.jsonl"
    said = ({"start": n, "speaker": f"Voice {n % 5}", "text": f"The pier, again. {n}"} for n in range(4000))  # fmt: skip
    path.write_text("\n".join(map(json.dumps, said)))
    log_in(page, sample_site)
    describe(page, sample_site)
    page.get_by_label("Transcript file").set_input_files(path)
    page.get_by_role("button", name="Import").click()
    expect(page).to_have_url(re.compile(r"/staff/uploads/\d+/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported: Oversight: piers", timeout=60_000)  # fmt: skip
    expect(page.locator(".ledger")).to_contain_text("4000")


FURTHER = """
from hearings.models import Upload
Upload.objects.filter(pk={pk}).update(state="{state}", step="{step}", fraction={fraction})
"""


def test_the_page_follows_the_row_in_all_that_it_says(page, sample_site, rows):
    def go_on(state: str, step: str, fraction: float | None) -> None:
        words = FURTHER.format(pk=running, state=state, step=step, fraction=fraction)
        sample_site.manage("shell", "--verbosity", "0", "--command", words)

    running, *_others = rows
    log_in(page, sample_site)
    go_on("queued", "waiting", None)
    page.goto(f"{sample_site.address}/staff/uploads/{running}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Queued: Oversight: docks")
    reading, writing = "Reading the file", "Writing the utterances"
    for step, words, percent in (("reading", reading, 42), ("writing", writing, 7)):
        go_on("running", step, percent / 100)
        expect(page.locator("#under-way p")).to_have_text([words, f"{percent} %"])
        expect(page.get_by_role("progressbar")).to_have_attribute("value", str(percent))
    expect(page.get_by_role("heading", level=1)).to_have_text("Being imported: Oversight: docks")
    expect(page).to_have_title(re.compile("^Being imported"))


def test_a_file_that_is_too_large_is_refused_where_it_is_chosen(page, sample_site, tmp_path):
    path = tmp_path / "recording.txt"
    with path.open("wb") as file:
        file.truncate(101 * 2**20)
    log_in(page, sample_site)
    describe(page, sample_site)
    chooser = page.get_by_label("Transcript file")
    chooser.set_input_files(path)
    assert "larger than 100 MB" in chooser.evaluate("input => input.validationMessage")
    page.get_by_role("button", name="Import").click()
    assert page.url.endswith("/staff/hearings/new/")


def test_without_scripts_the_server_refuses_it_in_a_sentence(browser, sample_site, tmp_path):
    path = tmp_path / "recording.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_REQUEST + 2**20)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, sample_site)
    describe(page, sample_site)
    page.get_by_label("Transcript file").set_input_files(path)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This is too large")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser, sample_site, rows, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    log_in(page, sample_site)
    running, failed, picked = rows
    found = {}
    meeting = f"hearings/new/?q=harbors&meeting={picked}"
    for path in ("hearings/new/", meeting, f"uploads/{running}/", f"uploads/{failed}/"):
        page.goto(f"{sample_site.address}/staff/{path}")
        found[path] = [each["id"] for each in Axe().run(page).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == dict.fromkeys(found, [])
    context.close()
