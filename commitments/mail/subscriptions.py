"""Who gets what: asked for, confirmed by the address itself, and given up with one click."""

from datetime import datetime, timedelta

from django.db import transaction

from commitments.mail import compose, tokens
from commitments.models import Delivery, MailToken, Subscriber, Subscription

PER_HOUR = 3  # confirmation mails one address can be made to receive


@transaction.atomic
def ask(email: str, *, scope: str, now: datetime, **subject) -> None:
    """Write the wish down and ask the address whether it is its own.

    Says nothing about whether the address was known, nor whether the mail could be sent; an address
    gets at most PER_HOUR such mails.
    """
    subscriber, _is_new = Subscriber.objects.select_for_update().get_or_create(
        email__iexact=email, defaults={"email": email, "created_at": now}
    )
    subscription, _is_new = Subscription.objects.get_or_create(
        subscriber=subscriber, scope=scope, **subject, defaults={"created_at": now}
    )
    lately = subscriber.tokens.filter(
        purpose=MailToken.Purpose.CONFIRM, made_at__gt=now - timedelta(hours=1)
    )
    if lately.count() < PER_HOUR:
        token = tokens.issue(subscriber, MailToken.Purpose.CONFIRM, now)
        mail = compose.confirmation(subscription, token, now)
        transaction.on_commit(mail.send, robust=True)


@transaction.atomic
def confirm(subscriber: Subscriber, now: datetime) -> None:
    """The address says yes to all it has asked for, also after it had unsubscribed or been refused."""
    Subscriber.objects.filter(pk=subscriber.pk).update(
        unsubscribed_at=None, suppressed_at=None, suppressed_because=""
    )
    Subscriber.objects.filter(pk=subscriber.pk, confirmed_at=None).update(confirmed_at=now)
    subscriber.subscriptions.filter(confirmed_at=None).update(confirmed_at=now)


@transaction.atomic
def unsubscribe(subscriber: Subscriber, now: datetime) -> None:
    """No more mail, and no old link that brings it back; asking again and confirming starts it anew."""
    Subscriber.objects.filter(pk=subscriber.pk, unsubscribed_at=None).update(unsubscribed_at=now)
    subscriber.subscriptions.all().delete()
    subscriber.tokens.filter(purpose=MailToken.Purpose.CONFIRM).delete()
    waiting = subscriber.deliveries.filter(status=Delivery.Status.WAITING)
    waiting.update(status=Delivery.Status.CANCELLED, leased_until=None)


@transaction.atomic
def give_up(subscriber: Subscriber, subscription_id: int, now: datetime) -> None:
    """One subject less; without the last one the address is unsubscribed."""
    subscriber.subscriptions.filter(pk=subscription_id).delete()
    if not subscriber.subscriptions.exists():
        unsubscribe(subscriber, now)
