"""The agenda of a picked meeting becomes the chapters of its hearing: politely, twice without effect, beside
no transcript's own, and never over what somebody edited."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from hearings import parts, tasks
from hearings.formats.parsed import ParsedChapter
from hearings.importing import digest_of, import_transcript
from hearings.legistar import records
from hearings.legistar.client import LegistarError
from hearings.models import Chapter, Hearing, LegistarLink, LegistarReading, Meeting
from hearings.uploads import make_hearing
from tests import cast
from tests.hearings.calendar_server import event, item
from tests.hearings.importing import read, refusal

pytestmark = pytest.mark.django_db
CALL, PIPES, TESTIMONY, ADJOURNED = range(4)


@pytest.fixture
def agenda(calendar) -> list[dict]:
    """Of the meeting on the day of the cast's hearing."""
    calendar.lists["events"][0]["EventComment"] = None
    calendar.agendas[31] = [
        item(311, "Roll call", 8000, EventItemAgendaNumber="1."),
        item(312, "Lead pipes in schools", 8210, EventItemAgendaNumber="2.", EventItemMatterFile="Int 0123-2026"),
        item(313, "Public testimony", 8230),
        item(314, "Adjournment", None),
    ]  # fmt: skip
    return calendar.agendas[31]


@pytest.fixture
def hearing(agenda) -> Hearing:
    """Made by hand of the meeting, so that the calendar's reading joins the two."""
    return cast.hearing()


def chapters(hearing: Hearing) -> list[tuple]:
    return list(hearing.chapters.values_list("start", "title"))


def picked(calendar, key: int, title: str) -> Hearing:
    meeting = Meeting.objects.get(key=key)
    facts = {"title": title, "held_on": meeting.held_on, "committees": meeting.committees}
    return make_hearing(facts, meeting)[0]


def everything() -> list:
    models = (Chapter, LegistarLink, LegistarReading, Meeting, Hearing)
    return [list(model.objects.order_by("pk").values()) for model in models]


# What becomes of it


def test_items_with_their_second_in_the_video_become_chapters(calendar, hearing):
    told = read(calendar)
    assert told["chapters"] == {"created": 3, "updated": 0, "unchanged": 0, "removed": 0}
    assert chapters(hearing) == [
        (8000, "1. Roll call"),
        (8210, "2. Int 0123-2026: Lead pipes in schools"),
        (8230, "Public testimony"),
    ]
    assert set(hearing.chapters.values_list("source", "summary")) == {("Legistar agenda", "")}


def test_the_pages_of_a_long_hearing_are_cut_and_headed_there(calendar, hearing):
    assert [each.title for each in parts.parts_of(hearing)] == ["Transcript"]
    read(calendar)
    assert [(each.title, each.lines) for each in parts.parts_of(hearing)] == [
        ("1. Roll call", 2),
        ("2. Int 0123-2026: Lead pipes in schools", 3),
        ("Public testimony", 2),
    ]


def test_what_is_called_in_one_breath_is_one_chapter(calendar, hearing, agenda):
    agenda[PIPES]["EventItemVideoIndex"] = 8000
    agenda[TESTIMONY]["EventItemVideoIndex"] = 8019
    agenda[ADJOURNED]["EventItemVideoIndex"] = 8039
    read(calendar)
    together = "1. Roll call; 2. Int 0123-2026: Lead pipes in schools; Public testimony"
    assert chapters(hearing) == [(8000, together), (8039, "Adjournment")]


def test_a_chapter_starts_at_the_second_of_the_transcript(calendar, hearing):
    Hearing.objects.update(video_offset=8100.5)
    read(calendar)
    assert [start for start, _title in chapters(hearing)] == [0, 109.5, 129.5]


def test_chapters_move_when_an_import_says_the_offset(calendar, hearing, tmp_path):
    read(calendar)
    file = tmp_path / "more.jsonl"
    file.write_bytes(cast.ONE_LINE)
    call_command("import_transcript", file, hearing=hearing.slug, video_offset=10, verbosity=0)
    assert [start for start, _title in chapters(hearing)] == [7990, 8200, 8220]
    assert read(calendar)["chapters"]["updated"] == 0


def test_an_administrator_reads_the_offset_and_sets_it_on_the_desk(hearing, client):
    client.force_login(cast.adam())
    edit = reverse("admin:hearings_hearing_change", args=[hearing.pk])
    assert "video_offset" not in client.get(edit).context["adminform"].form.fields


