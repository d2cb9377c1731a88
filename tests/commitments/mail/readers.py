"""Readers of the digest, and a register with news in every section.

The commitments of the cast are due on Wednesday, November 4, 2026, so they are newly overdue in the issue
of Monday, November 9 (2026-W46)."""

from datetime import date, datetime, timedelta

from commitments import actions
from commitments.models import Commitment, Subscriber, Subscription
from hearings.models import Agency
from tests import cast

MONDAY = date(2026, 11, 9)
NINE = cast.at(MONDAY, 9)
PERIOD = "2026-W46"


def reader(address: str = "reader@example.org", scope: str = "all", **subject) -> Subscriber:
    """Somebody who has confirmed what they asked for."""
    subscriber, _ = Subscriber.objects.get_or_create(
        email=address, defaults={"created_at": cast.NOON, "confirmed_at": cast.NOON}
    )
    Subscription.objects.create(
        subscriber=subscriber,
        scope=scope,
        created_at=cast.NOON,
        confirmed_at=cast.NOON,
        **subject,
    )
    return subscriber


def readers(number: int) -> list[Subscriber]:
    return [reader(f"reader{count}@example.org") for count in range(number)]


def parks() -> Agency:
    return Agency.objects.get_or_create(name="Department of Parks", defaults={"short_name": "DP"})[
        0
    ]


def due(where, day: date, what: str, now: datetime = cast.NOON, **facts) -> Commitment:
    """A published commitment that falls due on that day."""
    commitment = cast.published(where, now=now, what=what, **facts)
    if commitment.due_on != day:
        commitment = actions.extend(
            commitment, by=cast.rita(), now=now, due_on=day, asked_by="agency",
            public_reason="They asked for it.",
        )  # fmt: skip
    return commitment


def news() -> dict[str, Commitment]:
    """One commitment in each section of the issue, and one that is merely overdue."""
    where = cast.hearing()
    long_ago = cast.hearing("Budget: pipes", date(2026, 9, 1))
    lately = cast.hearing("Budget: meters", date(2026, 10, 6))
    closed = due(where, MONDAY + timedelta(days=20), "Send the list of wards")
    cast.answered(closed, date(2026, 11, 3))
    actions.judge(
        closed, by=cast.rita(), now=cast.at(date(2026, 11, 5)), outcome="fulfilled",
        public_reason="The list came.", evidence="The list",
    )  # fmt: skip
    return {
        "newly_overdue": due(where, date(2026, 11, 4), "Count the pipes of last winter"),
        "long_overdue": cast.published(
            long_ago, now=cast.at(date(2026, 9, 2)), what="Publish the map of the mains"
        ),
        "overdue": cast.published(
            lately, now=cast.at(date(2026, 10, 7)), what="Say what the meters cost"
        ),
        "due_soon": due(where, MONDAY + timedelta(days=3), "Brief the committee", agency=parks()),
        "closed": closed,
    }
