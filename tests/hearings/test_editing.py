"""What was mistyped of a hearing is put right on the desk, with a history."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from hearings import editing
from hearings.models import Hearing, Upload
from hearings.refusing import Refused
from tests import cast

pytestmark = pytest.mark.django_db
FACTS = {
    "title": "Oversight: lead pipes",
    "held_on": cast.HELD_ON,
    "starts_at": None,
    "committees": ["Committee on Water"],
    "video_url": "",
    "source_url": "",
    "is_unlisted": False,
}


def edit(where: Hearing, by=None, **facts) -> list[str]:
    return editing.edit(where, **FACTS | facts, by=by or cast.cora(), now=cast.NOON)


def post(client, where: Hearing, **typed):
    sent = {"title": where.title, "held_on": "2026-10-20", "committees": "Committee on Water"}
    return client.post(reverse("hearing-edit", args=[where.slug]), sent | typed, follow=True)


def test_the_form_comes_with_what_stands(cora):
    where = cast.hearing()
    Hearing.objects.update(starts_at="10:00", video_url="https://video.example/1")
    text = cora.get(reverse("hearing-edit", args=[where.slug])).text
    for value in (where.title, "2026-10-20", "10:00", "Committee on Water", "https://video.example/1"):  # fmt: skip
        assert value in text
    assert "Due dates that were set stay as they are" in text


def test_what_was_mistyped_is_put_right_and_the_desk_says_who_did(cora):
    where = cast.hearing("Oversite: pipes")
    text = post(cora, where, title="Oversight: pipes", held_on="2026-10-21", starts_at="10:00", video_url="https://video.example/1").text  # fmt: skip
    after = Hearing.objects.get()
    assert (after.title, after.held_on, after.slug) == ("Oversight: pipes", date(2026, 10, 21), where.slug)  # fmt: skip
    for sentence in (
        "Title: “Oversight: pipes” (before: “Oversite: pipes”).",
        "Date: October 21, 2026 (before: October 20, 2026).",
        "Start: 10:00 a.m. (before: none).",
        "Video: “https://video.example/1” (before: none).",
    ):
        assert sentence in text
    assert LogEntry.objects.get().user == cast.cora()


def test_committees_follow_the_form_and_new_ones_are_told():
    where = cast.hearing()
    warnings = edit(where, committees=["Committee on Harbors", "Committee on Water", "Committee on Harbors"])  # fmt: skip
    again = Hearing.objects.with_committees().get()
    assert [each.name for each in again.committee_list] == ["Committee on Harbors", "Committee on Water"]  # fmt: skip
    assert warnings == ["The committee “Committee on Harbors” was not known and has been added."]


def test_a_hearing_is_kept_from_the_public_and_shown_again(cora, client):
    where = cast.hearing()
    assert "No longer shown to the public." in post(cora, where, is_unlisted="on").text
    assert client.get(where.get_absolute_url()).status_code == 404
    assert "Public page" not in cora.get(reverse("desk")).text
    assert "Shown to the public." in post(cora, where).text
    assert client.get(where.get_absolute_url()).status_code == 200


def test_nothing_is_written_where_nothing_changed():
    where = cast.hearing()
    assert edit(where) == []
    assert not LogEntry.objects.exists()


def test_another_hearing_of_the_same_description_is_refused(cora):
    cast.hearing("One")
    other = cast.hearing("Two")
    assert "Another hearing has this title, date and committees already." in post(cora, other, title="One").text  # fmt: skip
    assert Hearing.objects.filter(title="Two").exists()


def test_due_dates_stay_where_the_date_changes():
    commitment = cast.opened()
    edit(commitment.hearing, held_on=date(2026, 10, 27))
    due_on = commitment.due_on
    commitment.refresh_from_db()
    assert commitment.due_on == due_on


def test_another_day_has_the_hearing_looked_through_anew():
    where = cast.hearing()
    edit(where, title="Lead pipes")
    assert Hearing.objects.with_decisions().get().decided == 0
    edit(where, title="Lead pipes", held_on=date(2026, 10, 27))
    assert Hearing.objects.with_decisions().get().decided == 1


def test_a_reader_edits_nothing():
    with pytest.raises(Refused):
        edit(cast.hearing(), by=cast.rob(), title="Mine")


def test_a_new_hearing_may_be_kept_from_the_public(cora):
    sent = {"title": "In private", "held_on": "2026-10-20", "committees": "Committee on Water"}
    cora.post(reverse("hearing-new"), sent | {"is_unlisted": "on", "text": cast.ONE_LINE.decode()})
    assert Hearing.objects.get().is_unlisted


def test_no_transcript_meant_for_staff_goes_into_a_hearing_that_is_shown(cora):
    where = cast.hearing()
    sent = {"title": where.title, "held_on": "2026-10-20", "committees": "Committee on Water"}
    sent |= {"is_unlisted": "on", "text": cast.ONE_LINE.decode()}
    assert "shown to the public. Change that on its page" in cora.post(reverse("hearing-new"), sent).text  # fmt: skip
    assert not Upload.objects.exists()
