"""A second of the transcript becomes a second of the video."""

import pytest

from hearings.models import Hearing
from hearings.video import address_at, player_at


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
