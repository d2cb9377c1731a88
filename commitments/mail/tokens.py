"""The random links of our mails. Only their SHA-256 is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta

from commitments.models import MailToken, Subscriber

CONFIRM_WITHIN = timedelta(days=7)  # a link that manages or unsubscribes is good for ever


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def draft(subscriber: Subscriber, purpose: str, now: datetime) -> tuple[str, MailToken]:
    """A new token and its row, not yet saved."""
    token = secrets.token_urlsafe(24)
    row = MailToken(subscriber=subscriber, purpose=purpose, digest=digest_of(token), made_at=now)
    return token, row


def issue(subscriber: Subscriber, purpose: str, now: datetime) -> str:
    token, row = draft(subscriber, purpose, now)
    row.save()
    return token


def holder(token: str, purpose: str, now: datetime) -> Subscriber | None:
    """Whose link this is, or None for a forged, foreign or outdated one."""
    rows = MailToken.objects.filter(digest=digest_of(token), purpose=purpose)
    if purpose == MailToken.Purpose.CONFIRM:
        rows = rows.filter(made_at__gt=now - CONFIRM_WITHIN)
    row = rows.select_related("subscriber").first()
    return row.subscriber if row else None
