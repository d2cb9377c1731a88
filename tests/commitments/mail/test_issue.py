"""What stands in a week's issue, and whom it concerns."""

from datetime import date, timedelta

import pytest

from commitments import actions
from commitments.mail import issue
from commitments.mail.issue import EVERYTHING, Issue
from commitments.mail.weeks import Week
from commitments.models import Digest
from hearings.models import Committee, Hearing
from tests import cast
from tests.commitments.mail import readers
from tests.commitments.mail.readers import MONDAY, NINE

pytestmark = pytest.mark.django_db


def made(monday: date = MONDAY) -> Issue:
    return Issue(issue.make(Week(monday), cast.at(monday, 9)))


def titles(read: Issue, *interests) -> dict[str, list[str]]:
    sections = read.sections_for(interests or [EVERYTHING])
    return {each.name: [commitment.what for commitment in each.commitments] for each in sections}


def test_each_commitment_stands_where_its_dates_put_it():
    readers.news()
    assert titles(made()) == {
        "newly_overdue": ["Count the pipes of last winter"],
        "long_overdue": ["Publish the map of the mains"],
        "due_soon": ["Brief the committee"],
        "closed": ["Send the list of wards"],
    }


def test_figures_count_also_what_is_merely_overdue():
    readers.news()
    assert made().figures_for([EVERYTHING]) == {
        "overdue": 3, "newly_overdue": 1, "long_overdue": 1, "due_soon": 1, "closed": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("due_on", "is_news"),
    [
        (date(2026, 10, 30), False),  # overdue since Saturday of the week before
        (date(2026, 11, 2), True),
        (date(2026, 11, 6), True),  # overdue since Saturday
        (date(2026, 11, 9), False),  # due today
    ],
)
def test_newly_overdue_turned_so_in_the_seven_days_before(due_on, is_news):
    where = cast.hearing(held_on=date(2026, 10, 6))
    readers.due(where, due_on, "Send it", now=cast.at(date(2026, 10, 7)))
    assert ("newly_overdue" in titles(made())) is is_news


def test_what_turned_overdue_on_the_monday_itself_is_next_weeks_news():
    readers.due(cast.hearing(), MONDAY, "Send it")
    assert "newly_overdue" not in titles(made())
    assert "newly_overdue" in titles(made(MONDAY + timedelta(days=7)))


def test_late_in_the_evening_of_the_last_day_is_still_in_time():
    """22:30 in the council's zone is the next day by UTC."""
    commitment = cast.opened()
    actions.publish(commitment, by=cast.rita(), now=cast.at(date(2026, 11, 4), 22, 30))
    assert "newly_overdue" in titles(made())


def test_importing_old_hearings_floods_nobody():
    where = cast.hearing()
    for _ in range(3):
        cast.published(where, now=cast.at(date(2026, 11, 5)))
    assert titles(made()) == {}


def test_nothing_that_is_not_public_gets_in():
    cast.opened()
    assert titles(made()) == {}


def test_what_is_no_longer_public_is_left_out_of_an_old_issue():
    commitment = readers.news()["newly_overdue"]
    digest = made().digest
    actions.unpublish(commitment, by=cast.rita(), now=NINE, public_reason="Entered twice.")
    assert "newly_overdue" not in titles(Issue(digest))
    assert Issue(digest).figures_for([EVERYTHING])["overdue"] == 2


def test_a_hearing_taken_off_the_public_pages_takes_its_commitments_along():
    readers.news()
    digest = made().digest
    Hearing.objects.update(is_unlisted=True)
    assert titles(Issue(digest)) == {}


def test_a_correction_reaches_an_old_issue():
    commitment = readers.news()["newly_overdue"]
    digest = made().digest
    actions.edit(commitment, by=cast.rita(), now=NINE, what="Count the lead pipes")
    assert titles(Issue(digest))["newly_overdue"] == ["Count the lead pipes"]


def test_it_is_written_down_once():
    readers.news()
    first = made().digest
    readers.due(cast.hearing(), date(2026, 11, 5), "Send another list")
    assert made().digest.sections == first.sections
    assert Digest.objects.count() == 1


def test_an_agencys_reader_is_told_of_that_agency_alone():
    readers.news()
    read = made()
    parks = ("agency", readers.parks().pk)
    assert titles(read, parks) == {"due_soon": ["Brief the committee"]}
    assert read.figures_for([parks])["overdue"] == 0


def test_a_committees_reader_is_told_of_what_is_owed_to_it_or_was_said_before_it():
    readers.news()
    read = made()
    assert titles(read, ("committee", cast.committee().pk)) == titles(read)
    stranger = Committee.objects.create(name="Committee on Parks")
    assert titles(read, ("committee", stranger.pk)) == {}


def test_a_members_and_an_items_reader():
    commitment = readers.news()["newly_overdue"]
    read = made()
    assert titles(read, ("member", cast.odell().pk)) == titles(read)
    assert titles(read, ("item", commitment.pk)) == {"newly_overdue": [commitment.what]}


def test_two_interests_join_and_tell_nothing_twice():
    commitment = readers.news()["newly_overdue"]
    read = made()
    joined = titles(read, ("item", commitment.pk), ("agency", readers.parks().pk), EVERYTHING)
    assert joined == titles(read)


def test_a_long_section_is_cut_and_says_how_long_it_is(monkeypatch):
    monkeypatch.setattr(issue, "MOST", 2)
    where = cast.hearing()
    for number in range(3):
        readers.due(where, date(2026, 11, 4), f"Send list {number}")
    section = made().sections_for([EVERYTHING])[0]
    assert (section.count, len(section.commitments), section.is_cut) == (3, 2, True)


@pytest.mark.parametrize("number", [2, 8])
def test_reading_it_costs_the_same_whatever_its_length(number, django_assert_max_num_queries):
    where = cast.hearing()
    for count in range(number):
        readers.due(where, date(2026, 11, 4), f"Send list {count}")
    digest = made().digest
    with django_assert_max_num_queries(9):
        for section in Issue(digest).sections_for([EVERYTHING]):
            for commitment in section.commitments:
                assert commitment.made.get_absolute_url()