def test_chapters_move_when_a_clerk_sets_the_offset_on_the_desk(calendar, hearing, client):
    read(calendar)
    client.force_login(cast.cora())
    client.post(reverse("hearing-offset", args=[hearing.slug]), {"video_offset": "10"})
    assert [start for start, _title in chapters(hearing)] == [7990, 8200, 8220]


def test_without_a_second_there_are_no_chapters(calendar, hearing, agenda):
    for each in agenda:
        each["EventItemVideoIndex"] = None
    assert set(read(calendar)["chapters"].values()) == {0}
    assert not hearing.chapters.exists()


# Twice, and later


def test_twice_changes_nothing_the_second_time(calendar, hearing):
    read(calendar)
    before = everything()
    assert read(calendar)["chapters"] == {"created": 0, "updated": 0, "unchanged": 3, "removed": 0}
    assert everything() == before


def test_what_the_agenda_says_later_follows(calendar, hearing, agenda):
    read(calendar)
    agenda[CALL]["EventItemVideoIndex"] = 8100
    agenda[PIPES]["EventItemTitle"] = "Lead pipes in all buildings"
    agenda[TESTIMONY]["EventItemVideoIndex"] = None
    agenda[ADJOURNED]["EventItemVideoIndex"] = 8250
    assert read(calendar)["chapters"] == {"created": 1, "updated": 2, "unchanged": 0, "removed": 1}
    assert chapters(hearing) == [
        (8100, "1. Roll call"),
        (8210, "2. Int 0123-2026: Lead pipes in all buildings"),
        (8250, "Adjournment"),
    ]
    agenda[TESTIMONY]["EventItemVideoIndex"] = 8230
    assert read(calendar)["chapters"]["created"] == 1


def test_what_somebody_edited_or_deleted_stays_so(calendar, hearing, agenda):
    read(calendar)
    Chapter.objects.filter(title="Public testimony").delete()
    Chapter.objects.filter(title="1. Roll call").update(title="Who was there")
    agenda[CALL] |= {"EventItemTitle": "Attendance", "EventItemVideoIndex": 8001}
    agenda[TESTIMONY]["EventItemTitle"] = "Testimony of the public"
    read(calendar)
    assert chapters(hearing)[0] == (8001, "Who was there")
    assert len(chapters(hearing)) == 2
    agenda[CALL]["EventItemVideoIndex"] = None
    assert read(calendar)["chapters"]["removed"] == 0
    assert chapters(hearing)[0] == (8001, "Who was there")


def test_a_transcript_with_chapters_keeps_those_and_the_agenda_is_not_asked(calendar, hearing):
    Chapter.objects.create(hearing=hearing, title="Opening", start=8200)
    read(calendar)
    assert calendar.agendas_asked == []
    assert chapters(hearing) == [(8200, "Opening")]


def test_a_transcript_that_brings_chapters_replaces_those_of_the_agenda(calendar, hearing):
    read(calendar)
    better = cast.parsed(chapters=(ParsedChapter(title="Opening", start=8200),))
    import_transcript(hearing, better, digest=digest_of(b"better"), now=cast.NOON)
    assert chapters(hearing) == [(8200, "Opening")]
    read(calendar)
    assert chapters(hearing) == [(8200, "Opening")]


def test_a_transcript_without_chapters_leaves_the_agendas(calendar, hearing):
    read(calendar)
    import_transcript(hearing, cast.parsed(), digest=digest_of(b"better"), now=cast.NOON)
    assert len(chapters(hearing)) == 3


# How it is asked


def test_only_the_agendas_of_hearings_are_asked_for_and_only_what_is_used(calendar, hearing):
    read(calendar)
    assert set(calendar.agendas_asked) == {31}
    query = next(query for name, query in calendar.asked if name == "events/31/EventItems")
    assert (query["$filter"], query["$orderby"]) == ("EventItemVideoIndex ne null", "EventItemId")
    assert [query[each] for each in ("AgendaNote", "MinutesNote", "Attachments")] == ["1", "0", "0"]


def test_the_agenda_of_a_meeting_to_come_is_not_asked_for(calendar, hearing, settings):
    settings.CLOCK_AT = cast.at(date(2026, 10, 19))
    read(calendar)
    assert calendar.agendas_asked == []


