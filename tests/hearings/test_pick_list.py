"""A counsel finds her meeting among hundreds, sees which one she picked, and is told how old the list is."""

import json
from datetime import date, time, timedelta

import pytest
from celery import current_app
from django.urls import reverse

from hearings import tasks
from hearings.legistar.client import LegistarError
from hearings.models import Hearing, JobRun, Meeting
from tests import cast
from tests.hearings.importing import read
from tracker import services

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NEW = "/staff/hearings/new/"


@pytest.fixture
def connected(calendar, settings):
    settings.LEGISTAR_CLIENT = "marrowbay"
    settings.LEGISTAR_BASE_URL = calendar.address


def meeting(key: int, held_on: date, *committees: str, **facts) -> Meeting:
    names = list(committees or ["Committee on Water"])
    return Meeting.objects.create(
        client="marrowbay", key=key, title=names[0], held_on=held_on, committees=names, **facts
    )


def listed(cora, **asked) -> list[int]:
    return [each.key for each in cora.get(NEW, asked).context["meetings"]]


# Finding it


def test_the_latest_up_to_tomorrow_come_first(cora):
    for key, days in enumerate((-91, -90, 0, 1, 2)):
        meeting(key, date(2026, 10, 21) + timedelta(days=days))
    meeting(9, date(2026, 10, 20), is_off=True)
    assert listed(cora) == [3, 2, 1]


def test_it_is_found_by_words_and_days(cora):
    meeting(1, date(2026, 10, 1), "Committee on Water", "Committee on Harbors")
    meeting(2, date(2026, 10, 2), "Committee on Water")
    meeting(3, date(2027, 2, 3), "Committee on Harbors")
    meeting(4, date(2020, 2, 3), "Committee on Harbors")
    assert listed(cora, q="harbor WATER") == [1]
    assert listed(cora, q="harbors") == [3, 1, 4]
    assert listed(cora, q="", first="2026-10-02", last="") == [3, 2]
    assert listed(cora, first="2026-10-01", last="2026-10-02") == [2, 1]


def test_where_none_fits_the_whole_calendar_is_a_link_away(cora):
    meeting(1, date(2020, 2, 3))
    page = cora.get(NEW, {"q": "water", "first": "2026-10-01", "last": ""})
    assert "No meeting fits." in page.text and 'href="?q=water"' in page.text
    assert listed(cora, q="water") == [1]


def test_days_that_are_none_are_refused_at_their_field(cora):
    meeting(1, date(2026, 10, 1))
    page = cora.get(NEW, {"first": "2026-13-01"})
    assert page.status_code == 200 and page.context["chosen"].errors.keys() == {"first"}


def test_many_come_in_pages_that_keep_the_words(cora):
    for key in range(45):
        meeting(key, date(2026, 10, 1))
    page = cora.get(NEW, {"q": "water", "page": 2})
    assert "45 meetings" in page.text and len(page.context["meetings"]) == 20
    assert "?q=water&amp;page=3" in page.text


def test_it_shows_which_have_a_video(cora):
    meeting(1, date(2026, 10, 1), video_url="https://video.example.org/1")
    meeting(2, date(2026, 10, 2))
    page = cora.get(NEW).text
    assert page.count("no video yet") == 1 and 'href="https://video.example.org/1"' in page


def test_what_a_colleague_made_of_it_already_is_shown(cora):
    hearing = cast.hearing()
    meeting(1, cast.HELD_ON, hearing=hearing)
    assert listed(cora, q="water") == []
    where = reverse("staff-hearing", args=[hearing.slug])
    assert where in cora.get(NEW, {"q": "water"}).text
    assert where not in cora.get(NEW).text


@pytest.mark.parametrize("count", [2, 60])
def test_the_pick_list_costs_the_same_for_any_number(cora, count, django_assert_max_num_queries):
    for n in range(count):
        meeting(n, cast.HELD_ON)
    with django_assert_max_num_queries(13):
        cora.get(NEW)


# Picking it


def test_a_meeting_is_picked_and_fills_the_form(cora, calendar):
    calendar.lists["events"][0]["EventVideoPath"] = "https://video.example.org/31"
    read(calendar)
    meeting = Meeting.objects.get(key=31)
    page = cora.get(NEW)
    assert "Pick a meeting from Legistar" in page.text
    assert [each.key for each in page.context["meetings"]] == [31]
    page = cora.get(NEW, {"meeting": meeting.pk})
    assert "Picked from the calendar:" in page.text
    assert "Its video is at video.example.org." in page.text
    sent = {field.html_name: field.value() or "" for field in page.context["form"]}
    assert sent["title"] == "Committee on Water"
    assert sent["committees"] == "Committee on Water\nCommittee on Harbors"
    cora.post(NEW, sent | {"meeting": meeting.pk, "text": cast.ONE_LINE.decode()})
    hearing = Hearing.objects.get()
    assert (hearing.starts_at, hearing.video_url) == (time(10), "https://video.example.org/31")
    assert hearing.meetings.get() == meeting
    assert listed(cora) == []


