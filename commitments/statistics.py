"""The numbers the field publishes, for organizations only, each with the number of cases it rests on.

What is open or overdue is told by the register's own conditions (`IS_LIVE`, `is_overdue`), so that a page,
a list and a figure never disagree. Callers give the commitments to count: `.public()` ones on public
pages."""

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta

from django.db.models import (
    Aggregate,
    Case,
    CharField,
    Count,
    DateField,
    DurationField,
    ExpressionWrapper,
    F,
    Min,
    Q,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from commitments.dates import Basis
from commitments.lifecycle import State
from commitments.models import CommitmentQuerySet, Event
from commitments.models.commitment import IS_LIVE, LONG, is_overdue
from hearings.models import Agency

AGES = ((0, 30), (31, 60), (61, 90), (91, 180), (181, 365), (366, None))  # days since it was said
ITS_OWN_DATES = (Basis.SPOKEN, Basis.EVENT, Basis.ROLLING)
OUR_DATES = (Basis.TARGET, Basis.LETTER)


@dataclass(frozen=True)
class Tally:
    """How many were made, and how many of those are still owed (overdue and long overdue among them)
    or fulfilled."""

    made: int = 0
    open: int = 0
    overdue: int = 0
    long_overdue: int = 0
    fulfilled: int = 0

    @property
    def open_not_overdue(self) -> int:
        return self.open - self.overdue

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.made + other.made,
            self.open + other.open,
            self.overdue + other.overdue,
            self.long_overdue + other.long_overdue,
            self.fulfilled + other.fulfilled,
        )


@dataclass(frozen=True)
class Rate:
    """So many of so many."""

    part: int
    n: int

    @property
    def percent(self) -> int | None:
        """Rounded; None of no cases."""
        return round(100 * self.part / self.n) if self.n else None


@dataclass(frozen=True)
class Ageing:
    """The open ones that were said so many days ago; `most` is None where there is no upper end."""

    least: int
    most: int | None
    open: int
    overdue: int

    @property
    def not_overdue(self) -> int:
        return self.open - self.overdue


@dataclass(frozen=True)
class Figures(Tally):
    """All that is published of one organization."""

    since: date | None = None
    fulfilled_on_time: int = 0
    fulfilled_late: int = 0
    partly: int = 0
    not_fulfilled: int = 0
    dropped: int = 0
    own_dates: Rate = field(default=Rate(0, 0))
    own_dates_extended: Rate = field(default=Rate(0, 0))
    our_targets: Rate = field(default=Rate(0, 0))
    our_targets_extended: Rate = field(default=Rate(0, 0))
    median_days: int | None = None
    extensions: int = 0
    ageing: tuple[Ageing, ...] = ()

    @property
    def extensions_each(self) -> float | None:
        return round(self.extensions / self.made, 1) if self.made else None


class Median(Aggregate):
    function = "percentile_cont"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def tally(commitments: CommitmentQuerySet, today: date) -> Tally:
    """One tally of all of these."""
    return Tally(**commitments.order_by().aggregate(**_tallied(today)))


def tallies(commitments: CommitmentQuerySet, today: date, by: str) -> dict[int, Tally]:
    """A tally for each value of a foreign key ("agency", "hearing"), by its id, in one query; ids without
    commitments are missing."""
    counted = commitments.order_by().values(by).annotate(**_tallied(today))
    return {found.pop(by): Tally(**found) for found in counted}


def _tallied(today: date) -> dict[str, Count]:
    return {
        "made": Count("pk"),
        "open": _count(IS_LIVE),
        "overdue": _count(is_overdue(today)),
        "long_overdue": _count(is_overdue(today, by=LONG)),
        "fulfilled": _count(state=State.FULFILLED),
    }


