"""The whole story, against real web, worker, beat, mail server and Chromium, on engines of its own.

A hearing page goes in, "we can get back to you on that" becomes a commitment with a number, a clock and a
public page, turns overdue by itself, and stands in Monday's mail. Time is moved, not slept."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import browser, mailbox, page  # noqa: F401  (fixtures)
from tests.processes import PROJECT, Install, eventually

pytestmark = pytest.mark.browser
SAMPLES = PROJECT / "tests" / "samples"
PROMISE = "So I don't have the answer to that here, but we can get back to you on that."
SAID_EARLIER = "No. There is no agreement with the police department."
PEOPLE = """
from django.contrib.auth.models import User
from hearings.models import Agency, Appointment, Official
from hearings.roles import Role, give
for name, role in (("clerk", Role.CLERK), ("reviewer", Role.REVIEWER), ("lead", Role.LEAD)):
    give(User.objects.create_user(name, f"{name}@example.org", "a long enough password"), role)
police = Agency.objects.create(name="Harbor Police Department", short_name="HPD")
Agency.objects.create(name="Office of Digital Services", short_name="ODS")
member = Official.objects.create(name="Rosa Quintanilla")
Appointment.objects.create(official=member, role="Council Member", side="council")
"""


@pytest.fixture
def install(tmp_path, mailbox):  # noqa: F811
    place = Install(tmp_path, "2026-11-02T11:00", mailbox)
    try:
        place.manage("migrate", "--verbosity", "0")
        place.manage("shell", "--verbosity", "0", input=PEOPLE)
        place.start()
        yield place
    finally:
        place.close()


def log_in(page: Page, install: Install, name: str) -> None:  # noqa: F811
    page.context.clear_cookies()
    page.goto(f"{install.address}/accounts/login/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Log in", exact=True).click()
    expect(page.get_by_role("heading", name="Desk", exact=True)).to_be_visible()


def add_hearing(page: Page, install: Install, title: str, day: str, file: str) -> None:  # noqa: F811
    page.goto(f"{install.address}/staff/hearings/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label("Date").fill(day)
    page.get_by_label("Committees, one a line").fill("Committee on Technology")
    page.get_by_label("Video").fill("https://video.example.org/watch")
    page.get_by_label("Transcript file").set_input_files(SAMPLES / file)
    page.get_by_role("button", name="Import").click()
    expect(page.get_by_role("heading", name=f"Imported: {title}")).to_be_visible()


def settle(page: Page, install: Install, printed: str, role: str, agency: str) -> None:  # noqa: F811
    page.goto(f"{install.address}/staff/speakers/")
    entry = page.get_by_role("region", name=re.compile(printed))
    entry.get_by_label("or a new one: name").fill(printed)
    entry.get_by_label("Role").fill(role)
    entry.get_by_label("Speaks for").select_option("agency")
    entry.get_by_label("Agency").select_option(label=agency)
    entry.get_by_role("button", name=f"Settle {printed}").click()
    expect(page.get_by_text(f"“{printed}” is settled.")).to_be_visible()


def test_a_promise_from_the_dais_to_the_monday_mail(install, page, mailbox):  # noqa: F811
    # A clerk adds two hearings and says who spoke.
    log_in(page, install, "clerk")
    add_hearing(page, install, "The city portal at one year", "2026-09-15", "portal-earlier.txt")
    add_hearing(
        page, install, "Oversight: police requests for data", "2026-10-20", "portal-police.txt"
    )
    settle(page, install, "Matteo Farrow", "Commissioner", "Office of Digital Services")
    settle(page, install, "Marcus Gelber", "Deputy Commissioner", "Harbor Police Department")

    # The worker has found the promise; the clerk goes to it by keyboard and tags it.
    page.goto(
        f"{install.address}/staff/hearings/2026-10-20-oversight-police-requests-for-data/tag/"
    )
    row = page.locator(".row", has_text=PROMISE)
    eventually(lambda: page.reload() and row.get_by_text("Suggested.").count())
    page.locator("#transcript").focus()
    page.keyboard.press("n")
    page.keyboard.press("t")
    form = page.locator("[data-draft]")
    expect(form.get_by_label("The answer, as said")).to_have_value(PROMISE)
    expect(form.get_by_label("Who said it").locator("option:checked")).to_have_text("Marcus Gelber")
    expect(form.get_by_label("Agency").locator("option:checked")).to_have_text(
        "Harbor Police Department"
    )
    expect(form.get_by_label("Owed to").locator("option:checked")).to_have_text("Rosa Quintanilla")
    expect(form.get_by_role("radio", name="Information")).to_be_checked()
    expect(form.get_by_text("Council's target for information: 14 days.")).to_be_visible()
    asked = form.locator("#f-question option", has_text="what is the process for the police")
    form.get_by_label("The question").select_option(value=asked.get_attribute("value"))
    form.get_by_label("What was promised").fill("Say how the police ask for data from the portal")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Draft saved: Say how the police ask")).to_be_visible()

    # A reviewer confirms it, publishes it, and links what was said earlier.
    log_in(page, install, "reviewer")
    page.goto(
        f"{install.address}/staff/hearings/2026-10-20-oversight-police-requests-for-data/follow-ups/"
    )
    page.get_by_role("link", name="Confirm 1 draft").click()
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("link", name="2026-0001")).to_be_visible()
    page.get_by_role("link", name="Publish 1 that is ready").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("1 published.")).to_be_visible()
    page.goto(f"{install.address}/hearings/2026-09-15-the-city-portal-at-one-year/")
    earlier = (
        page.locator(".u", has_text=SAID_EARLIER).locator("a").first.evaluate("link => link.href")
    )
    page.goto(f"{install.address}/staff/commitments/2026-0001/")
    page.get_by_role("link", name="Link a moment").click()
    page.get_by_label("It was").select_option("said_earlier")
    page.get_by_label("Link to the line").fill(earlier)
    page.get_by_role("button", name="Link a moment").click()
    expect(page.get_by_text("Link a moment: done.")).to_be_visible()

    # Anybody reads question and answer; the earlier passage shows on both pages.
    page.context.clear_cookies()
    page.goto(f"{install.address}/commitments/2026-0001/")
    expect(page.locator(".turn.answer blockquote")).to_have_text(f"“{PROMISE}”")
    expect(page.locator(".turn").first).to_contain_text("what is the process for the police")
    expect(page.get_by_role("link", name="at 2:30:50")).to_be_visible()
    expect(page.get_by_text(SAID_EARLIER)).to_be_visible()
    page.goto(f"{install.address}/hearings/2026-09-15-the-city-portal-at-one-year/")
    expect(page.locator(".moment")).to_contain_text("Said earlier")
    assert not page.context.cookies()

    # A resident subscribes and confirms.
    page.goto(f"{install.address}/subscribe/")
    page.get_by_label("Email address").fill("resident@example.org")
    page.get_by_role("button", name="Subscribe").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()
    asked = eventually(lambda: mailbox.to("resident@example.org"))[0]
    link = re.search(r"https?://\S+/subscribe/\S+", asked.get_body(("plain",)).get_content())[0]
    page.goto(link)
    page.get_by_role("button", name="Yes, send it to me").click()
    expect(page.get_by_role("heading", name="You are subscribed")).to_be_visible()

    # Due until the end of November 4 (the 3rd is Election Day); the day after it says so by itself.
    with install.at("2026-11-04T23:30"):
        page.goto(f"{install.address}/commitments/2026-0001/")
        expect(page.locator(".verdict-line")).to_contain_text("Due today")
    with install.at("2026-11-05T00:30"):
        page.goto(f"{install.address}/commitments/2026-0001/")
        expect(page.locator(".verdict-line")).to_contain_text("1 day late")
        expect(page.locator(".verdict-line")).to_contain_text("Wednesday, November 4, 2026")
        eventually(lambda: was_noticed(install))

    # Monday at nine the mail goes out, once.
    with install.at("2026-11-09T08:59"):
        assert json.loads(install.manage("send_digest", "--json"))["period"] is None
    with install.at("2026-11-09T09:00"):
        digest = eventually(lambda: mailbox.to("resident@example.org")[1:])[0]
        assert digest["Subject"].strip().startswith("1 overdue, 1 new this week")
        assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        for body in (digest.get_body(("plain",)), digest.get_body(("html",))):
            words = " ".join(body.get_content().split())
            assert "Say how the police ask for data from the portal" in words
            assert "we can get back to you on that" in words
            assert f"{install.address}/commitments/2026-0001/" in words
        assert json.loads(install.manage("send_digest", "--json"))["sent"] == 0
        assert len(mailbox.to("resident@example.org")) == 2
        page.goto(f"{install.address}/digests/2026-W46/")
        expect(page.get_by_role("link", name="Say how the police ask")).to_be_visible()

        # The answer comes in; staff judge it; the record says that it was late.
        log_in(page, install, "reviewer")
        page.goto(f"{install.address}/staff/commitments/2026-0001/")
        page.get_by_role("link", name="Record an answer").click()
        page.get_by_label("What it says").fill("By a form of the department.")
        page.get_by_role("button", name="Record an answer").click()
        page.get_by_role("link", name="Judge the answer").click()
        page.get_by_label("All of it met").check()
        page.get_by_label("What shows it").fill("Letter of November 9")
        page.get_by_label("Reason (public)").fill("The letter names the form and who signs it.")
        page.get_by_role("button", name="Judge the answer").click()
        expect(page.get_by_text("Judge the answer: done.")).to_be_visible()
        page.context.clear_cookies()
        page.goto(f"{install.address}/commitments/2026-0001/")
        expect(page.locator(".verdict-line")).to_contain_text("Fulfilled")
        expect(page.locator(".verdict-line")).to_contain_text("Late, Monday, November 9, 2026")


def was_noticed(install: Install) -> bool:
    """Whether beat and worker have put the turn into the history."""
    question = (
        "from commitments.models import Event; print(Event.objects.filter(act='flag').count())"
    )
    return install.manage("shell", "--verbosity", "0", "--command", question).strip() == "1"
