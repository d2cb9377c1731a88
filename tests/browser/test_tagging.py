"""Tagging in a real Chromium: by keys alone, and by marking words with the mouse."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HEAT, log_in

pytestmark = pytest.mark.browser


def counts(page) -> tuple[int, int]:
    """Tagged, and suggestions left."""
    tagged, left = page.locator("#tally b").all_inner_texts()[:2]
    return int(tagged), int(left)


def expect_counts(page, tagged: int, left: int) -> None:
    figures = page.locator("#tally b")
    expect(figures.nth(0)).to_have_text(str(tagged))
    expect(figures.nth(1)).to_have_text(str(left))


def current(page) -> str:
    return page.locator(".row[aria-current] > p").first.inner_text()


def settled(page) -> None:
    page.wait_for_selector("#transcript:focus")


def next_suggestion(page) -> None:
    """On this page of the transcript or another one."""
    page.keyboard.press("n")
    page.wait_for_selector(".row.sugg[aria-current]")
    settled(page)


def test_keys_alone_find_tag_save_and_undo(desk):
    tagged, left = counts(desk)
    next_suggestion(desk)
    line = current(desk)
    desk.keyboard.press("t")
    desk.wait_for_selector("[name=what]:focus")
    quote = desk.input_value("#f-q")
    assert quote and quote in line
    desk.keyboard.press("ControlOrMeta+a")
    desk.keyboard.type("Bring the rule to the Council")
    desk.keyboard.press("Enter")
    desk.wait_for_selector("text=Draft saved: Bring the rule to the Council")
    settled(desk)
    expect_counts(desk, tagged + 1, left - 1)
    desk.keyboard.press("u")
    desk.wait_for_selector("text=Undone")
    settled(desk)
    expect_counts(desk, tagged, left)


def test_one_key_accepts_and_goes_on_and_another_dismisses(desk):
    tagged, left = counts(desk)
    next_suggestion(desk)
    line = current(desk)
    desk.keyboard.press("a")
    desk.wait_for_selector("text=Draft saved:")
    expect_counts(desk, tagged + 1, left - 1)
    expect(desk.locator(".row[aria-current] > p").first).not_to_have_text(line)
    desk.keyboard.press("x")
    desk.wait_for_selector("text=Dismissed:")
    expect_counts(desk, tagged + 1, left - 2)
    for counted in ((tagged + 1, left - 1), (tagged, left)):
        settled(desk)
        desk.keyboard.press("u")
        expect_counts(desk, *counted)
    desk.reload()
    expect_counts(desk, tagged, left)


def test_keys_pressed_faster_than_the_server_answers_are_not_lost(desk):
    tagged, left = counts(desk)
    next_suggestion(desk)
    desk.keyboard.press("x")
    desk.keyboard.press("x")
    expect_counts(desk, tagged, left - 2)
    desk.keyboard.press("u")
    desk.keyboard.press("u")
    expect_counts(desk, tagged, left)


def test_lines_are_added_to_the_selection(desk):
    desk.keyboard.press("k")
    desk.keyboard.press("J")
    words = " ".join(desk.locator(".row[aria-current] > p").all_inner_texts())
    desk.keyboard.press("t")
    desk.wait_for_selector("[name=what]:focus")
    expect(desk.locator("#f-q")).to_have_value(words)
    desk.keyboard.press("Escape")
    settled(desk)
    expect(desk.locator("[data-draft]")).to_have_count(0)


MARK = """([row, start, end]) => {
  const text = row.querySelector('p');
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const place = at => {
    walk.currentNode = text;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (at <= node.data.length) return [node, at];
      at -= node.data.length;
    }
  };
  const box = ([node, at]) => {
    const range = document.createRange();
    range.setStart(node, at);
    const { x, y, height } = range.getBoundingClientRect();
    return [x, y + height / 2];
  };
  row.scrollIntoView({ block: 'center' });
  return [box(place(start)), box(place(end))];
}"""


def test_words_marked_by_mouse_are_quoted_exactly(desk):
    next_suggestion(desk)
    row = desk.locator(".row.sugg").first
    line = row.locator("p").first.inner_text()
    start = line.index(" ", 3) + 1
    end = line.index(" ", start + 12)
    (x, y), (to_x, to_y) = desk.evaluate(MARK, [row.element_handle(), start, end])
    desk.mouse.move(x, y)
    desk.mouse.down()
    desk.mouse.move(to_x, to_y, steps=5)
    desk.mouse.up()
    desk.locator("#transcript").press("t")
    desk.wait_for_selector("[name=what]:focus")
    expect(desk.locator("#f-q")).to_have_value(line[start:end])
    expect(desk.locator("[name=start]")).to_have_value(str(start))


def test_the_date_follows_the_type_until_somebody_sets_it(desk):
    next_suggestion(desk)
    desk.keyboard.press("t")
    desk.wait_for_selector("[name=what]:focus")
    desk.check("[name=type][value=meeting]")
    desk.wait_for_selector("#due >> text=target for meeting: 30 days")
    desk.fill("[name=due_on]", "2026-12-11")
    desk.check("[name=type][value=action]")
    desk.wait_for_timeout(300)
    assert desk.input_value("[name=due_on]") == "2026-12-11"


def test_what_is_typed_survives_a_click_outside_a_reload_and_a_dead_line(desk):
    desk.keyboard.press("t")
    desk.wait_for_selector("[name=what]:focus")
    desk.fill("[name=what]", "Send the sheet before the recess")
    desk.check("[name=strength][value=soft]")
    desk.locator(".row p").first.click()
    assert desk.input_value("[name=what]") == "Send the sheet before the recess"
    desk.context.set_offline(True)
    desk.press("[name=what]", "Enter")
    desk.wait_for_selector("#offline:visible")
    desk.context.set_offline(False)
    selection = "&".join(f"{name}={desk.input_value(f'[name={name}]')}" for name in ("u", "to", "start", "end"))  # fmt: skip
    desk.goto(f"{desk.url.split('?')[0]}?{selection}")
    assert desk.input_value("[name=what]") == "Send the sheet before the recess"
    assert desk.is_checked("[name=strength][value=soft]")


def test_letters_do_nothing_outside_the_transcript_or_switched_off(desk):
    before = current(desk)
    desk.click("#find")
    desk.keyboard.type("njtax")
    assert desk.input_value("#find") == "njtax"
    desk.click("summary[data-key='?']")
    desk.uncheck("#keys-on")
    desk.locator("#transcript").focus()
    desk.keyboard.press("k")
    assert current(desk) == before
    desk.evaluate("localStorage.clear()")


def test_every_key_has_a_button(desk):
    shown = set(desk.locator(".keybar kbd").all_inner_texts())
    assert set("jkJKnptaxuv[]hPg/?") <= shown


def test_it_all_works_without_a_script(browser, sample_site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, sample_site)
    page.click(f"a[href*='{HEAT}/tag/']")
    page.click("text=Next suggestion on another page")
    page.locator(".row.sugg .no").first.click()
    page.fill("[name=what]", "Send the sheet")
    page.click("text=Save draft")
    expect(page.locator("text=Draft saved: Send the sheet")).to_have_count(1)
    page.click("text=Undo")
    expect(page.locator("text=Undone")).to_have_count(1)
    context.close()


def test_a_page_of_ten_thousand_lines_is_walked_without_the_server(desk, sample_site):
    lines = "".join(
        json.dumps({"start": 3 * n, "speaker": f"Voice {n % 7}", "text": f"Line number {n}, and so on and so forth."}) + "\n"
        for n in range(10_000)
    )  # fmt: skip
    sample_site.manage("shell", "-c", IMPORT, input=lines)
    desk.goto(f"{sample_site.address}/staff/hearings/2026-11-02-a-very-long-one/tag/")
    assert desk.locator(".row").count() <= 300
    desk.locator("#transcript").focus()
    asked = []
    desk.on("request", lambda request: asked.append(request.url))
    for _line in range(20):
        desk.keyboard.press("j")
    assert current(desk) == "Line number 20, and so on and so forth."
    assert not asked


IMPORT = """
import sys
from datetime import date
from hearings import clock
from hearings.formats import parse
from hearings.importing import digest_of, find_or_make_hearing, import_transcript
data = sys.stdin.buffer.read()
hearing, _ = find_or_make_hearing(title='A very long one', held_on=date(2026, 11, 2), committees=['Committee of the Whole'])
import_transcript(hearing, parse(data), digest=digest_of(data), now=clock.now())
"""
