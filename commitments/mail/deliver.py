"""prepare → claim → compose → deliver. A row per subscriber and week is the promise that nobody gets two
mails or none; what a dying worker had claimed is taken up again when its lease runs out."""

import hashlib
import logging
import smtplib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from commitments.mail import compose, issue, tokens
from commitments.mail.weeks import Week, week_due
from commitments.models import Delivery, Digest, MailToken, Subscriber, Subscription

KIND = "digest"
BATCH = 500
LEASE = timedelta(minutes=10)
Status = Delivery.Status
log = logging.getLogger(__name__)


def send_digest(now: datetime) -> dict:
    """Prepare the digest that is due and deliver what waits; counts of what happened.

    Twice, or twice at once, sends nothing the second time. Nothing is due on a Monday before nine.
    """
    counts = {"period": None, "prepared": 0, "sent": 0, "nothing_to_say": 0, "failed": 0}
    week = week_due(now)
    if week is None:
        return counts
    prepared, number = prepare(week, now)
    counts |= {"period": week.period, "prepared": number}
    sections = issue.read(prepared)
    while batch := claim(week.period, now):
        for outcome in deliver(batch, prepared, sections, now):
            counts[outcome] += 1
    return counts


def try_out(now: datetime) -> dict:
    """What `send_digest` would do now; nothing is sent and nothing stays written."""
    counts = {"period": None, "prepared": 0, "sent": 0, "nothing_to_say": 0, "failed": 0}
    week = week_due(now)
    if week is None:
        return counts
    with transaction.atomic():
        prepared, number = prepare(week, now)
        sections = issue.read(prepared)
        waiting = _waiting(week.period, now)
        said = sum(_has_news(each, sections) for each in waiting)
        counts |= {"period": week.period, "prepared": number}
        counts |= {"sent": said, "nothing_to_say": len(waiting) - said}
        transaction.set_rollback(True)
    return counts


@transaction.atomic
def prepare(week: Week, now: datetime) -> tuple[Digest, int]:
    """The week's issue and a waiting row for everybody who wants it; how many rows are new."""
    prepared = issue.make(week, now)
    confirmed = Subscription.objects.filter(subscriber=OuterRef("pk"), confirmed_at__isnull=False)
    known = Delivery.objects.filter(subscriber=OuterRef("pk"), kind=KIND, period=week.period)
    people = Subscriber.objects.active().filter(Exists(confirmed), ~Exists(known))
    rows = [
        Delivery(subscriber_id=pk, kind=KIND, period=week.period, message_id=_message_id(week, pk))
        for pk in people.values_list("pk", flat=True)
    ]
    made = Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=5000)
    return prepared, len(made)


def _message_id(week: Week, subscriber: int) -> str:
    """The same for every attempt, so that a mail sent twice is shown once."""
    blurred = hashlib.sha256(f"{settings.SECRET_KEY} {week.period} {subscriber}".encode())
    return f"<{week.period}.{blurred.hexdigest()[:24]}@{urlsplit(settings.SITE_URL).hostname}>"


def _waiting(period: str, now: datetime) -> QuerySet[Delivery]:
    subscriptions = Subscription.objects.filter(confirmed_at__isnull=False).select_related(
        "agency", "committee", "member", "commitment"
    )
    return (
        Delivery.objects.filter(kind=KIND, period=period, status=Status.WAITING)
        .filter(Q(leased_until=None) | Q(leased_until__lt=now))
        .select_related("subscriber")
        .prefetch_related(Prefetch("subscriber__subscriptions", subscriptions))
        .order_by("pk")
    )


@transaction.atomic
def claim(period: str, now: datetime) -> list[Delivery]:
    """The next rows that are nobody's, leased to us; other workers pass over them."""
    batch = list(_waiting(period, now).select_for_update(of=("self",), skip_locked=True)[:BATCH])
    Delivery.objects.filter(pk__in=[each.pk for each in batch]).update(
        leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    return batch


def _subscriptions(delivery: Delivery) -> list[Subscription]:
    return list(delivery.subscriber.subscriptions.all())


def _has_news(delivery: Delivery, sections: issue.Sections) -> bool:
    return any(issue.concerning(sections, _subscriptions(delivery)).values())


def deliver(batch: list[Delivery], prepared: Digest, sections: issue.Sections, now: datetime):
    """Send the batch over one connection; yields what became of each, as a key of the counts."""
    bodies: dict[frozenset, compose.Body | None] = {}
    links = [tokens.draft(each.subscriber, MailToken.Purpose.MANAGE, now) for each in batch]
    MailToken.objects.bulk_create([row for _token, row in links])
    connection = get_connection()
    try:
        for delivery, (token, _row) in zip(batch, links, strict=True):
            body = _body(bodies, delivery, prepared, sections)
            yield _deliver_one(connection, delivery, body, token, now)
    finally:
        connection.close()


def _body(bodies: dict, delivery: Delivery, prepared: Digest, sections) -> compose.Body | None:
    """The body for this person's interests, made once for all who share them; None without news."""
    subscriptions = _subscriptions(delivery)
    interests = frozenset(
        (each.scope, each.agency_id, each.committee_id, each.member_id, each.commitment_id)
        for each in subscriptions
    )
    if interests not in bodies:
        chosen = issue.concerning(sections, subscriptions)
        bodies[interests] = (
            compose.digest(prepared, chosen, subscriptions) if any(chosen.values()) else None
        )
    return bodies[interests]


def _deliver_one(connection, delivery: Delivery, body, token: str, now: datetime) -> str:
    subscriber = delivery.subscriber
    if body is None:
        _end(delivery, Status.NOTHING_TO_SAY)
        return "nothing_to_say"
    if not Subscriber.objects.active().filter(pk=subscriber.pk).exists():
        _end(delivery, Status.CANCELLED)
        return "failed"
    mail = compose.digest_message(body, to=subscriber, token=token, message_id=delivery.message_id)
    try:
        connection.open()
        connection.send_messages([mail])
    except (smtplib.SMTPException, OSError) as error:
        connection.close()  # the next mail gets a fresh connection
        _refused(delivery, error, now)
        return "failed"
    _end(delivery, Status.SENT, sent_at=now)
    return "sent"


def _refused(delivery: Delivery, error: Exception, now: datetime) -> None:
    """A lasting refusal ends the address alone; anything else waits for the next tick."""
    log.warning("Digest %s to subscriber %s: %s", delivery.period, delivery.subscriber_id, error)
    problem = str(error)[:300]
    if _is_lasting(error):
        _end(delivery, Status.REFUSED, problem=problem)
        Subscriber.objects.filter(pk=delivery.subscriber_id).update(
            suppressed_at=now, suppressed_because=problem
        )
    else:
        Delivery.objects.filter(pk=delivery.pk).update(problem=problem)


def _is_lasting(error: Exception) -> bool:
    """Whether the server said 5xx of this very address."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _words in error.recipients.values()
    )


def _end(delivery: Delivery, status: str, **facts) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(status=status, leased_until=None, **facts)
