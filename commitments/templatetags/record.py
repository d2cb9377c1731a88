"""How commitments are written on a page: their standings and shapes, and words that were looked for."""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from commitments import standing as standings

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


@register.simple_tag
def share(part: int, whole: int, less: int = 0) -> str:
    """`part` without `less`, in per cent of `whole`."""
    return f"{100 * (part - less) / whole:.1f}" if whole else "0"


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