def test_a_very_long_agenda_comes_in_pages(calendar, hearing):
    calendar.agendas[31] = [item(1000 + n, f"Item {n}", 30 * n) for n in range(1200)]
    assert read(calendar)["chapters"]["created"] == 1200
    asked = [query["$skip"] for name, query in calendar.asked if name == "events/31/EventItems"]
    assert asked == ["0", "1000", "1200"]


def test_a_server_that_ignores_the_filter_changes_nothing(calendar, hearing):
    answer = calendar.answer
    calendar.answer = lambda name, query: answer(name, query | {"$filter": ""}) if "EventItems" in name else answer(name, query)  # fmt: skip
    assert read(calendar)["chapters"]["created"] == 3


def test_a_meeting_that_the_calendar_lost_is_told_and_the_others_are_read(calendar, hearing):
    read(calendar)
    picked(calendar, 33, "Oversight: docks")
    calendar.agendas[33] = [item(331, "Docks", 60)]
    del calendar.lists["events"][0]
    told = read(calendar)
    assert told["warnings"][-1] == (
        "The calendar no longer knows this meeting: Committee on Water (2026-10-20)."
    )
    assert told["chapters"]["created"] == 1 and len(chapters(hearing)) == 3


def test_broken_off_it_goes_on_with_the_next_hearing(calendar, hearing):
    read(calendar, "--until", "2026-10-19")
    calendar.lists["events"][0]["EventComment"] = "Jointly with others"
    picked_first = picked_docks(calendar)
    calendar.asked.clear()
    calendar.faults = [None] * 10 + [403]  # five lists in two answers each, but for the last agenda
    assert "LEGISTAR_TOKEN" in refusal(calendar)
    assert calendar.agendas_asked == [31, 31, 33]
    assert len(chapters(hearing)) == 3 and not picked_first.chapters.exists()
    calendar.asked.clear()
    read(calendar)
    assert set(calendar.agendas_asked) == {33}
    assert len(chapters(picked_first)) == 1


def picked_docks(calendar) -> Hearing:
    read(calendar, "--since", "2026-10-28")
    calendar.agendas[33] = [item(331, "Docks", 60)]
    return picked(calendar, 33, "Oversight: docks")


# By itself, when a meeting is picked


@pytest.fixture
def connected(calendar, settings):
    settings.LEGISTAR_CLIENT = "marrowbay"
    settings.LEGISTAR_BASE_URL = calendar.address


def test_picking_a_meeting_has_its_agenda_asked_for(calendar, agenda, connected, django_capture_on_commit_callbacks):  # fmt: skip
    read(calendar)
    assert calendar.agendas_asked == []
    with django_capture_on_commit_callbacks() as hints:
        hearing = picked(calendar, 31, "Oversight: lead pipes")
    assert len(hints) == 1 and calendar.agendas_asked == []
    tasks.read_agenda(hearing.meetings.get().pk)
    assert len(chapters(hearing)) == 3
    with django_capture_on_commit_callbacks() as hints:
        picked(calendar, 31, "Oversight: lead pipes")
    assert hints == []


def test_a_meeting_nobody_picked_is_not_asked_for(calendar, agenda, connected):
    read(calendar)
    tasks.read_agenda(Meeting.objects.get(key=31).pk)
    assert calendar.agendas_asked == []


@pytest.mark.parametrize("fault", [403, 500, "cut"])
def test_what_could_not_be_asked_for_comes_with_the_next_reading(calendar, agenda, connected, fault):  # fmt: skip
    read(calendar)
    hearing = picked(calendar, 31, "Oversight: lead pipes")
    calendar.faults = [fault] * 5
    with pytest.raises(LegistarError):
        tasks.read_agenda(hearing.meetings.get().pk)
    assert not hearing.chapters.exists()
    calendar.faults = []
    tasks.read_calendar()
    assert len(chapters(hearing)) == 3


def test_a_bad_moment_is_waited_out(calendar, hearing):
    calendar.faults = [None] * 8 + [429, 503]
    calendar.retry_after = "0"
    assert read(calendar)["chapters"]["created"] == 3


# One item


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({}, "Lead pipes"),
        ({"EventItemAgendaNumber": "4.1"}, "4.1 Lead pipes"),
        ({"EventItemMatterFile": "Int 0123-2026"}, "Int 0123-2026: Lead pipes"),
        ({"EventItemMatterFile": "Res 7", "EventItemTitle": "Res 7 - Pipes"}, "Res 7 - Pipes"),
        ({"EventItemTitle": None, "EventItemMatterName": "Pipes"}, "Pipes"),
        ({"EventItemTitle": " ", "EventItemAgendaNote": "Recess\r\n"}, "Recess"),
        ({"EventItemTitle": "pipe " * 100}, "pipe " * 39 + "pipe…"),
    ],
)
def test_an_item_is_called_by_its_number_its_file_and_its_title(more, title):
    assert records.item(item(1, "Lead pipes", 10, **more)).title == title


