"""A second of the transcript becomes a second of the video, by an offset that staff set once."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from hearings.formats.timecode import clock_with_tenths
from hearings.models import Hearing
from hearings.offsets import set_offset
from hearings.refusing import Refused
from hearings.video import Recording, address_at, player_at, recording_of
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("url", "offset", "second", "address", "player"),
    [
        ("https://www.youtube.com/watch?v=abc", 0, 9050.7, "https://www.youtube.com/watch?v=abc&t=9050s", "abc?start=9050&"),
        ("https://youtube.com/watch?t=3s&v=abc", 5, 10, "https://www.youtube.com/watch?v=abc&t=15s", "abc?start=15&"),
        ("https://youtu.be/abc?si=x", -20, 10, "https://www.youtube.com/watch?v=abc&t=0s", "abc?start=0&"),
        ("https://www.youtube.com/live/abc", 0, None, "https://www.youtube.com/watch?v=abc", "abc?start=0&"),
        ("https://council.granicus.example/player/clip/7", 0, 60, "https://council.granicus.example/player/clip/7#t=60", ""),
        ("https://council.example/Video.aspx?Mode=Granicus&ID1=7&Mode2=Video", 0, 60, "https://council.example/Video.aspx?Mode=Granicus&ID1=7&Mode2=Video", ""),
        ("https://video.example/7#part", 0, 60, "https://video.example/7#part", ""),
        ("https://youtube.com.example/watch?v=abc", 0, None, "https://youtube.com.example/watch?v=abc", ""),
        ("https://www.youtube.com/@council", 0, 4, "https://www.youtube.com/@council#t=4", ""),
    ],
)  # fmt: skip
def test_addresses(url, offset, second, address, player):
    hearing = Hearing(video_url=url, video_offset=offset)
    assert address_at(hearing, second) == address
    assert player in player_at(hearing, second)
    assert bool(player) == bool(player_at(hearing, second))


@pytest.mark.parametrize(
    ("url", "kind", "address"),
    [
        ("https://youtu.be/abc?t=9", "youtube", "https://www.youtube-nocookie.com/embed/abc"),
        ("https://archive.example/2026/clip.MP4?x=1", "video", "https://archive.example/2026/clip.MP4?x=1"),
        ("http://10.0.0.7:8080/clip.webm", "video", "http://10.0.0.7:8080/clip.webm"),
        ("https://archive.example/clip.mp3", "audio", "https://archive.example/clip.mp3"),
    ],
)  # fmt: skip
def test_what_the_desk_can_play(url, kind, address):
    assert recording_of(Hearing(video_url=url)) == Recording(kind, address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "https://council.viebit.example/watch?hash=abc",
        "https://council.granicus.example/player/clip/7.mp4/transcript",
        "https://archive.example/page.html#clip.mp4",
        "https://archive.example;sandbox/clip.mp4",
        "https://somebody@archive.example/clip.mp4",
    ],
)
def test_all_else_stays_a_link(url):
    assert recording_of(Hearing(video_url=url)) is None


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(9050, "2:30:50"), (9050.46, "2:30:50.5"), (59.96, "0:01:00"), (0.04, "0:00:00")],
)
def test_a_time_to_change_has_tenths_where_it_needs_them(seconds, written):
    assert clock_with_tenths(seconds) == written


# The offset


@pytest.fixture
def where() -> Hearing:
    found = cast.hearing()
    Hearing.objects.update(video_url="https://www.youtube.com/watch?v=abc")
    found.refresh_from_db()
    return found


def post(client, where, offset, **given):
    address = reverse("hearing-offset", args=[where.slug])
    return client.post(address, {"video_offset": offset} | given, follow=True)


@pytest.mark.usefixtures("at_noon")
def test_public_links_follow_at_once_and_the_history_says_who(cora, where):
    commitment = cast.published(where)
    page = commitment.get_absolute_url()
    assert "t=8221s" in cora.get(page).text
    told = post(cora, where, "4.24").text
    assert "Video is 4.2 s ahead of the transcript." in told
    assert "Offset of the video: 4.2 s, before 0 s. Cora, Wednesday, October 21, 2026" in told
    assert "t=8225s" in cora.get(page).text
    assert "Video is 12 s behind the transcript." in post(cora, where, "-12").text
    assert "t=8209s" in cora.get(page).text


def test_the_same_again_is_no_change(cora, where):
    post(cora, where, "3")
    post(cora, where, "3.0")
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("nonsense", ["", "soon", "nan", "1e400", "100000"])
def test_nonsense_is_told_and_changes_nothing(cora, where, nonsense):
    assert "note error" in post(cora, where, nonsense).text
    where.refresh_from_db()
    assert where.video_offset == 0
    assert not LogEntry.objects.exists()


def test_it_leads_back_to_where_it_was_set_and_nowhere_else(cora, where):
    desk = reverse("hearing-tag", args=[where.slug])
    assert post(cora, where, "3", next=f"{desk}?at=1").redirect_chain[0][0] == f"{desk}?at=1"
    elsewhere = post(cora, where, "3", next="https://elsewhere.example/").redirect_chain[0][0]
    assert elsewhere == reverse("staff-hearing", args=[where.slug])


def test_a_reader_sees_it_and_cannot_set_it(client, where):
    with pytest.raises(Refused):
        set_offset(where, 3, by=cast.rob(), now=cast.NOON)
    client.force_login(cast.rob())
    page = client.get(reverse("staff-hearing", args=[where.slug])).text
    assert "Video and transcript run together." in page and "video_offset" not in page
    assert post(client, where, "3").status_code == 403
