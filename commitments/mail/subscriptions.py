"""Who gets what: asked for, confirmed by the address itself, and given up with one click."""

from datetime import datetime, timedelta

from django.db import transaction

from commitments.mail import compose, tokens
from commitments.models import MailToken, Subscriber, Subscription

PER_HOUR = 3  # confirmation mails one address can be made to receive


@transaction.atomic
def ask(email: str, *, scope: str, now: datetime, **subject) -> None:
    """Write the wish down and ask the address whether it is its own.

    Says nothing about whether the address was known; an address gets at most PER_HOUR such mails.
    """
    subscriber = Subscriber.objects.filter(email__iexact=email).first() or Subscriber(
        email=email, created_at=now
    )
    subscriber.save()
    subscription, _is_new = Subscription.objects.get_or_create(
        subscriber=subscriber, scope=scope, **subject, defaults={"created_at": now}
    )
    lately = subscriber.tokens.filter(
        purpose=MailToken.Purpose.CONFIRM, made_at__gt=now - timedelta(hours=1)
    )
    if lately.count() >= PER_HOUR:
        return
    token = tokens.issue(subscriber, MailToken.Purpose.CONFIRM, now)
    mail = compose.confirmation(subscriber, subscription, token)
    transaction.on_commit(mail.send)


@transaction.atomic
def confirm(subscriber: Subscriber, now: datetime) -> None:
    """The address says yes to all it has asked for, also after it had unsubscribed."""
    subscriber.confirmed_at = subscriber.confirmed_at or now
    subscriber.unsubscribed_at = None
    subscriber.suppressed_at, subscriber.suppressed_because = None, ""
    subscriber.save()
    subscriber.subscriptions.filter(confirmed_at=None).update(confirmed_at=now)


@transaction.atomic
def unsubscribe(subscriber: Subscriber, now: datetime) -> None:
    """No more mail; asking again and confirming starts it anew."""
    Subscriber.objects.filter(pk=subscriber.pk, unsubscribed_at=None).update(unsubscribed_at=now)
    subscriber.subscriptions.all().delete()


@transaction.atomic
def give_up(subscriber: Subscriber, subscription_id: int, now: datetime) -> None:
    subscriber.subscriptions.filter(pk=subscription_id).delete()
    if not subscriber.subscriptions.exists():
        unsubscribe(subscriber, now)
