"""The published figures, each with its n, on stories whose outcome can be counted by hand."""

from datetime import date, timedelta

import pytest

from commitments import actions, statistics
from commitments.dates import Basis, Due
from commitments.models import Commitment
from commitments.statistics import Rate
from hearings.models import Agency
from tests import cast

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 4)  # of everything said on October 20, by the target
TODAY = date(2026, 11, 24)


def figures(today: date = TODAY) -> statistics.Figures:
    return statistics.figures(Commitment.objects.public(), today)


def fulfilled(where, received_on: date, **facts) -> Commitment:
    commitment = cast.answered(cast.published(where, **facts), received_on)
    return actions.judge(
        commitment, by=cast.rita(), now=cast.at(received_on + timedelta(days=1)),
        outcome="fulfilled", public_reason="Met.", evidence="Letter",
    )  # fmt: skip


def extended(commitment: Commitment, due_on: date) -> Commitment:
    return actions.extend(
        commitment, by=cast.rita(), now=cast.NOON, due_on=due_on, asked_by="agency",
        public_reason="They asked.",
    )  # fmt: skip


@pytest.fixture
def where():
    return cast.hearing()


def test_nothing_has_no_percentage():
    nothing = figures()
    assert nothing.our_targets == Rate(0, 0)
    assert (nothing.our_targets.percent, nothing.median_days, nothing.extensions_each) == (
        None,
        None,
        None,
    )


def test_counts(where):
    cast.published(where)
    fulfilled(where, DUE)
    fulfilled(where, DUE + timedelta(days=1))
    dropped = cast.published(where)
    actions.drop(
        dropped, by=cast.lea(), now=cast.NOON, reason_code="overtaken", public_reason="Law."
    )
    cast.opened(where)  # not public
    found = figures()
    assert (found.made, found.open, found.overdue, found.long_overdue) == (4, 1, 1, 0)
    assert (found.fulfilled, found.fulfilled_on_time, found.fulfilled_late) == (2, 1, 1)
    assert (found.partly, found.not_fulfilled, found.dropped) == (0, 0, 1)
    assert found.since == cast.HELD_ON


def test_on_time_is_of_all_that_fell_due(where):
    fulfilled(where, DUE)
    fulfilled(where, DUE + timedelta(days=1))
    cast.published(where)
    assert figures(DUE).our_targets == Rate(1, 2)
    assert figures(DUE + timedelta(days=1)).our_targets == Rate(1, 3)
    assert figures().our_targets.percent == 33


def test_spoken_dates_and_targets_are_never_one_figure(where):
    fulfilled(where, DUE)
    spoken = cast.draft(where)
    actions.edit(
        spoken,
        by=cast.cora(),
        now=cast.NOON,
        due=Due(date(2026, 10, 30), Basis.SPOKEN, "by Friday"),
    )
    spoken = actions.confirm(spoken, by=cast.rita(), now=cast.NOON)
    actions.publish(spoken, by=cast.rita(), now=cast.NOON)
    assert (figures().own_dates, figures().our_targets) == (Rate(0, 1), Rate(1, 1))


def test_an_extension_counts_only_beside_the_first_date(where):
    late = extended(cast.published(where), DUE + timedelta(days=9))
    answered = cast.answered(late, DUE + timedelta(days=5))
    actions.judge(
        answered, by=cast.rita(), now=cast.at(DUE + timedelta(days=6)), outcome="fulfilled",
        public_reason="Met.", evidence="Letter",
    )  # fmt: skip
    found = figures()
    assert (found.our_targets, found.our_targets_extended) == (Rate(0, 1), Rate(1, 1))
    assert (found.extensions, found.extensions_each) == (1, 1.0)


def test_an_answer_under_review_that_came_in_time_has_not_fallen_due(where):
    cast.answered(cast.published(where), DUE)
    assert figures().our_targets == Rate(0, 0)
    cast.answered(cast.published(where), DUE + timedelta(days=1))
    assert figures().our_targets == Rate(0, 1)


def test_days_that_the_council_took_are_not_the_agencys(where):
    commitment = cast.answered(cast.published(where), DUE - timedelta(days=10))
    commitment = actions.judge(
        commitment, by=cast.rita(), now=cast.at(DUE + timedelta(days=9)), outcome="not_enough",
        public_reason="A page is missing.",
    )  # fmt: skip
    assert commitment.council_days > 0
    received_on = DUE + timedelta(days=commitment.council_days)
    answered = cast.answered(commitment, received_on)
    actions.judge(
        answered, by=cast.rita(), now=cast.at(received_on), outcome="fulfilled",
        public_reason="Met.", evidence="Letter",
    )  # fmt: skip
    assert figures(received_on).our_targets == Rate(1, 1)


def test_the_figures_agree_with_each_commitment(where):
    for days in (-3, 0, 1, 6):
        fulfilled(where, DUE + timedelta(days=days))
    by_hand = [each.was_fulfilled_on_time for each in Commitment.objects.public()]
    found = figures()
    assert (found.fulfilled_on_time, found.fulfilled_late) == (by_hand.count(True), by_hand.count(False))  # fmt: skip


def test_median_days_run_from_the_hearing_to_the_answer(where):
    for days in (5, 9, 30):
        fulfilled(where, cast.HELD_ON + timedelta(days=days))
    assert figures().median_days == 9


def test_ageing_counts_every_open_one_once():
    for held_on in (date(2026, 10, 20), date(2026, 9, 1), date(2025, 6, 3)):
        cast.published(cast.hearing(f"On {held_on}", held_on), cast.at(held_on))
    fulfilled(cast.hearing("On 2026-10-20", date(2026, 10, 20)), DUE)
    found = [(age.least, age.open, age.overdue) for age in figures().ageing if age.open]
    assert found == [(31, 1, 1), (61, 1, 1), (366, 1, 1)]


@pytest.mark.parametrize("days", [0, 30, 31, 60, 61, 90, 91, 180, 181, 365, 366, 900])
def test_the_ages_have_no_gap_and_no_overlap(where, days):
    cast.published(where)
    inside = [age for age in figures(cast.HELD_ON + timedelta(days=days)).ageing if age.open]
    assert len(inside) == 1
    assert inside[0].least <= days and (inside[0].most is None or days <= inside[0].most)


def test_by_agency_is_most_overdue_first_and_knows_only_what_is_given(where):
    fire = Agency.objects.create(name="Fire Board")
    Agency.objects.create(name="Silent Office")
    cast.published(where)
    for _ in range(2):
        cast.published(where, agency=fire)
    cast.opened(where)
    found = statistics.by_agency(Commitment.objects.public(), TODAY)
    assert [(agency.name, tally.made, tally.overdue) for agency, tally in found] == [
        ("Fire Board", 2, 2),
        ("Water Authority", 1, 1),
    ]


def test_the_cost_is_constant(where, django_assert_max_num_queries):
    cast.published(where)
    with django_assert_max_num_queries(9) as few:
        figures()
    for _ in range(4):
        cast.published(where)
    with django_assert_max_num_queries(len(few)):
        figures()
