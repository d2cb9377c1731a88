"""The desk says what waits, each number a link to its list; the register holds everything."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from commitments import suggesting
from hearings import clock
from hearings.models import Hearing, JobRun
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def rob(client, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: cast.at(date(2026, 11, 24)))
    client.force_login(cast.rob())
    return client


def counts(response) -> dict[str, int]:
    return {name: count for _look, count, name in response.context["counts"]}


def test_it_counts_what_waits(rob):
    where = cast.hearing()
    cast.draft(where)
    cast.opened(where)
    cast.answered(cast.opened(where))
    desk = rob.get(reverse("desk"))
    assert counts(desk) == {"drafts": 1, "to_judge": 1, "soon": 0, "overdue": 1}
    assert desk.context["unknown"] == 1


def test_every_number_opens_the_list_behind_it(rob):
    where = cast.hearing()
    cast.draft(where), cast.opened(where), cast.answered(cast.opened(where))
    for query, wanted in (("state=draft", 1), ("state=response_received", 1), ("due=overdue", 1), ("due=soon", 0)):  # fmt: skip
        address = f"{reverse('register')}?{query}"
        assert address.replace("&", "&amp;") in rob.get(reverse("desk")).text
        assert rob.get(address).context["page"].paginator.count == wanted


def test_suggestions_are_counted_by_hearing(rob):
    where = cast.hearing()
    suggesting.refresh(where, now=cast.NOON)
    shown = rob.get(reverse("desk")).context["hearings"][0]
    assert shown.suggested == where.suggestions.count() > 0
    assert reverse("hearing-tag", args=[where.slug]) in rob.get(reverse("desk")).text


def test_it_says_when_each_job_last_ran(rob):
    JobRun.objects.create(name="flag_overdue", last_success=cast.NOON)
    text = rob.get(reverse("desk")).text
    assert "Notice what is overdue" in text and "flag_overdue" not in text
    assert "Wednesday, October 21, 2026, 12:00 p.m." in text


@pytest.mark.parametrize(("minutes", "is_late"), [(30, False), (31, True)])
def test_a_job_is_late_where_readyz_calls_it_late(rob, minutes, is_late):
    last = clock.now() - timedelta(minutes=minutes)
    JobRun.objects.create(name="flag_overdue", last_success=last)
    told = rob.get(reverse("desk")).text.split("Notice what is overdue")[1].split("</div>")[0]
    assert ("late" in told) == is_late


def test_an_empty_desk_says_so(rob):
    assert "No hearing has been added yet" in rob.get(reverse("desk")).text
    assert "No commitment fits" in rob.get(reverse("register")).text


def test_the_register_knows_drafts_and_unlisted_hearings(rob):
    where = cast.hearing()
    cast.draft(where)
    Hearing.objects.update(is_unlisted=True)
    page = rob.get(f"{reverse('register')}?hearing={where.slug}&state=draft").context["page"]
    assert page.paginator.count == 1


@pytest.mark.parametrize("name", ["desk", "register"])
def test_it_needs_a_role(client, name):
    client.force_login(cast.person("Nobody"))
    assert client.get(reverse(name)).status_code == 403
    client.logout()
    assert reverse("login") in client.get(reverse(name)).url


@pytest.mark.parametrize("count", [2, 25])
@pytest.mark.parametrize("name", ["desk", "register"])
def test_it_costs_the_same_for_any_number(rob, name, count, django_assert_max_num_queries):
    where = cast.hearing()
    for _each in range(count):
        cast.opened(where)
    with django_assert_max_num_queries(34):
        rob.get(reverse(name))