@pytest.mark.parametrize("second", [None, -1, True, "12", 1.5])
def test_an_item_without_a_second_is_none(second):
    assert records.item(item(1, "Lead pipes", second)) is None


def test_an_item_without_any_words_is_none():
    assert records.item(item(1, None, 10)) is None


def test_an_agenda_that_marks_only_the_beginning_cuts_nothing():
    called = [records.item(item(n, f"Item {n}", 0)) for n in range(3)]
    assert records.chapters_of(called) == []


def test_a_crowded_second_has_a_bearable_title():
    called = [records.item(item(n, f"Item {n}", 60)) for n in range(200)]
    (chapter,) = records.chapters_of(called)
    assert chapter.title.startswith("Item 0; Item 1; ") and len(chapter.title) <= 300


# The video


@pytest.mark.parametrize(
    ("more", "address"),
    [
        ({"EventVideoPath": "https://video.example.org/31"}, "https://video.example.org/31"),
        ({"EventVideoPath": "http://video.example.org/31", "EventMedia": "7"}, "http://video.example.org/31"),
        ({"EventMedia": "4159"}, "https://marrowbay.example.org/Video.aspx?Mode=Granicus&ID1=4159&Mode2=Video"),
        ({"EventMedia": 4159, "EventVideoPath": "video/31.mp4"}, "https://marrowbay.example.org/Video.aspx?Mode=Granicus&ID1=4159&Mode2=Video"),
        ({"EventMedia": "4159", "EventInSiteURL": None}, ""),
        ({"EventMedia": "0"}, ""),
        ({"EventMedia": "clip&ID2=7"}, ""),
        ({}, ""),
    ],
)  # fmt: skip
def test_the_video_is_where_the_calendar_says_or_on_the_councils_page_of_the_clip(more, address):
    assert records.event(event(31, "A", "2026-10-20", **more)).video_url == address


def test_a_clip_that_comes_later_reaches_the_hearing(calendar, hearing, client):
    read(calendar)
    calendar.lists["events"][0]["EventMedia"] = "4159"
    read(calendar)
    hearing.refresh_from_db()
    assert hearing.video_url.endswith("/Video.aspx?Mode=Granicus&ID1=4159&Mode2=Video")
    page = client.get(hearing.get_absolute_url(), {"t": 8214}).text
    assert "Go to 2:16:54 there." in page and "Starts at" not in page


# The days, and the database


def test_meetings_and_agendas_of_a_range_of_days(calendar, hearing):
    told = read(calendar, "--until", "2026-10-20")
    assert (told["since"], told["until"]) == ("2026-09-01", "2026-10-20")
    assert told["meetings"]["created"] == 1 and told["chapters"]["created"] == 3
    asked = next(query for name, query in calendar.asked if name == "events")
    assert asked["$filter"] == (
        "EventDate ge datetime'2026-09-01' and EventDate lt datetime'2026-10-21'"
    )
    calendar.asked.clear()
    read(calendar, "--since", "2026-10-21")
    assert calendar.agendas_asked == []


@pytest.mark.parametrize(
    ("until", "why"), [("soon", "--until must be a date"), ("2026-08-31", "is before the first day")]
)  # fmt: skip
def test_a_range_that_makes_no_sense_is_told(calendar, until, why):
    assert why in refusal(calendar, "--until", until)


def test_it_is_told_in_words(calendar, hearing, capsys):
    where = ("--base-url", calendar.address, "--since", "2026-09-01")
    call_command("import_legistar", "marrowbay", *where)
    told = "Chapters of hearings, from their agendas: 3 new, 0 changed, 0 as before."
    assert told in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["body", "person", "office"])
def test_only_an_item_becomes_a_chapter(hearing, kind):
    chapter = Chapter.objects.create(hearing=hearing, title="Opening")
    with pytest.raises(IntegrityError, match="legistar_record_became_its_kind"), transaction.atomic():  # fmt: skip
        LegistarLink.objects.create(client="marrowbay", kind=kind, key=1, chapter=chapter)
