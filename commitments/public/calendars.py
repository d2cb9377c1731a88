"""Due dates as iCalendar (RFC 5545): all-day events with stable ids."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings

from commitments.models import Commitment

OCTETS = 75  # of a line, before it is folded


def calendar(events: list[list[str]]) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hearing commitments//EN"]
    for event in events:
        lines += event
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def due_day(commitment: Commitment, stamp: datetime) -> list[str]:
    """The event of a due date; `stamp` is when this version of it was made."""
    day = commitment.due_on
    host = urlsplit(settings.SITE_URL).hostname
    return [
        "BEGIN:VEVENT",
        f"UID:commitment-{commitment.reference}@{host}",
        f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{commitment.version}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'Due: {commitment.what} ({commitment.agency.short})')}",
        f"URL:{settings.SITE_URL}{commitment.get_absolute_url()}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for mark in "\\;,":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    """Lines of at most 75 octets; the rest goes on after a line break and a space."""
    pieces, piece = [], ""
    for character in line:
        if len((piece + character).encode()) > OCTETS:
            pieces.append(piece)
            piece = " "
        piece += character
    return "\r\n".join([*pieces, piece])
