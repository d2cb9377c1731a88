"""One week's issue: what stands in it, as ids, and what of it concerns whom."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from commitments.lifecycle import CLOSED
from commitments.mail.weeks import Week
from commitments.models import Commitment, CommitmentQuerySet, Digest, Subscription
from hearings import clock

SECTIONS = {
    "newly_overdue": _("Newly overdue"),
    "long_overdue": _("Long overdue"),
    "due_soon": _("Due in the next 7 days"),
    "closed": _("Closed this week"),
}
Sections = dict[str, list[Commitment]]


def make(week: Week, now: datetime) -> Digest:
    """The issue of the week, written down once; later calls find it."""
    public = Commitment.objects.public()
    return Digest.objects.get_or_create(
        period=week.period,
        defaults={
            "covers_from": week.covers_from,
            "covers_to": week.covers_to,
            "prepared_at": now,
            "figures": figures(public, week),
            "sections": {
                name: list(chosen.values_list("pk", flat=True))
                for name, chosen in _chosen(public, week).items()
            },
        },
    )[0]


def figures(commitments: CommitmentQuerySet, week: Week) -> dict[str, int]:
    return {
        "open": commitments.live().count(),
        "overdue": commitments.overdue(week.monday).count(),
        "long_overdue": commitments.long_overdue(week.monday).count(),
        "fulfilled": commitments.filter(state="fulfilled").count(),
    }


def _chosen(public: CommitmentQuerySet, week: Week) -> dict[str, CommitmentQuerySet]:
    """What belongs into each section, by dates and not by when a job noticed it."""
    one_day = timedelta(days=1)
    midnight = datetime.combine(week.covers_to + one_day, time(), tzinfo=clock.zone())
    was_public_in_time = Q(published_at__date__lte=F("due_on"), published_at__lt=midnight)
    newly = public.overdue(week.monday).filter(
        was_public_in_time,
        due_on__range=(week.covers_from - one_day, week.covers_to - one_day),
    )
    due_next = public.running().filter(due_on__range=(week.monday, week.monday + timedelta(days=6)))
    closed = public.filter(state__in=CLOSED, closed_on__range=(week.covers_from, week.covers_to))
    return {
        "newly_overdue": newly.worst_first(),
        "long_overdue": public.long_overdue(week.monday).worst_first(),
        "due_soon": due_next.worst_first(),
        "closed": closed.order_by("closed_on", "pk"),
    }


def read(digest: Digest) -> Sections:
    """The issue's commitments as they stand now, so that a correction reaches an old issue; those
    that are no longer public are left out."""
    ids = {pk for chosen in digest.sections.values() for pk in chosen}
    found = {each.pk: each for each in Commitment.objects.public().for_lists().filter(pk__in=ids)}
    return {
        name: [found[pk] for pk in digest.sections.get(name, []) if pk in found]
        for name in SECTIONS
    }


def concerning(sections: Sections, subscriptions: Iterable[Subscription]) -> Sections:
    """What of the issue a person's subscriptions ask for, each commitment once a section."""
    wanted = list(subscriptions)
    return {
        name: [each for each in chosen if any(_asks_for(one, each) for one in wanted)]
        for name, chosen in sections.items()
    }


def _asks_for(subscription: Subscription, commitment: Commitment) -> bool:
    match subscription.scope:
        case Subscription.Scope.AGENCY:
            return commitment.agency_id == subscription.agency_id
        case Subscription.Scope.COMMITTEE:
            committees = [host.committee_id for host in commitment.hearing.hosts.all()]
            return subscription.committee_id in (*committees, commitment.owed_to_committee_id)
        case Subscription.Scope.MEMBER:
            return commitment.owed_to_member_id == subscription.member_id
        case Subscription.Scope.ITEM:
            return commitment.pk == subscription.commitment_id
    return True
