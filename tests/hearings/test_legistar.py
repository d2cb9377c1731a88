"""A council's calendar is read politely, page by page, twice without effect, and never over staff's edits."""

import json
from datetime import date, time

import pytest
import urllib3
from django.core.management import CommandError, call_command

from hearings.legistar import client as client_
from hearings.legistar import records
from hearings.legistar.client import Client, LegistarError
from hearings.models import (
    Appointment,
    Committee,
    Hearing,
    LegistarLink,
    LegistarReading,
    Meeting,
    Official,
    Side,
)
from tests import cast
from tests.hearings.calendar_server import event
from tests.hearings.importing import read, refusal

TOKEN = "a-token-nobody-may-see"


def everything() -> list:
    models = (Committee, Official, Appointment, Hearing, Meeting, LegistarLink, LegistarReading)
    return [list(model.objects.order_by("pk").values()) for model in models]


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("impatient")]


# What it says


def test_committees_people_and_meetings_are_taken_over(calendar):
    told = read(calendar)
    assert told["committees"] == {"created": 3, "updated": 0, "unchanged": 0}
    assert told["people"]["created"] == 2 and told["appointments"]["created"] == 3
    assert told["meetings"] == {"created": 3, "updated": 0, "unchanged": 0, "off": 1, "adopted": 0}
    assert told["warnings"] == ["Meetings without a date or a body were left out: 1."]
    assert not Committee.objects.filter(name="Department of Records").exists()
    assert not Hearing.objects.exists()


def test_seats_and_chairs_become_appointments(calendar):
    read(calendar)
    seats = {
        (each.official.name, each.role, str(each.committee)): each
        for each in Appointment.objects.all()
    }
    assert set(seats) == {
        ("Odalys Odell", "Council Member, District 4", "None"),
        ("Odalys Odell", "Chairperson", "Committee on Water"),
        ("Bram Quill", "Council Member", "None"),
    }  # fmt: skip
    member = seats["Bram Quill", "Council Member", "None"]
    assert (member.side, member.starts_on, member.ends_on) == (Side.COUNCIL, date(2024, 1, 1), None)


def test_a_meeting_knows_its_day_its_hour_and_who_sits_jointly(calendar):
    read(calendar)
    meeting = Meeting.objects.get(key=31)
    assert (meeting.held_on, meeting.starts_at) == (date(2026, 10, 20), time(10))
    assert meeting.committees == ["Committee on Water", "Committee on Harbors"]
    assert meeting.source_url.endswith("LEGID=31") and meeting.video_url == ""
    assert Meeting.objects.get(key=33).starts_at is None


def test_twice_changes_nothing_the_second_time(calendar):
    read(calendar)
    before = everything()
    told = read(calendar)
    assert everything() == before
    counts = [told[name] for name in ("committees", "people", "appointments", "meetings")]
    assert all(each["created"] == each["updated"] == 0 for each in counts)
    assert [each["unchanged"] for each in counts] == [3, 2, 3, 3]


def test_a_renamed_body_stays_the_same_committee(calendar):
    read(calendar)
    committee = Committee.objects.get(name="Committee on Harbors")
    calendar.lists["bodies"][2]["BodyName"] = "Committee on Ports and Harbors"
    assert read(calendar)["committees"]["updated"] == 1
    committee.refresh_from_db()
    assert committee.name == "Committee on Ports and Harbors"
    assert committee.slug == "committee-on-harbors"


def test_a_name_that_is_taken_is_told_and_left(calendar):
    read(calendar)
    calendar.lists["bodies"][2]["BodyName"] = "Committee on Water"
    assert "already" in read(calendar)["warnings"][0]
    assert Committee.objects.filter(name="Committee on Harbors").exists()


def test_what_staff_edited_stays_and_the_rest_follows(calendar):
    read(calendar)
    Official.objects.filter(name="Odalys Odell").update(name="Odalys M. Odell")
    seat = Appointment.objects.get(role="Chairperson")
    seat.role = "Chair"
    seat.save()
    calendar.lists["persons"][0]["PersonFullName"] = "Odell, Odalys"
    calendar.lists["persons"][1]["PersonFullName"] = "Bram A. Quill"
    calendar.lists["officerecords"][1] |= {"OfficeRecordTitle": "Chair Pro Tem", "OfficeRecordEndDate": "2026-11-30T00:00:00"}  # fmt: skip
    read(calendar)
    assert set(Official.objects.values_list("name", flat=True)) == {"Odalys M. Odell", "Bram A. Quill"}  # fmt: skip
    seat.refresh_from_db()
    assert (seat.role, seat.ends_on) == ("Chair", date(2026, 11, 30))


def test_what_staff_deleted_stays_deleted(calendar):
    read(calendar)
    Appointment.objects.get(role="Chairperson").delete()
    calendar.lists["officerecords"][1]["OfficeRecordTitle"] = "Chair"
    read(calendar)
    assert Appointment.objects.count() == 2