def by_agency(commitments: CommitmentQuerySet, today: date) -> list[tuple[Agency, Tally]]:
    """The agencies that made any of these, most overdue first, each with its tally."""
    found = tallies(commitments, today, "agency")
    agencies = Agency.objects.filter(pk__in=found)
    return sorted(
        ((agency, found[agency.pk]) for agency in agencies),
        key=lambda pair: (-pair[1].overdue, -pair[1].open, pair[0].name),
    )


def figures(commitments: CommitmentQuerySet, today: date) -> Figures:
    """All figures of these commitments on that day, in a constant number of queries."""
    commitments = commitments.order_by()
    counted = commitments.annotate(
        # by the first date and the days the Council itself took
        deadline=ExpressionWrapper(
            F("original_due_on") + F("council_days"), output_field=DateField()
        ),
        waited_until=Coalesce("fulfilled_on", "stopped_on", Value(today), output_field=DateField()),
    ).aggregate(
        since=Min("hearing__held_on"),
        fulfilled_on_time=_count(fulfilled_on__lte=F("deadline")),
        fulfilled_late=_count(fulfilled_on__gt=F("deadline")),
        partly=_count(state=State.PARTLY_FULFILLED),
        not_fulfilled=_count(state=State.NOT_FULFILLED),
        dropped=_count(state=State.DROPPED),
        median=Median(
            ExpressionWrapper(F("fulfilled_on") - F("hearing__held_on"), DurationField()),
            filter=Q(fulfilled_on__isnull=False),
            output_field=DurationField(),
        ),
        **_on_time("own_dates", ITS_OWN_DATES, "deadline"),
        **_on_time("own_dates_extended", ITS_OWN_DATES, "due_on"),
        **_on_time("our_targets", OUR_DATES, "deadline"),
        **_on_time("our_targets_extended", OUR_DATES, "due_on"),
    )
    median = counted.pop("median")
    rates = {
        name: Rate(counted.pop(f"{name}_met"), counted.pop(f"{name}_due"))
        for name in ("own_dates", "own_dates_extended", "our_targets", "our_targets_extended")
    }
    return Figures(
        **asdict(tally(commitments, today)),
        **counted,
        **rates,
        median_days=median.days if median is not None else None,
        extensions=Event.objects.filter(act="extend", commitment__in=commitments).count(),
        ageing=ageing(commitments, today),
    )


def _count(*conditions: Q, **facts) -> Count:
    return Count("pk", filter=Q(*conditions, **facts))


def _on_time(name: str, bases, deadline: str) -> dict[str, Count]:
    """Of all that fell due by `deadline`, how many were answered in full by then.

    An item has fallen due once its date has passed: for one whose clock stands still, passed before the
    clock stopped. What the Council stopped pursuing doesn't count.
    """
    fell_due = (
        Q(due_basis__in=[basis.value for basis in bases])
        & ~Q(state=State.DROPPED)
        & (
            Q(fulfilled_on__isnull=False, **{f"{deadline}__isnull": False})
            | Q(waited_until__gt=F(deadline))
        )
    )
    return {
        f"{name}_due": _count(fell_due),
        f"{name}_met": _count(fell_due, fulfilled_on__lte=F(deadline)),
    }


def ageing(commitments: CommitmentQuerySet, today: date) -> tuple[Ageing, ...]:
    """The open ones by the days since they were said."""
    bucket = Case(
        *(
            When(hearing__held_on__gte=today - timedelta(days=most), then=Value(str(least)))
            for least, most in AGES
            if most is not None
        ),
        default=Value(str(AGES[-1][0])),
        output_field=CharField(),
    )

    def by_age(those: CommitmentQuerySet) -> dict[str, int]:
        return dict(
            those.order_by().annotate(age=bucket).values_list("age").annotate(n=Count("pk"))
        )

    open_ones, overdue = by_age(commitments.live()), by_age(commitments.overdue(today))
    return tuple(
        Ageing(least, most, open_ones.get(str(least), 0), overdue.get(str(least), 0))
        for least, most in AGES
    )
