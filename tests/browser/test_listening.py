"""Hearing a promise before it is quoted: a real Chromium plays real sound, from a file that the clerk picks
and from a server. YouTube itself is out of reach here; a page at its address answers as its player does."""

import threading
import wave
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from whitenoise import WhiteNoise

from tests.browser.conftest import HEAT

pytestmark = pytest.mark.browser
PLATES = "license-plate-readers-and-mybay"
SECONDS = 25 * 60  # as long as the sample's hearings
RATE = 4000  # samples a second, enough for a hum
PLAYER = "https://www.youtube-nocookie.com"


def hum(path, seconds: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, RATE, 0, "NONE", ""))
        file.writeframes(bytes([120, 136] * (RATE * seconds // 2)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    found = tmp_path_factory.mktemp("recordings")
    hum(found / "hearing.wav", SECONDS)
    hum(found / "snippet.wav", 5)
    (found / "broken.wav").write_bytes(b"no sound at all")
    return found


class Quiet(WSGIRequestHandler):
    def log_message(self, *_arguments) -> None:
        pass


@pytest.fixture(scope="module")
def archive(folder):
    """A server of recordings that is not ours."""
    files = WhiteNoise(None, root=str(folder))
    with make_server("127.0.0.1", 0, files, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def requests(clerk) -> list[str]:
    """Every address the page asks for, but for the icon in its tab."""
    asked = []

    def note(request) -> None:
        if not request.url.endswith("icon.svg"):
            asked.append(request.url)

    clerk.on("request", note)
    return asked


def play_file(desk, path) -> None:
    desk.set_input_files("#source input", path)
    desk.wait_for_selector("#player > *")
    desk.wait_for_selector("#transcript:focus")


def seconds(desk, row: str = "[aria-current]") -> float:
    return float(desk.locator(f".row{row}").first.get_attribute("data-start"))


def heard(desk) -> float:
    """The second that the player is at."""
    return desk.evaluate("document.querySelector('#player audio').currentTime")


def is_playing(desk) -> bool:
    return desk.evaluate("!document.querySelector('#player audio').paused")


def to_suggestion(desk) -> None:
    desk.keyboard.press("n")
    desk.wait_for_selector(".row.sugg[aria-current]")
    desk.wait_for_selector("#transcript:focus")


# A file of mine


def test_nothing_is_loaded_or_active_before_it_is_asked_for(desk, requests, sample_site):
    desk.reload()
    assert all(url.startswith(sample_site.address) for url in requests)
    for key in ("v", "[", "]", "h"):
        expect(desk.locator(f"[data-do='{key}']")).to_be_disabled()
    desk.keyboard.press("v")
    expect(desk.locator("#player > *")).to_have_count(0)
    assert desk.locator("#source a").get_attribute("target") == "_blank"


def test_a_file_of_mine_plays_from_the_selected_line_and_stays_here(desk, requests, folder):
    to_suggestion(desk)
    start = seconds(desk)
    del requests[:]
    play_file(desk, folder / "hearing.wav")
    desk.keyboard.press("v")
    desk.wait_for_function("document.querySelector('#player audio').currentTime > 1")
    assert start <= heard(desk) <= start + 5
    assert is_playing(desk)
    assert seconds(desk, ".heard") == start
    assert all(url.startswith("blob:") for url in requests)
    desk.keyboard.press("v")
    assert not is_playing(desk)
    here = heard(desk)
    desk.keyboard.press("v")
    assert is_playing(desk)
    assert here <= heard(desk) <= here + 3


def test_five_seconds_back_and_forward(desk, folder):
    play_file(desk, folder / "hearing.wav")
    desk.keyboard.press("v")
    desk.keyboard.press("v")
    start = heard(desk)
    desk.keyboard.press("]")
    desk.keyboard.press("]")
    assert heard(desk) == pytest.approx(start + 10, abs=0.5)
    desk.keyboard.press("[")
    assert heard(desk) == pytest.approx(start + 5, abs=0.5)


def test_the_line_heard_is_marked_and_moves_nothing_until_asked(desk, folder):
    desk.keyboard.press("k")
    desk.keyboard.press("k")
    chosen, top = seconds(desk), desk.evaluate("transcript.scrollTop")
    play_file(desk, folder / "hearing.wav")
    desk.keyboard.press("v")
    for _time in range(4):
        desk.keyboard.press("]")
    desk.wait_for_selector(".row.heard:not([aria-current])")
    assert seconds(desk) == chosen
    assert desk.evaluate("transcript.scrollTop") == top
    desk.keyboard.press("v")
    at = heard(desk)
    desk.keyboard.press("h")
    assert seconds(desk) == seconds(desk, ".heard")
    assert chosen < seconds(desk) <= at < chosen + 30


def test_it_plays_on_while_the_clerk_turns_pages_and_tags(desk, folder):
    to_suggestion(desk)
    play_file(desk, folder / "hearing.wav")
    desk.keyboard.press("v")
    line = desk.locator(".row[aria-current]").get_attribute("id")
    desk.click(".pager a >> nth=0")
    desk.wait_for_selector(f"body:not(:has(#{line}))")
    desk.wait_for_selector("#transcript:focus")
    assert is_playing(desk)
    expect(desk.locator(".row.heard")).to_have_count(0)
    desk.keyboard.press("h")
    desk.wait_for_selector(f"#{line}")
    expect(desk.locator(".row.heard")).to_have_count(1)
    to_suggestion(desk)
    desk.keyboard.press("x")
    desk.wait_for_selector("text=Dismissed:")
    desk.keyboard.press("u")
    desk.wait_for_selector("text=Undone")
    assert is_playing(desk)
    desk.go_back()
    desk.wait_for_selector(f"body:not(:has(#{line}))")
    assert is_playing(desk)


def test_an_open_draft_stays_open_while_pages_are_turned(desk):
    desk.keyboard.press("t")
    desk.wait_for_selector("[name=what]:focus")
    desk.fill("[name=what]", "Send the sheet")
    shown = desk.locator(".row").first.get_attribute("id")
    desk.click(".pager a >> nth=0")
    desk.wait_for_selector(f"body:not(:has(#{shown}))")
    assert desk.input_value("[name=what]") == "Send the sheet"


def test_a_link_elsewhere_leads_to_the_selected_line(desk):
    desk.context.route("https://video.example.org/**", lambda route: route.fulfill(body="video"))
    to_suggestion(desk)
    with desk.context.expect_page() as opened:
        desk.click("#source a")
    assert opened.value.url.endswith(f"heat-and-hot-water#t={int(seconds(desk))}")


def test_closing_it_lets_go_of_the_file(desk, folder):
    play_file(desk, folder / "hearing.wav")
    desk.click("text=Close the recording")
    expect(desk.locator("#player > *")).to_have_count(0)
    expect(desk.locator("[data-do='v']")).to_be_disabled()
    expect(desk.locator(".row.heard")).to_have_count(0)


def test_a_recording_that_ends_before_the_line_says_so(desk, folder):
    play_file(desk, folder / "snippet.wav")
    desk.wait_for_function("document.querySelector('#player audio').duration > 0")
    desk.keyboard.press("v")
    desk.wait_for_selector("text=The recording is over before this line.")
    desk.keyboard.press("v")
    assert not is_playing(desk) and heard(desk) == 0


def test_a_file_that_is_no_recording_says_so(desk, folder):
    play_file(desk, folder / "broken.wav")
    desk.wait_for_selector("text=This recording can’t be played here.")


def test_its_letters_act_in_the_transcript_alone(desk, folder):
    play_file(desk, folder / "hearing.wav")
    desk.click("#find")
    desk.keyboard.type("v[]h")
    assert desk.input_value("#find") == "v[]h"
    assert not is_playing(desk) and heard(desk) == 0


# The start of a draft


def test_the_start_is_nudged_heard_saved_and_taken_back(desk, folder):
    to_suggestion(desk)
    line = seconds(desk)
    play_file(desk, folder / "hearing.wav")
    desk.keyboard.press("t")
    desk.wait_for_selector("[name=what]:focus")
    shown = desk.input_value("[name=starts_at]")
    desk.click("text=+1 s")
    desk.click("text=+1 s")
    desk.click("text=−1 s")
    nudged = desk.input_value("[name=starts_at]")
    assert nudged != shown
    desk.click("[data-begin=play]")
    desk.wait_for_function("!document.querySelector('#player audio').paused")
    assert heard(desk) == pytest.approx(line + 1, abs=1.5)
    desk.click("[data-begin=heard]")
    assert desk.input_value("[name=starts_at]") != shown
    desk.fill("[name=starts_at]", nudged)
    desk.press("[name=what]", "Enter")
    desk.wait_for_selector("text=Draft saved:")
    desk.wait_for_selector("#transcript:focus")
    saved = desk.locator(".row[aria-current] .why a").first.get_attribute("href")
    page = desk.request.get(desk.evaluate("path => new URL(path, location).href", saved)).text()
    assert f'name="starts_at" value="{nudged}"' in page
    desk.keyboard.press("u")
    desk.wait_for_selector("text=Undone")


def test_the_open_drafts_start_is_what_v_plays(desk, folder):
    line = seconds(desk)
    play_file(desk, folder / "hearing.wav")
    desk.keyboard.press("t")
    desk.wait_for_selector("[name=what]:focus")
    for _time in range(10):
        desk.click("text=−1 s")
    desk.locator("#transcript").focus()
    desk.keyboard.press("v")
    desk.wait_for_function("!document.querySelector('#player audio').paused")
    assert heard(desk) == pytest.approx(line - 10, abs=1.5)


# The offset


def test_the_offset_is_taken_from_what_is_heard_and_saved_for_the_hearing(desk, folder):
    to_suggestion(desk)
    start = seconds(desk)
    link = desk.locator("#source a")
    before = int(link.get_attribute("href").split("#t=")[1])
    play_file(desk, folder / "hearing.wav")
    desk.keyboard.press("v")
    desk.keyboard.press("v")
    for _time in range(2):
        desk.keyboard.press("]")
    at = heard(desk)
    desk.click("#offset summary")
    desk.click("text=The selected line is heard now")
    offset = float(desk.input_value("[name=video_offset]"))
    assert offset == pytest.approx(at - start, abs=0.06)
    assert seconds(desk, ".heard") == start
    desk.click("text=Save for this hearing")
    desk.wait_for_selector(
        f"#offset summary >> text=Video is {offset:g} s ahead of the transcript."
    )
    assert int(link.get_attribute("href").split("#t=")[1]) == pytest.approx(before + offset, abs=1)
    desk.fill("[name=video_offset]", "0")
    desk.click("text=Save for this hearing")
    desk.wait_for_selector("#offset summary >> text=Video and transcript run together.")
    assert heard(desk) == pytest.approx(at, abs=0.1)


# From a server


def test_a_direct_address_plays_from_its_own_server(desk, archive, sample_site, requests):
    address = f"{archive}/hearing.wav"
    before = _video_of(sample_site, HEAT, address)
    try:
        del requests[:]
        desk.reload()
        desk.wait_for_selector("#transcript:focus")
        start = seconds(desk)
        assert address not in requests
        expect(desk.locator("#source a")).to_have_text("Play from 127.0.0.1", use_inner_text=True)
        desk.click("#source a")
        desk.wait_for_function("document.querySelector('#player audio')?.currentTime > 1")
        assert start <= heard(desk) <= start + 5
        assert address in requests
        desk.wait_for_selector("#transcript:focus")
        desk.keyboard.press("v")
        assert not is_playing(desk)
    finally:
        _video_of(sample_site, HEAT, before)


def _video_of(site, hearing: str, address: str) -> str:
    """Give the hearing another video; the address of the one it had."""
    script = (
        "from hearings.models import Hearing\n"
        f"found = Hearing.objects.get(slug__contains={hearing!r})\n"
        "print(found.video_url)\n"
        f"Hearing.objects.filter(pk=found.pk).update(video_url={address!r})"
    )
    return site.manage("shell", "--verbosity", "0", "--command", script).strip()


# From YouTube

ITS_PLAYER = """<!doctype html><title>player</title><script>
const asked = new URLSearchParams(location.search);
const info = { playerState: -1, currentTime: Number(asked.get('start')), duration: 1400, playbackRate: 1 };
let known = null;
const tell = (event, info) => parent.postMessage(JSON.stringify({ event, info, id: known.id, channel: 'widget' }), asked.get('origin'));
const change = facts => { Object.assign(info, facts); if (known) tell('infoDelivery', facts); };
const commands = {
  playVideo: () => change({ playerState: 1 }),
  pauseVideo: () => change({ playerState: 2 }),
  seekTo: second => change({ currentTime: second }),
  addEventListener: name => { document.title += ' ' + name; },
};
addEventListener('message', ({ data, origin, source }) => {
  if (origin !== asked.get('origin') || source !== parent) return;
  const { event, func, args, id, channel } = JSON.parse(data);
  if (channel !== 'widget') return;
  if (event === 'command') commands[func](...args);
  if (event !== 'listening' || known) return;
  known = { id };
  tell('initialDelivery', info);
  tell('onReady', null);
});
setInterval(() => { if (info.playerState === 1) change({ currentTime: info.currentTime + 0.25 }); }, 250);
</script>"""


@pytest.fixture
def plates(clerk, sample_site):
    """The tagging page of a hearing whose video is on YouTube."""
    clerk.route(
        f"{PLAYER}/embed/**", lambda route: route.fulfill(content_type="text/html", body=ITS_PLAYER)
    )
    clerk.goto(f"{sample_site.address}/staff/")
    clerk.click(f"a[href*='{PLATES}'][href$='/tag/']")
    clerk.wait_for_selector("#transcript:focus")
    return clerk


def its_player(desk):
    """The frame, once its page is there."""
    frame = desk.wait_for_selector("#player iframe").content_frame()
    frame.wait_for_url(f"{PLAYER}/**")
    return frame


def at_youtube(desk) -> dict:
    return its_player(desk).evaluate("info")


def test_youtube_loads_on_the_first_play_and_no_script_of_its_own(plates, requests, sample_site):
    plates.reload()
    plates.wait_for_selector("#transcript:focus")
    assert all(url.startswith(sample_site.address) for url in requests)
    plates.keyboard.press("v")
    plates.wait_for_selector("#player iframe")
    plates.wait_for_function("document.querySelector('#heard-at').textContent !== ''")
    foreign = [url for url in requests if not url.startswith(sample_site.address)]
    assert len(foreign) == 1
    assert foreign[0].startswith(f"{PLAYER}/embed/MarrowBay00?enablejsapi=1&origin=http%3A%2F%2F127.0.0.1")  # fmt: skip
    assert f"start={int(seconds(plates))}" in foreign[0]


def test_youtube_is_steered_by_messages(plates):
    start = seconds(plates)
    plates.keyboard.press("v")
    frame = its_player(plates)
    frame.wait_for_function("info.playerState === 1 && known")
    assert at_youtube(plates)["currentTime"] == pytest.approx(start, abs=3)
    plates.wait_for_selector(".row.heard[aria-current]")
    plates.keyboard.press("v")
    frame.wait_for_function("info.playerState === 2")
    stopped = at_youtube(plates)["currentTime"]
    plates.keyboard.press("[")
    frame.wait_for_function(f"info.currentTime < {stopped - 4}")
    plates.keyboard.press("k")
    plates.keyboard.press("v")
    frame.wait_for_function("info.playerState === 1")
    assert at_youtube(plates)["currentTime"] == pytest.approx(seconds(plates), abs=3)


def test_nobody_else_can_speak_for_youtube(plates):
    plates.keyboard.press("v")
    its_player(plates).wait_for_function("info.playerState === 1 && known")
    plates.keyboard.press("v")
    before = plates.inner_text("#heard-at")
    plates.evaluate(
        """() => postMessage(JSON.stringify({ event: 'infoDelivery', id: 1, channel: 'widget', info: { currentTime: 1 } }), '*')"""
    )
    plates.wait_for_timeout(300)
    assert plates.inner_text("#heard-at") == before


def test_a_video_that_youtube_keeps_to_itself_says_so(plates):
    plates.keyboard.press("v")
    frame = its_player(plates)
    frame.wait_for_function("known && document.title.includes('onError')")
    frame.evaluate("tell('onError', 150)")
    plates.wait_for_selector("text=This recording can’t be played here.")


# For everybody


def test_without_a_script_the_link_and_the_number_stay(browser, sample_site, clerks_login):
    context = browser.new_context(java_script_enabled=False, storage_state=clerks_login)
    page = context.new_page()
    page.goto(f"{sample_site.address}/staff/")
    page.click(f"a[href*='{PLATES}'][href$='/tag/']")
    expect(page.locator("#source a")).to_have_text(
        "Play from youtube.com (new tab)", use_inner_text=True
    )
    expect(page.locator("#source label")).to_be_hidden()
    page.click("#offset summary")
    for offset, words in (("2.5", "Video is 2.5 s ahead of the transcript."), ("0", "run together")):  # fmt: skip
        page.fill("[name=video_offset]", offset)
        page.click("text=Save for this hearing")
        expect(page.locator("#said")).to_contain_text(words)
        page.click("#offset summary")
    page.locator(".row .no").first.click()
    expect(page.locator("[data-nudge]").first).to_be_hidden()
    assert page.input_value("[name=starts_at]")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_it_plays(
    browser, sample_site, clerks_login, folder, scheme, width
):
    size = {"width": width, "height": 900}
    context = browser.new_context(color_scheme=scheme, viewport=size, storage_state=clerks_login)
    page = context.new_page()
    page.goto(f"{sample_site.address}/staff/")
    page.click(f"a[href*='{HEAT}/tag/']")
    page.wait_for_selector("#transcript:focus")
    play_file(page, folder / "hearing.wav")
    page.keyboard.press("v")
    page.keyboard.press("t")
    page.wait_for_selector("[name=what]:focus")
    page.click("#offset summary")
    found = [each["id"] for each in Axe().run(page).response["violations"]]
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()
