"""The sweep notices what is late, once, and takes it back when it no longer is."""

from datetime import date, timedelta

import pytest

from commitments import actions
from commitments.overdue import flag_overdue
from tests import cast

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 4)


def sweep(today: date) -> tuple[int, int]:
    counts = flag_overdue(today=today, now=cast.at(today))
    return counts["flagged"], counts["unflagged"]


def test_due_today_is_not_overdue():
    cast.opened()
    assert sweep(DUE) == (0, 0)


def test_the_day_after_it_is_flagged_once():
    commitment = cast.opened()
    assert sweep(DUE + timedelta(days=1)) == (1, 0)
    assert sweep(DUE + timedelta(days=1)) == (0, 0)
    assert commitment.events.filter(act="flag").count() == 1


def test_a_due_date_moved_forward_unflags():
    commitment = cast.opened()
    sweep(DUE + timedelta(days=1))
    actions.extend(
        commitment, by=cast.rita(), now=cast.at(DUE + timedelta(days=1)),
        due_on=DUE + timedelta(days=30), asked_by="agency", public_reason="They asked.",
    )  # fmt: skip
    assert sweep(DUE + timedelta(days=1)) == (0, 1)


def test_an_answer_stops_the_clock():
    cast.answered(cast.opened())
    assert sweep(DUE + timedelta(days=30)) == (0, 0)


def test_it_costs_three_queries_whatever_the_number(django_assert_max_num_queries):
    where = cast.hearing()
    for _ in range(3):
        cast.opened(where)
    with django_assert_max_num_queries(5):  # three and a savepoint's two
        assert sweep(DUE + timedelta(days=1)) == (3, 0)
