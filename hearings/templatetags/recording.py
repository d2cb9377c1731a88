"""How dates, times of the recording and its video are written on a page."""

from datetime import date
from urllib.parse import urlsplit

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.html import format_html

from hearings import offsets, video
from hearings.formats import timecode

register = template.Library()

NO_BREAK = "\u00a0"


@register.filter
def full_date(day: date | None) -> str:
    """Friday, December 4, 2026, in a time element."""
    if day is None:
        return ""
    words = format_date(day, "l, F j, Y").replace(" ", NO_BREAK).replace(f",{NO_BREAK}", ", ", 1)
    return format_html('<time datetime="{}">{}</time>', day.isoformat()[:10], words)


@register.filter
def short_date(day: date | None) -> str:
    """December 4, 2026, in a time element: for a second mention."""
    if day is None:
        return ""
    words = format_date(day, "F j, Y").replace(" ", NO_BREAK)
    return format_html('<time datetime="{}">{}</time>', day.isoformat()[:10], words)


@register.filter
def clock_time(seconds: float | None) -> str:
    """A second of the recording as 2:30:50."""
    return "" if seconds is None else timecode.clock(seconds)


@register.filter
def whole(seconds: float) -> int:
    """Whole seconds, as addresses have them."""
    return int(seconds)


@register.filter
def host(url: str) -> str:
    """The site of an address: what a reader is about to leave for."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.simple_tag
def video_at(hearing, seconds: float | None) -> str:
    """The video's address at that second of the transcript."""
    return video.address_at(hearing, seconds)


@register.filter
def takes_a_second(url: str) -> bool:
    return video.takes_a_second(url)


@register.simple_tag
def second_of_video(hearing, seconds: float | None) -> int | None:
    return video.second_of(hearing, seconds)


@register.simple_tag
def player_at(hearing, seconds: float | None) -> str:
    """The address of a player that starts there, or nothing where the video is only a link."""
    return video.player_at(hearing, seconds)


@register.filter
def offset_words(offset: float) -> str:
    """By how much the video is ahead of the transcript."""
    return offsets.in_words(offset)
