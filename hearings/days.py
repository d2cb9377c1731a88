"""How a day is written where a sentence names it. Pure."""

from datetime import date


def in_words(day: date) -> str:
    """“December 4, 2026”."""
    return f"{day:%B} {day.day}, {day.year}"
