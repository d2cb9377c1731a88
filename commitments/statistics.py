"""The numbers the field publishes, for organizations only, each with the number of cases it rests on."""

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import Count, Q

from commitments.dates import Basis
from commitments.lifecycle import LIVE, RUNNING, State
from commitments.models import Commitment, CommitmentQuerySet
from commitments.models.commitment import LONG
from hearings.models import Agency

AGES = ((0, 30), (31, 60), (61, 90), (91, 180), (181, 365), (366, None))


@dataclass(frozen=True)
class Share:
    """So many of n."""

    part: int
    n: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.n) if self.n else None


@dataclass(frozen=True)
class Age:
    """Open commitments that have waited from `first` to `last` days since they were said."""

    first: int
    last: int | None
    open: int
    overdue: int


@dataclass(frozen=True)
class Figures:
    made: int
    open: int
    overdue: int
    long_overdue: int
    fulfilled: int
    partly: int
    not_fulfilled: int
    dropped: int
    on_time_spoken: Share
    on_time_target: Share
    median_days: int | None
    answered: int
    extensions: int
    ages: list[Age]


def _is_overdue(today: date) -> Q:
    return Q(state__in=RUNNING, stopped_on=None, due_on__lt=today)


def figures(commitments: CommitmentQuerySet, today: date) -> Figures:
    """The figures of these public commitments on this day, in three queries."""
    late = _is_overdue(today)
    counts = commitments.aggregate(
        made=Count("pk"),
        open=Count("pk", Q(state__in=LIVE)),
        overdue=Count("pk", late),
        long_overdue=Count("pk", late & Q(due_on__lt=today - LONG)),
        fulfilled=Count("pk", Q(state=State.FULFILLED)),
        partly=Count("pk", Q(state=State.PARTLY_FULFILLED)),
        not_fulfilled=Count("pk", Q(state=State.NOT_FULFILLED)),
        dropped=Count("pk", Q(state=State.DROPPED)),
    )
    rows = list(
        commitments.exclude(state=State.DROPPED).values_list(
            "state", "due_basis", "original_due_on", "council_days", "fulfilled_on",
            "hearing__held_on", "due_on", "stopped_on",
        )
    )  # fmt: skip
    waited = [
        (fulfilled_on - held_on).days
        for _state, _basis, _due, _days, fulfilled_on, held_on, *_rest in rows
        if fulfilled_on
    ]
    return Figures(
        **counts,
        on_time_spoken=_on_time(rows, (Basis.SPOKEN,), today),
        on_time_target=_on_time(rows, (Basis.TARGET, Basis.LETTER), today),
        median_days=round(median(waited)) if waited else None,
        answered=len(waited),
        extensions=commitments.filter(events__act="extend").count(),
        ages=_ages(rows, today),
    )


def _on_time(rows: list[tuple], bases: tuple[str, ...], today: date) -> Share:
    """Of all that fell due by their first dates, those whose fulfilling answer came in time."""
    part = n = 0
    for _state, basis, first_due, council_days, fulfilled_on, *_rest in rows:
        if basis not in bases or first_due is None:
            continue
        allowed = first_due + timedelta(days=council_days)
        if allowed < today or fulfilled_on:
            n += 1
            part += bool(fulfilled_on and fulfilled_on <= allowed)
    return Share(part, n)


def _ages(rows: list[tuple], today: date) -> list[Age]:
    waiting = [
        ((today - held_on).days, state in RUNNING and stopped is None and due and due < today)
        for state, _basis, _first, _days, _fulfilled, held_on, due, stopped in rows
        if state in LIVE
    ]
    ages = []
    for first, last in AGES:
        inside = [
            late for days, late in waiting if first <= days and (last is None or days <= last)
        ]
        ages.append(Age(first, last, len(inside), sum(map(bool, inside))))
    return ages


def by_agency(today: date) -> list[Agency]:
    """Agencies with public commitments, most overdue first, each with open, overdue and fulfilled."""
    public = Q(commitments__in=Commitment.objects.public())
    late = Q(
        commitments__state__in=RUNNING,
        commitments__stopped_on=None,
        commitments__due_on__lt=today,
    )
    return list(
        Agency.objects.annotate(
            made=Count("commitments", public),
            open=Count("commitments", public & Q(commitments__state__in=LIVE)),
            overdue=Count("commitments", public & late),
            fulfilled=Count("commitments", public & Q(commitments__state=State.FULFILLED)),
        )
        .filter(made__gt=0)
        .order_by("-overdue", "-open", "name")
    )
