"""One week's issue: what stands in it, as ids, and what of it concerns whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from commitments.lifecycle import CLOSED, State
from commitments.mail.weeks import Week
from commitments.models import Commitment, CommitmentQuerySet, Digest, Subscription
from commitments.public import shown
from hearings import clock
from hearings.models import Host

SECTIONS = {
    "newly_overdue": _("Newly overdue"),
    "long_overdue": _("Long overdue"),
    "due_soon": _("Due in the next 7 days"),
    "closed": _("Closed this week"),
}
MOST = 25  # commitments shown of a section; the rest is counted and stands on the list
ONE_DAY = timedelta(days=1)

Interest = tuple[str, int | None]  # a scope and whose it is: ("agency", 7)
EVERYTHING: Interest = (Subscription.Scope.ALL, None)


def interest(subscription: Subscription) -> Interest:
    subject = (
        subscription.agency_id
        or subscription.committee_id
        or subscription.member_id
        or subscription.commitment_id
    )
    return subscription.scope, subject


# Writing it down


def make(week: Week, now: datetime) -> Digest:
    """The issue of the week, written down once; later calls find it. Locks its row: who comes at the
    same moment waits until the first is done."""
    return Digest.objects.select_for_update().get_or_create(
        period=week.period,
        defaults={
            "covers_from": week.covers_from,
            "covers_to": week.covers_to,
            "prepared_at": now,
            "figures": _figures(Commitment.objects.public(), week),
            "sections": {
                name: list(chosen.values_list("pk", flat=True))
                for name, chosen in _chosen(Commitment.objects.public(), week).items()
            },
        },
    )[0]


def _figures(public: CommitmentQuerySet, week: Week) -> dict[str, int]:
    return {
        "open": public.live().count(),
        "overdue": public.overdue(week.monday).count(),
        "long_overdue": public.long_overdue(week.monday).count(),
        "fulfilled": public.filter(state=State.FULFILLED).count(),
    }


def _chosen(public: CommitmentQuerySet, week: Week) -> dict[str, CommitmentQuerySet]:
    """What belongs into each section, by dates and not by when a job noticed it; and all that is
    overdue, from which the verdict of each reader is counted.

    What was published after it fell due is old already, so importing old hearings floods nobody.
    """
    overdue = public.overdue(week.monday).worst_first()
    became = overdue.filter(due_on__range=(week.covers_from - ONE_DAY, week.covers_to - ONE_DAY))
    published_on = TruncDate("published_at", tzinfo=clock.zone())
    due_next = public.running().filter(due_on__range=(week.monday, week.monday + 6 * ONE_DAY))
    closed = public.filter(state__in=CLOSED, closed_on__range=(week.covers_from, week.covers_to))
    return {
        "overdue": overdue,
        "newly_overdue": became.alias(published_on=published_on).filter(
            published_on__lte=F("due_on")
        ),
        "long_overdue": public.long_overdue(week.monday).worst_first(),
        "due_soon": due_next.worst_first(),
        "closed": closed.order_by("closed_on", "pk"),
    }


# Reading it


def read(digest: Digest) -> dict[str, list[Commitment]]:
    """The sections' commitments as they stand now, so that a correction reaches an old issue; those
    that are no longer public are left out."""
    ids = {pk for name in SECTIONS for pk in digest.sections.get(name, [])}
    public = shown.whole(Commitment.objects.public())
    found = {each.pk: each for each in public.filter(pk__in=ids)}
    return {
        name: [found[pk] for pk in digest.sections.get(name, []) if pk in found]
        for name in SECTIONS
    }


@dataclass(frozen=True)
class Section:
    """The first `MOST` of what one reader is told under a title, and how many there are in all."""

    name: str
    title: str
    count: int
    commitments: list[Commitment]

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.commitments)


class Issue:
    """A digest, read once for any number of readers, in a constant number of queries."""

    def __init__(self, digest: Digest) -> None:
        self.digest = digest
        self.sections = read(digest)
        self.overdue = set(digest.sections.get("overdue", []))
        in_sections = {each.pk for chosen in self.sections.values() for each in chosen}
        self._concerns = _concerns(self.overdue | in_sections)

    @property
    def monday(self) -> date:
        """The day it speaks of when it says how late something is."""
        return self.digest.covers_to + ONE_DAY

    def has_news_for(self, interests: Iterable[Interest]) -> bool:
        return bool(self.sections_for(interests))

    def figures_for(self, interests: Iterable[Interest]) -> dict[str, int]:
        """How many of what they ask for are overdue in all, and how many stand in each section."""
        counts = dict.fromkeys(SECTIONS, 0)
        counts |= {section.name: section.count for section in self.sections_for(interests)}
        return counts | {"overdue": len(self.overdue & self._wanted(interests))}

    def sections_for(self, interests: Iterable[Interest]) -> list[Section]:
        """What they ask for, each commitment once a section, in the order of the issue."""
        wanted = self._wanted(interests)
        sections = []
        for name, title in SECTIONS.items():
            chosen = [each for each in self.sections[name] if each.pk in wanted]
            if chosen:
                sections.append(Section(name, str(title), len(chosen), chosen[:MOST]))
        return sections

    def _wanted(self, interests: Iterable[Interest]) -> set[int]:
        return set().union(*(self._concerns.get(each, ()) for each in interests))


def _concerns(ids: set[int]) -> dict[Interest, set[int]]:
    """Which of these commitments, if public, each interest asks for."""
    scope = Subscription.Scope
    rows = list(
        Commitment.objects.public()
        .filter(pk__in=ids)
        .values_list("pk", "hearing", "agency", "owed_to_member", "owed_to_committee")
    )
    sat = defaultdict(set)
    for hearing, committee in Host.objects.filter(
        hearing__in={hearing for _pk, hearing, *_rest in rows}
    ).values_list("hearing", "committee"):
        sat[hearing].add(committee)
    concerns: dict[Interest, set[int]] = defaultdict(set)
    for pk, hearing, agency, member, owed_to in rows:
        whom = {EVERYTHING, (scope.ITEM, pk), (scope.AGENCY, agency), (scope.MEMBER, member)}
        for each in whom | {(scope.COMMITTEE, committee) for committee in sat[hearing] | {owed_to}}:
            concerns[each].add(pk)
    return concerns