def test_days_that_contradict_staffs_are_told_and_left(calendar):
    read(calendar)
    seat = Appointment.objects.get(role="Chairperson")
    Appointment.objects.filter(pk=seat.pk).update(ends_on=date(2025, 1, 1))
    calendar.lists["officerecords"][1]["OfficeRecordStartDate"] = "2026-01-01T00:00:00"
    assert "contradict" in read(calendar)["warnings"][0]
    seat.refresh_from_db()
    assert (seat.starts_on, seat.ends_on) == (date(2024, 1, 1), date(2025, 1, 1))


def test_people_and_seats_known_by_hand_are_adopted(calendar):
    known = cast.odell()
    Appointment.objects.create(official=known, role="chairperson", side=Side.COUNCIL, committee=cast.committee())  # fmt: skip
    told = read(calendar)
    assert told["people"]["created"] == 1
    assert list(Official.objects.filter(name__endswith="Odell")) == [known]
    chair = Appointment.objects.get(role__iexact="chairperson")
    assert (chair.role, chair.starts_on) == ("chairperson", date(2024, 1, 1))


def test_two_people_of_one_name_are_two_officials(calendar):
    calendar.lists["persons"][1]["PersonFullName"] = "Odalys Odell"
    read(calendar)
    assert Official.objects.filter(name="Odalys Odell").count() == 2


def test_a_hearing_made_by_hand_is_adopted_and_its_blanks_are_filled(calendar):
    hearing = cast.hearing()
    other = cast.hearing("Another matter", date(2026, 10, 21))
    calendar.lists["events"][0] |= {"EventComment": None, "EventVideoPath": "https://video.example.org/31"}  # fmt: skip
    assert read(calendar)["meetings"]["adopted"] == 1
    hearing.refresh_from_db(), other.refresh_from_db()
    assert Meeting.objects.get(key=31).hearing == hearing
    assert (hearing.title, hearing.video_url) == ("Oversight: lead pipes", "https://video.example.org/31")  # fmt: skip
    assert other.video_url == ""
    before = everything()
    assert read(calendar)["meetings"]["adopted"] == 0
    assert everything() == before


def test_an_address_that_comes_later_reaches_the_hearing_unless_staff_gave_one(calendar):
    hearing = cast.hearing()
    calendar.lists["events"][0]["EventComment"] = None
    read(calendar)
    calendar.lists["events"][0]["EventVideoPath"] = "https://video.example.org/31"
    read(calendar)
    hearing.refresh_from_db()
    assert hearing.video_url == "https://video.example.org/31"
    Hearing.objects.update(video_url="https://youtu.be/ours")
    calendar.lists["events"][0]["EventVideoPath"] = "https://video.example.org/moved"
    read(calendar)
    hearing.refresh_from_db()
    assert hearing.video_url == "https://youtu.be/ours"


def test_of_two_hearings_on_one_day_none_is_guessed(calendar):
    calendar.lists["events"][0]["EventComment"] = None
    cast.hearing("One thing"), cast.hearing("Another")
    assert read(calendar)["meetings"]["adopted"] == 0


def test_a_calendar_without_people_still_has_meetings(calendar):
    del calendar.lists["officerecords"]
    told = read(calendar)
    assert told["meetings"]["created"] == 3
    assert "doesn't list its people" in told["warnings"][0]


# How it asks


def test_it_asks_in_pages_in_order_and_for_the_days_wanted(calendar):
    calendar.lists["events"] = [
        event(1000 + n, "Committee on Water", "2026-10-20", EventTime=f"{n % 12 + 1}:00 PM")
        for n in range(2300)
    ]
    assert read(calendar)["meetings"]["created"] == 2300
    asked = [query for name, query in calendar.asked if name == "events"]
    assert [query["$skip"] for query in asked] == ["0", "1000", "2000", "2300"]
    assert {query["$orderby"] for query in asked} == {"EventId"}
    assert {query["$filter"] for query in asked} == {"EventDate ge datetime'2026-09-01'"}
    assert all("hearing-commitments" in agent for agent in calendar.agents)


def test_broken_off_it_goes_on_after_the_last_whole_page(calendar):
    calendar.limit = 2
    bodies_and_first_page_of_people = [None] * 5
    calendar.faults = [*bodies_and_first_page_of_people, b"<html>Down for maintenance</html>"]
    assert "isn't JSON" in refusal(calendar)
    assert Committee.objects.count() == 3 and not Official.objects.exists()
    calendar.asked.clear()
    read(calendar)
    people = [query["$skip"] for name, query in calendar.asked if name == "persons"]
    assert people == ["2", "3"]
    assert Official.objects.count() == 2 and not LegistarReading.objects.exists()


@pytest.mark.parametrize("fault", [429, 500, 503, "cut", "slow"])
def test_a_bad_moment_is_waited_out(calendar, fault):
    calendar.faults = [None, fault, fault]
    calendar.retry_after = "0"
    assert read(calendar)["committees"]["created"] == 3


