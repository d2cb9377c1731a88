"""How the record is written on a page: standings, full dates, times of the recording."""

from datetime import date
from urllib.parse import urlsplit

from django import template
from django.template.defaultfilters import date as format_date
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from commitments import standing as standings
from hearings import offsets, video

register = template.Library()

SHAPES = {
    "open": '<path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 2.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6Z"/>',
    "soon": '<path fill-rule="evenodd" d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0Zm-1 3.5h2V8h3v2H7Z"/>',
    "late": '<path d="M8 .8 16 15.2H0Z"/>',
    "long": '<path d="m8 0 8 8-8 8-8-8Z"/>',
    "review": '<path fill-rule="evenodd" d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Zm0 2.2a4.8 4.8 0 0 0 0 9.6Z"/>',
    "part": '<path fill-rule="evenodd" d="M1 1h14v14H1Zm2.2 2.2v4.6h9.6V3.2Z"/>',
    "met": '<path fill-rule="evenodd" d="M8 0a8 8 0 1 0 0 16A8 8 0 0 0 8 0ZM6.9 11.8 3.2 8.1l1.5-1.5 2.2 2.2 4.5-4.6 1.5 1.5Z"/>',
    "shut": '<path fill-rule="evenodd" d="M1 1h14v14H1Zm2.5 6h9v2h-9Z"/>',
    "draft": '<path d="M1 1h4v2H3v2H1Zm10 0h4v4h-2V3h-2ZM1 11h2v2h2v2H1Zm12 0h2v4h-4v-2h2Z"/>',
}
CHARACTERS = {"open": "○", "soon": "◷", "late": "▲", "long": "◆", "review": "◐", "part": "◧", "met": "✓", "shut": "■", "draft": "□"}  # fmt: skip
NO_BREAK = "\u00a0"


@register.simple_tag
def shape(look: str) -> str:
    """The shape of a state. It is never alone: a word stands beside it."""
    return format_html(
        '<svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>', mark_safe(SHAPES[look])
    )


@register.filter
def character(look: str) -> str:
    """The shape of a state where no drawing can be shown: in a mail."""
    return CHARACTERS[look]


@register.simple_tag
def state(look: str, words: str) -> str:
    return format_html('<span class="state" data-state="{}">{}{}</span>', look, shape(look), words)


@register.simple_tag(takes_context=True)
def standing(context, commitment) -> standings.Standing:
    """How the commitment stands on the page's day: `{% standing commitment as now %}`."""
    return standings.standing(commitment, context["today"])


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
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02d}:{second:02d}"


@register.simple_tag(takes_context=True)
def marked(context, text: str, words: int | None = None) -> str:
    """The text, up to so many words, with those marked that were looked for, where the page's `marks`
    know it."""
    pieces = context.get("marks", {}).get(text)
    if pieces is None:
        return conditional_escape(Truncator(text).words(words) if words else text)
    shown = format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", part) if hit else part,) for part, hit in pieces)
    )
    return mark_safe(Truncator(shown).words(words, html=True)) if words else shown


@register.filter
def whole(seconds: float) -> int:
    """Whole seconds, as addresses have them."""
    return int(seconds)


@register.filter
def host(url: str) -> str:
    """The site of an address: what a reader is about to leave for."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.simple_tag
def share(part: int, whole: int, less: int = 0) -> str:
    """`part` without `less`, in per cent of `whole`."""
    return f"{100 * (part - less) / whole:.1f}" if whole else "0"


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


@register.simple_tag
def look_words(look: str, number: int) -> str:
    """So many in one state, for the line above a sheet."""
    words = {
        "late": _("%d overdue"),
        "long": _("%d long overdue"),
        "soon": _("%d due within a week"),
        "review": _("%d under review"),
        "part": _("%d partly fulfilled"),
        "open": _("%d open"),
        "met": _("%d fulfilled"),
        "shut": _("%d closed or paused"),
    }
    return words[look] % number
