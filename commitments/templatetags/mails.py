"""How plain-text mail is laid out."""

import textwrap

from django import template

register = template.Library()
WIDTH = 72


@register.filter(is_safe=False)
def indented(words: str, by: int) -> str:
    """Lines of at most 72 characters, moved in by that many; addresses stay whole."""
    margin = " " * by
    return textwrap.fill(
        " ".join(words.split()),
        WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
