"""How plain-text mail is laid out."""

import textwrap

from django import template

register = template.Library()
WIDTH = 72


@register.filter(is_safe=False)
def indented(words: str, by: int) -> str:
    """Lines of at most 72 characters, moved in by that many, those after a bullet's first by two more;
    addresses stay whole."""
    margin = " " * by
    hanging = "  " if words.startswith("* ") else ""
    return textwrap.fill(
        " ".join(words.split()),
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin + hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )
