"""prepare → claim → compose → deliver. A row per subscriber and week is the promise that nobody gets two
mails or none; what a dying worker had claimed is taken up again when its lease runs out.

Leases run by the database's clock: workers needn't agree on theirs, and CLOCK_AT doesn't hold them."""

import hashlib
import logging
import smtplib
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Now

from commitments.mail import compose, issue, tokens
from commitments.mail.compose import Body
from commitments.mail.issue import Issue, interest
from commitments.mail.refusals import Meaning, understand
from commitments.mail.weeks import Week, week_due
from commitments.models import Delivery, Digest, MailToken, Subscriber, Subscription
from hearings.models import Council

KIND = "digest"
BATCH = 500
GLANCE = 125  # mails between two looks at who has unsubscribed meanwhile
LEASE = timedelta(minutes=10)
RESERVE = timedelta(minutes=3)  # no mail is begun in the last minutes of a lease
PATIENCE = (
    3  # mails in a row that may fail by the server before it is left alone until the next tick
)
Status = Delivery.Status
log = logging.getLogger(__name__)


def send_digest(now: datetime) -> dict:
    """Prepare the digest that is due and deliver what waits; counts of what happened.

    Twice, or twice at once, sends nothing the second time. Nothing is due on a Monday before nine.
    """
    week = _week_to_send(now)
    if week is None:
        return _counts(None)
    number = prepare(week, now)
    outcomes = _one_pass(week, now)
    return _counts(
        week.period,
        prepared=number,
        sent=outcomes[Status.SENT],
        nothing_to_say=outcomes[Status.NOTHING_TO_SAY],
        failed=outcomes[Status.REFUSED] + outcomes[Status.WAITING],
    )


def _week_to_send(now: datetime) -> Week | None:
    return None if Council.current().internal_only else week_due(now)


def try_out(now: datetime) -> dict:
    """What `send_digest` would do now; nothing is sent and nothing stays written."""
    week = _week_to_send(now)
    if week is None:
        return _counts(None)
    with transaction.atomic():
        number = prepare(week, now)
        read = _issue(week)
        waiting = [_interests(each) for each in _waiting(week.period)]
        told = sum(read.has_news_for(each) for each in waiting)
        transaction.set_rollback(True)
    return _counts(week.period, prepared=number, sent=told, nothing_to_say=len(waiting) - told)


def _counts(period: str | None, prepared=0, sent=0, nothing_to_say=0, failed=0) -> dict:
    return {
        "period": period,
        "prepared": prepared,
        "sent": sent,
        "nothing_to_say": nothing_to_say,
        "failed": failed,
    }


# Prepare


@transaction.atomic
def prepare(week: Week, now: datetime) -> int:
    """The week's issue and a waiting row for everybody who wants it; how many rows are new. Who
    subscribes later in the week gets a row then."""
    issue.make(week, now)
    known = Delivery.objects.filter(subscriber=OuterRef("pk"), kind=KIND, period=week.period)
    wishes = _confirmed().filter(subscriber=OuterRef("pk"))
    people = Subscriber.objects.active().filter(Exists(wishes), ~Exists(known))
    rows = [
        Delivery(subscriber_id=pk, kind=KIND, period=week.period, message_id=_message_id(week, pk))
        for pk in people.values_list("pk", flat=True)
    ]
    return len(Delivery.objects.bulk_create(rows, batch_size=5000))


def _confirmed() -> QuerySet[Subscription]:
    return Subscription.objects.filter(confirmed_at__isnull=False)


def _message_id(week: Week, subscriber: int) -> str:
    """The same for every attempt, so that a mail sent twice is shown once."""
    blurred = hashlib.sha256(f"{settings.SECRET_KEY} {week.period} {subscriber}".encode())
    return f"<{week.period}.{blurred.hexdigest()[:24]}@{urlsplit(settings.SITE_URL).hostname}>"


def _issue(week: Week) -> Issue:
    return Issue(Digest.objects.get(period=week.period))


# Claim


def _waiting(period: str) -> QuerySet[Delivery]:
    """Deliveries that are nobody's now, with what their readers want."""
    wishes = _confirmed().select_related("agency", "committee", "member", "commitment")
    return (
        Delivery.objects.filter(kind=KIND, period=period, status=Status.WAITING)
        .filter(Q(leased_until=None) | Q(leased_until__lt=Now()))
        .select_related("subscriber")
        .prefetch_related(Prefetch("subscriber__subscriptions", wishes))
        .order_by("pk")
    )


@transaction.atomic
def claim(period: str, after: int = 0) -> list[Delivery]:
    """The next rows that are nobody's, leased to us; other workers pass over them."""
    free = _waiting(period).filter(pk__gt=after)
    batch = list(free.select_for_update(of=("self",), skip_locked=True)[:BATCH])
    _rows(batch).update(leased_until=Now() + LEASE, attempts=F("attempts") + 1)
    return batch


def _rows(deliveries: Iterable[Delivery]) -> QuerySet[Delivery]:
    return Delivery.objects.filter(pk__in=[each.pk for each in deliveries])


def _wishes(delivery: Delivery) -> list[Subscription]:
    return list(delivery.subscriber.subscriptions.all())


def _interests(delivery: Delivery) -> frozenset:
    return frozenset(map(interest, _wishes(delivery)))


# Compose


@dataclass(frozen=True)
class Letter:
    """A claimed row with the body its reader shares with others, and the reader's own link."""

    delivery: Delivery
    body: Body
    token: str

    def message(self, now: datetime):
        return compose.digest_message(
            self.body,
            to=self.delivery.subscriber,
            token=self.token,
            message_id=self.delivery.message_id,
            now=now,
        )


def write(batch: list[Delivery], read: Issue, now: datetime) -> list[Letter]:
    """The letters of the batch, for those for whom there is news."""
    bodies: dict[frozenset, Body | None] = {}
    letters, links = [], []
    for delivery in batch:
        interests = _interests(delivery)
        if interests not in bodies:
            bodies[interests] = compose.digest(read, _wishes(delivery))
        if body := bodies[interests]:
            token, row = tokens.draft(delivery.subscriber, MailToken.Purpose.MANAGE, now)
            letters.append(Letter(delivery, body, token))
            links.append(row)
    MailToken.objects.bulk_create(links)
    return letters


# Deliver


def _one_pass(week: Week, now: datetime) -> Counter:
    """Once through all that waits, in batches; what has to be tried again waits for the next tick."""
    outcomes: Counter = Counter()
    read = _issue(week)
    last = 0
    while batch := claim(week.period, after=last):
        last = batch[-1].pk
        carrier = Carrier(now)
        carrier.deliver(batch, write(batch, read, now))
        outcomes += carrier.outcomes
        if carrier.is_at_a_loss:
            log.warning("The mail server fails; the rest of %s waits.", week.period)
            break
    return outcomes


class Carrier:
    """Delivers one claimed batch over one connection."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.outcomes: Counter = Counter()
        self.setbacks = 0
        self.until = time.monotonic() + (LEASE - RESERVE).total_seconds()

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self.until

    @property
    def is_at_a_loss(self) -> bool:
        return self.setbacks >= PATIENCE

    def deliver(self, batch: list[Delivery], letters: list[Letter]) -> None:
        told = {letter.delivery.pk for letter in letters}
        self._end([each for each in batch if each.pk not in told], Status.NOTHING_TO_SAY)
        with closing(get_connection()) as connection:
            for letter in self._still_wanted(letters):
                if self.is_at_a_loss or not self.has_time:
                    self._give_back(batch)
                    break
                self._send(connection, letter)

    def _give_back(self, batch: list[Delivery]) -> None:
        """Let others have what is left; at the end of a lease it is theirs by itself."""
        if self.has_time:
            _rows(batch).filter(status=Status.WAITING).update(leased_until=None)

    def _still_wanted(self, letters: list[Letter]) -> Iterator[Letter]:
        """The letters but for those whose reader has left since the batch was claimed."""
        for start in range(0, len(letters), GLANCE):
            few = letters[start : start + GLANCE]
            readers = [letter.delivery.subscriber_id for letter in few]
            active = Subscriber.objects.active().filter(pk__in=readers)
            staying = set(active.values_list("pk", flat=True))
            left = [each.delivery for each in few if each.delivery.subscriber_id not in staying]
            self._end(left, Status.CANCELLED)
            yield from (each for each in few if each.delivery.subscriber_id in staying)

    def _send(self, connection, letter: Letter) -> None:
        try:
            connection.open()
            connection.send_messages([letter.message(self.now)])
        except (smtplib.SMTPException, OSError) as error:
            self._refused(connection, letter.delivery, error)
        else:
            self.setbacks = 0
            self._end([letter.delivery], Status.SENT, sent_at=self.now)

    def _refused(self, connection, delivery: Delivery, error: Exception) -> None:
        refusal = understand(error)
        problem = refusal.words[:300]
        log.warning("%s, subscriber %s: %s", delivery.period, delivery.subscriber_id, problem)
        if refusal.meaning is Meaning.TROUBLE:
            self.setbacks += 1
            connection.close()  # the next mail gets a fresh one
        if refusal.meaning is Meaning.NO_SUCH_ADDRESS:
            Subscriber.objects.filter(pk=delivery.subscriber_id).update(
                suppressed_at=self.now, suppressed_because=problem
            )
        is_over = refusal.meaning in (Meaning.NO_SUCH_ADDRESS, Meaning.NOT_THIS_MAIL)
        self._end([delivery], Status.REFUSED if is_over else Status.WAITING, problem=problem)

    def _end(self, deliveries: list[Delivery], status: str, **facts) -> None:
        """Write down what became of them, each for itself as it happens: a crash at the k-th leaves
        the others to be sent."""
        if deliveries:
            self.outcomes[status] += len(deliveries)
            _rows(deliveries).update(status=status, leased_until=None, **facts)
