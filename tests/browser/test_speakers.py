"""The queue of unknown names and “somebody else said this”, by keys alone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HEAT, log_in

pytestmark = pytest.mark.browser


@pytest.fixture
def clerk(page, sample_site):
    log_in(page, sample_site)
    page.goto(f"{sample_site.address}/staff/speakers/")
    return page


def current(page) -> str:
    return page.locator(".asked-who[aria-current] h2").inner_text()


def test_one_key_answers_and_undo_brings_the_name_back(clerk):
    expect(clerk.locator("#queue")).to_be_focused()
    first = current(clerk)
    clerk.keyboard.press("j")
    second = current(clerk)
    assert second != first
    clerk.keyboard.press("k")
    assert current(clerk) == first
    clerk.keyboard.press("l")
    expect(clerk.get_by_text("is settled.")).to_be_visible()
    expect(clerk.locator("#queue")).not_to_contain_text(first)
    clerk.get_by_role("button", name="Undo").first.click()
    expect(clerk.get_by_text("what stood there before stands again")).to_be_visible()
    expect(clerk.locator("#queue")).to_contain_text(first)


def test_keys_lead_to_the_fields_and_act_nowhere_else(clerk):
    clerk.keyboard.press("n")
    field = clerk.locator(".asked-who[aria-current] [name=name]")
    expect(field).to_be_focused()
    clerk.keyboard.type("llljjj")
    expect(field).to_have_value("llljjj")


def test_letter_keys_can_be_switched_off(clerk):
    first = current(clerk)
    clerk.get_by_label("letter keys are on").uncheck()
    clerk.locator("#queue").focus()
    clerk.keyboard.press("l")
    clerk.keyboard.press("j")
    assert current(clerk) == first
    expect(clerk.get_by_text("is settled.")).to_have_count(0)


def test_w_gives_the_marked_words_to_somebody_else(clerk, sample_site):
    clerk.goto(f"{sample_site.address}/staff/")
    clerk.click(f"a[href*='{HEAT}/tag/']")
    clerk.wait_for_selector("#transcript:focus")
    clerk.keyboard.press("j")
    words = clerk.locator(".row[aria-current] > p").inner_text()
    clerk.keyboard.press("w")
    expect(clerk.get_by_role("heading", name="Somebody else said this")).to_be_visible()
    expect(clerk.locator("blockquote")).to_contain_text(words)
    clerk.get_by_label("Speaks for").select_option("public")
    clerk.get_by_role("button", name="Give these words to them").click()
    row = clerk.locator(".row[aria-current]")
    expect(row).to_contain_text("Speaker corrected by staff.")
    row.get_by_role("button", name="Undo").click()
    expect(clerk.get_by_text("Speaker corrected by staff.")).to_have_count(0)