def test_the_search_is_kept_while_one_is_picked(cora):
    pk = meeting(1, date(2026, 10, 1)).pk
    assert f"?q=water&amp;meeting={pk}" in cora.get(NEW, {"q": "water"}).text
    assert 'href="?q=water">Pick another' in cora.get(NEW, {"q": "water", "meeting": pk}).text


def test_it_is_still_picked_when_something_else_is_wrong(cora):
    pk = meeting(1, date(2026, 10, 1)).pk
    page = cora.post(NEW, {"title": "", "meeting": pk})
    assert "Picked from the calendar:" in page.text
    assert f'name="meeting" value="{pk}"' in page.text


def test_a_meeting_without_a_transcript_becomes_a_hearing_too(cora, calendar):
    read(calendar)
    meeting = Meeting.objects.get(key=33)
    sent = {"title": "Oversight: docks", "held_on": "2026-10-28", "committees": "Committee on Harbors", "meeting": meeting.pk}  # fmt: skip
    cora.post(NEW, sent)
    assert Hearing.objects.get().meetings.get() == meeting


def test_one_that_is_a_hearing_already_fills_nothing_and_says_where_it_is(cora):
    hearing = cast.hearing()
    pk = meeting(1, cast.HELD_ON, hearing=hearing).pk
    page = cora.get(NEW, {"meeting": pk})
    assert "This meeting is a hearing here already:" in page.text
    assert reverse("staff-hearing", args=[hearing.slug]) in page.text
    assert page.context["form"].initial == {}


@pytest.mark.parametrize("pk", ["", "no", "999999", "9" * 30])
def test_a_meeting_that_is_not_there_fills_nothing(cora, pk):
    page = cora.get(NEW, {"meeting": pk})
    assert page.status_code == 200 and page.context["form"].initial == {}


# How old it is


def test_without_a_calendar_nothing_of_it_is_shown(cora):
    assert "Legistar" not in cora.get(NEW).text


def test_a_calendar_that_was_never_read_says_so(cora, connected):
    page = cora.get(NEW).text
    assert "The calendar has not been read yet." in page and "Read the calendar now" in page


def ran(**facts) -> None:
    JobRun.objects.update_or_create(name="read_calendar", defaults=facts)


def test_it_says_when_it_was_read_and_that_this_is_long_ago(cora, connected):
    ran(last_success=cast.at(date(2026, 10, 20), 9))
    page = cora.get(NEW).text
    assert "Last read on Tuesday, October 20, 2026, 9:00 a.m." in page
    assert "newer meetings" not in page
    ran(last_success=cast.at(date(2026, 9, 30), 9))
    assert "That is 21 days ago; newer meetings are missing." in cora.get(NEW).text


@pytest.mark.parametrize(
    ("fault", "why"),
    [(403, "ask theirs for one and set LEGISTAR_TOKEN"), (500, "Legistar answers with an error (500)"), (404, "Legistar knows no bodies"), ("cut", "Legistar can&#x27;t be reached.")],
)  # fmt: skip
def test_what_went_wrong_is_said_until_a_reading_goes_well(cora, calendar, connected, fault, why):
    calendar.faults = [fault] * 5
    with pytest.raises(LegistarError):
        tasks.read_calendar()
    page = cora.get(NEW).text
    assert "could not be read on Wednesday, October 21, 2026" in page and why in page
    assert "LegistarError" not in page and "NoSuchList" not in page
    calendar.faults = []
    tasks.read_calendar()
    page = cora.get(NEW).text
    assert "could not be read" not in page and "Last read on Wednesday" in page


def test_what_went_wrong_here_is_left_to_the_desk(cora, connected):
    ran(last_failure=cast.NOON, problem="KeyError: 'something'")
    page = cora.get(NEW).text
    assert "Something went wrong here, not at Legistar" in page and "KeyError" not in page


def queued() -> int:
    """How often the calendar's reading stands in the queue."""
    with current_app.connection_for_read() as broker:
        letters = broker.default_channel.client.lrange("celery", 0, -1)
    tasks_ = [json.loads(letter)["headers"]["task"] for letter in letters]
    return tasks_.count("hearings.read_calendar")


@pytest.fixture
def no_broker(tmp_path, monkeypatch):
    """The same app, whose broker nobody started; its connections to the living one wait meanwhile."""
    monkeypatch.setattr(current_app, "_pool", None)
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)
    alive = current_app.conf.broker_url
    current_app.conf.broker_url = services.broker_url(tmp_path)
    yield
    current_app.conf.broker_url = alive


def test_it_is_read_now_by_a_worker_not_in_the_request(cora, calendar, connected):
    before = queued()
    page = cora.post(reverse("calendar-read"), follow=True)
    assert "The calendar is being read." in page.text and page.redirect_chain == [(NEW, 302)]
    assert queued() == before + 1 and calendar.asked == []


def test_a_queue_that_is_down_is_told(cora, connected, no_broker):
    page = cora.post(reverse("calendar-read"), follow=True).text
    assert "so the calendar was not asked for" in page


def test_where_no_calendar_is_connected_there_is_nothing_to_read(cora):
    assert cora.post(reverse("calendar-read")).status_code == 404