def test_it_waits_as_long_as_it_is_told_but_not_for_ever():
    answer = urllib3.HTTPResponse(headers={"Retry-After": "86400"})
    assert client_.RETRY.get_retry_after(answer) == 60
    assert client_.RETRY.is_retry("GET", 429, has_retry_after=True)


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        (503, "answers with an error (503)"),
        (403, "set LEGISTAR_TOKEN"),
        (404, "knows no bodies of a client “marrowbay”"),
        (302, "refuses our question about bodies (302)"),
        ("slow", "didn't answer in time"),
        ("cut", "can't be reached"),
        (b"<html>Hello</html>", "isn't JSON"),
        (b'{"Message": "Hello"}', "isn't a list of records"),
        (b"[1, 2]", "isn't a list of records"),
        (b'[{"BodyName": "Committee on Water"}]', "a record without its BodyId"),
    ],
)
def test_a_bad_day_is_told_in_a_sentence(calendar, fault, why):
    calendar.faults = [fault] * 10
    assert why in refusal(calendar)
    assert not Committee.objects.exists()


def test_an_unknown_client_is_told(calendar):
    assert "no bodies of a client “atlantis”" in refusal(calendar, client="atlantis")


def test_a_server_that_is_down_is_told(calendar):
    calendar.address = "http://127.0.0.1:1/v1"
    assert "can't be reached" in refusal(calendar)


def test_a_server_that_knows_no_skip_does_not_go_on_for_ever(calendar):
    calendar.answer = lambda name, query: calendar.lists[name][:]
    assert read(calendar)["committees"]["created"] == 3
    calendar.lists["events"] = [event(n, "Committee on Water", "2026-10-20") for n in range(1000)]
    assert "same page of events" in refusal(calendar)


@pytest.mark.parametrize("fault", [None, 500, "cut", "slow", 403])
def test_the_token_is_sent_and_never_told(calendar, settings, caplog, fault):
    settings.LEGISTAR_TOKEN = calendar.token = TOKEN
    calendar.faults = [fault] * 10 if fault else []
    told = refusal(calendar) if fault else json.dumps(read(calendar))
    assert calendar.asked[0][1]["token"] == TOKEN
    assert TOKEN not in told + caplog.text


def test_without_the_token_a_council_may_refuse(calendar):
    calendar.token = TOKEN
    assert "LEGISTAR_TOKEN" in refusal(calendar)


@pytest.mark.parametrize("more", [("--since", "October"), ("--base-url", "nowhere")])
def test_options_that_make_no_sense_are_named(calendar, more):
    assert ("--since" in (told := refusal(calendar, *more))) or "is no web address" in told


def test_a_client_is_a_word():
    with pytest.raises(CommandError, match="CLIENT must be a word"):
        call_command("import_legistar", "../elsewhere")


# One record


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("10:00 AM", time(10)), ("1:30 p.m.", time(13, 30)), ("12:00 PM", time(12)), ("14:05", time(14, 5)), ("TBD", None), ("", None), (None, None)],
)  # fmt: skip
def test_times_as_they_are_printed(printed, meant):
    assert records.event(event(1, "A", "2026-10-20", EventTime=printed)).starts_at == meant


@pytest.mark.parametrize(
    "more",
    [
        {"EventAgendaStatusName": "Cancelled"},
        {"EventTime": "Deferred"},
        {"EventComment": "POSTPONED to November"},
    ],
)
def test_what_does_not_take_place_is_marked(more):
    assert records.event(event(1, "A", "2026-10-20", **more)).is_off


@pytest.mark.parametrize("path", ["video/31.mp4", "javascript:alert(1)", "https://x y", "http://[", "https://" + "x" * 600])  # fmt: skip
def test_only_web_addresses_are_addresses(path):
    assert records.event(event(1, "A", "2026-10-20", EventVideoPath=path)).video_url == ""


def test_a_name_inside_a_longer_one_does_not_sit():
    known = ["Committee on Health", "Committee on Health and Schools", "Committee on Parks"]
    meeting = records.event(event(1, "Committee on Parks", "2026-10-20", EventComment="Joint with the committee on health and schools"))  # fmt: skip
    assert records.committees_of(meeting, known) == ["Committee on Parks", "Committee on Health and Schools"]  # fmt: skip


def test_a_record_without_anything_is_nobody():
    assert records.body({"BodyId": 1}) is records.person({"PersonId": 1}) is records.office({}) is records.event({}) is None  # fmt: skip
    with pytest.raises(LegistarError):
        records.body({"BodyId": None, "BodyName": "A"})


def test_the_first_failure_names_no_address():
    with pytest.raises(LegistarError) as refused:
        list(Client("marrowbay", base_url="http://127.0.0.1:1", token=TOKEN).pages("bodies", key="BodyId"))  # fmt: skip
    assert refused.value.__cause__ is None and "127.0.0.1" not in str(refused.value)
