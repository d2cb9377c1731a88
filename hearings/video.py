"""Where in its recording something was said. YouTube has a player that needs no cookie, and a browser
plays a file by itself; all others stay links."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import parse_qs, urlencode, urlsplit

from hearings.models import Hearing

YOUTUBE = {"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com"}
SHORT = {"youtu.be"}
PLAYER = "https://www.youtube-nocookie.com/embed/"
FILES = dict.fromkeys((".mp4", ".m4v", ".webm"), "video") | dict.fromkeys(
    (".mp3", ".m4a", ".ogg", ".wav"), "audio"
)
HOST = re.compile(r"[\w.-]+(:\d+)?")  # nothing that means something in a Content-Security-Policy


@dataclass(frozen=True)
class Recording:
    """What the desk can play and steer: `youtube` with its player's address, or a `video` or `audio`
    file with its own."""

    kind: str
    address: str

    @property
    def origin(self) -> str:
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def recording_of(hearing: Hearing) -> Recording | None:
    """None where there is none, or where it is only a link."""
    if found := youtube_id(hearing.video_url):
        return Recording("youtube", PLAYER + found)
    parts = urlsplit(hearing.video_url)
    kind = FILES.get(PurePosixPath(parts.path).suffix.lower())
    return Recording(kind, hearing.video_url) if kind and HOST.fullmatch(parts.netloc) else None


def second_of(hearing: Hearing, seconds: float | None) -> int | None:
    """The second of the video for a second of the transcript."""
    return None if seconds is None else max(0, int(seconds + hearing.video_offset))


def start_of(hearing: Hearing, second: int) -> float:
    """The second of the transcript for a second of the video."""
    return max(0.0, second - hearing.video_offset)


def youtube_id(url: str) -> str:
    """The id in an address of YouTube, or ""."""
    parts = urlsplit(url)
    path = [piece for piece in parts.path.split("/") if piece]
    if parts.hostname in SHORT and path:
        return path[0]
    if parts.hostname not in YOUTUBE:
        return ""
    if path[:1] in (["live"], ["embed"], ["v"]) and len(path) > 1:
        return path[1]
    return parse_qs(parts.query).get("v", [""])[0]


def takes_a_second(url: str) -> bool:
    """Whether an address can say where to start; Legistar's page of a video, which leads on to its host,
    can't."""
    return not urlsplit(url).path.lower().endswith("/video.aspx")


def address_at(hearing: Hearing, seconds: float | None) -> str:
    """The video's page, at that second of the transcript where its address can say so."""
    second = second_of(hearing, seconds)
    if found := youtube_id(hearing.video_url):
        when = {} if second is None else {"t": f"{second}s"}
        return f"https://www.youtube.com/watch?{urlencode({'v': found, **when})}"
    if second is None or "#" in hearing.video_url or not takes_a_second(hearing.video_url):
        return hearing.video_url
    return f"{hearing.video_url}#t={second}"


def player_at(hearing: Hearing, seconds: float | None) -> str:
    """The address of a player that starts there, or "" where the video is only a link."""
    found = youtube_id(hearing.video_url)
    if not found:
        return ""
    options = {"start": second_of(hearing, seconds) or 0, "autoplay": 1, "rel": 0}
    return f"{PLAYER}{found}?{urlencode(options)}"
