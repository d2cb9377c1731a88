"""Dates on the command line."""

from argparse import ArgumentTypeError
from datetime import date

from django.utils.translation import gettext as _


def day(words: str) -> date:
    """For argparse's `type`: a date, or the sentence that says what one looks like."""
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise ArgumentTypeError(
            _("it must be a date such as 2026-11-23, not %s.") % words
        ) from error
