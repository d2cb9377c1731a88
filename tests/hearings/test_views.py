"""A hearing comes in, and somebody says who its printed names are."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hearings import forms, importing, uploads
from hearings.formats import decoding
from hearings.models import Agency, Hearing, Official, Part, Speaker, Utterance
from tests import cast

pytestmark = pytest.mark.django_db
FACTS = {"title": "Oversight: bus lanes", "held_on": "2026-10-20", "committees": "Committee on Transit\nCommittee on Finance"}  # fmt: skip
TEXT = "\n".join(
    json.dumps({"start": start, "speaker": who, "text": text}) for start, who, text in cast.LINES
)


def file(data: bytes = TEXT.encode(), name: str = "bus-lanes.jsonl") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


# Importing


def test_a_file_becomes_a_hearing_with_a_summary_to_check(cora):
    cast.fenn(), cast.odell()
    text = cora.post(reverse("hearing-new"), FACTS | {"file": file()}, follow=True).text
    hearing = Hearing.objects.get()
    assert [str(each) for each in hearing.committee_list] == FACTS["committees"].splitlines()
    assert Utterance.objects.count() == 7
    assert "3 of 4 recognised" in text and "Speaker 7" in text
    assert "was not known and has been added" in text
    assert reverse("hearing-tag", args=[hearing.slug]) in text


def test_a_summary_without_speakers_asks_for_none(cora):
    words = "Good morning. Let us begin.\n\nThank you all for coming.\n"
    text = cora.post(reverse("hearing-new"), FACTS | {"text": words}, follow=True).text
    assert "0 of 0 recognised" in text
    assert "Who spoke" not in text and "Settle the speakers" not in text


def test_a_summary_leads_to_the_names_of_its_hearing_that_wait(cora):
    text = cora.post(reverse("hearing-new"), FACTS | {"text": TEXT}, follow=True).text
    assert f"{reverse('speakers')}?hearing={Hearing.objects.get().slug}" in text


def test_pasted_text_does_the_same(cora):
    cora.post(reverse("hearing-new"), FACTS | {"text": TEXT})
    assert Utterance.objects.count() == 7
    assert Part.objects.get().imported_by == cast.cora()


def test_without_a_transcript_there_is_a_hearing_to_take_notes_at(cora):
    response = cora.post(reverse("hearing-new"), FACTS, follow=True)
    assert "No transcript yet" in response.text
    assert reverse("notes") in response.text


def test_the_summary_can_be_looked_at_again(cora):
    hearing = cast.hearing()
    text = cora.get(reverse("staff-hearing", args=[hearing.slug])).text
    assert "Speaker 7" in text and "Nothing was left out" in text


BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 20,
    "a web page": b"<!doctype html><html><body>" + b"<div>words</div>" * 40,
    "a time of 2:99:99": b"[00:00:10] A: Fine.\n[2:99:99] B: No such time.\n",
    "50 MB of one line": b"We said so. " * (50_000_000 // 12),
    "a broken line": TEXT.encode() + b'\n{"start": 9000, "speaker": "Ann", "text": \n',
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_a_bad_file_is_told_and_nothing_is_written(cora, data, monkeypatch):
    monkeypatch.setattr(uploads, "SMALL", 10**9)
    response = cora.post(reverse("hearing-new"), FACTS | {"file": file(data)})
    assert response.status_code == 200 and response.context["form"].errors
    assert FACTS["title"] in response.text  # what was typed stands
    assert not Hearing.objects.exists()


def test_a_latin_1_file_is_read_with_a_warning(cora):
    data = "[00:00:10] José Peña: Así es.\n[00:00:12] B: Yes.\n".encode("latin-1")
    text = cora.post(reverse("hearing-new"), FACTS | {"file": file(data)}, follow=True).text
    assert "Check the accents" in text and "José Peña" in text


def test_a_broken_line_is_named(cora):
    text = cora.post(reverse("hearing-new"), FACTS | {"file": file(BAD["a broken line"])}).text
    assert "Line 8" in text and "Nothing was imported." in text


def test_a_broken_line_is_skipped_if_asked_and_listed(cora):
    sent = FACTS | {"file": file(BAD["a broken line"]), "skip_bad_lines": "on"}
    text = cora.post(reverse("hearing-new"), sent, follow=True).text
    assert Utterance.objects.count() == 7
    assert "Lines left out" in text


@pytest.mark.parametrize(("limit", "name"), [("LARGEST_FILE", "file"), ("LARGEST_TEXT", "text")])
def test_what_is_too_large_is_told(cora, monkeypatch, limit, name):
    monkeypatch.setattr(forms, limit, 100)
    sent = FACTS | {name: file() if name == "file" else TEXT}
    assert "is larger than" in cora.post(reverse("hearing-new"), sent).text
    assert not Hearing.objects.exists()


def test_the_form_takes_what_the_parsers_read_and_no_more():
    assert forms.LARGEST_FILE == decoding.MAX_BYTES


def test_a_file_and_text_at_once_are_one_too_many(cora):
    sent = FACTS | {"file": file(), "text": TEXT}
    assert "not both" in cora.post(reverse("hearing-new"), sent).text
    assert not Hearing.objects.exists()


def test_the_same_file_again_changes_nothing(cora):
    hearing = cast.hearing()
    for _twice in range(2):
        cora.post(reverse("hearing-add", args=[hearing.slug]), {"file": file()})
    assert Part.objects.filter(hearing=hearing, replaced_in=None).count() == 1
    assert hearing.current_transcript.number == 2  # other words than the cast's, then the same


def test_adding_a_transcript_needs_one(cora):
    hearing = cast.hearing()
    text = cora.post(reverse("hearing-add", args=[hearing.slug]), {"text": " "}).text
    assert "Choose a file or paste a transcript" in text


@pytest.mark.parametrize("who", [cast.rob, cast.adam])
def test_readers_look_but_import_nothing(client, who):
    hearing = cast.hearing()
    client.force_login(who())
    assert client.get(reverse("staff-hearings")).status_code == 200
    assert client.get(reverse("staff-hearing", args=[hearing.slug])).status_code == 200
    for address in (reverse("hearing-new"), reverse("hearing-add", args=[hearing.slug])):
        assert client.post(address, FACTS | {"text": TEXT}).status_code == 403


@pytest.mark.parametrize("count", [2, 40])
def test_the_list_costs_the_same_for_any_number(cora, count, django_assert_max_num_queries):
    for number in range(count):
        Hearing.objects.create(title=f"Hearing {number}", held_on=cast.HELD_ON)
    with django_assert_max_num_queries(12):
        cora.get(reverse("staff-hearings"))


# Speakers


def unknown(hearing) -> Speaker:
    return hearing.speakers.get(is_settled=False)


def test_an_unknown_name_stands_there_with_its_first_words(cora):
    hearing = cast.hearing()
    text = cora.get(reverse("speakers")).text
    assert "Speaker 7" in text and "Yeah, we can look into that." in text
    assert "Commissioner Fenn" not in text.split("</h1>")[1].split("<form")[0]
    assert str(unknown(hearing).pk) in text


def test_it_is_somebody_known(cora):
    hearing = cast.hearing()
    speaker = unknown(hearing)
    cora.post(reverse("speakers"), {"speaker": speaker.pk, "official": cast.fenn().pk})
    speaker.refresh_from_db()
    assert (speaker.official, speaker.is_settled, speaker.decided_by) == (cast.fenn(), True, cast.cora())  # fmt: skip


def test_it_is_somebody_new(cora):
    speaker = unknown(cast.hearing())
    given = {"name": "Ned Nott", "role": "Engineer", "side": "agency", "agency": cast.water().pk}
    cora.post(reverse("speakers"), {"speaker": speaker.pk} | given)
    official = Official.objects.get(name="Ned Nott")
    speaker.refresh_from_db()
    assert speaker.official == official
    assert official.appointment_on(cast.HELD_ON).agency == cast.water()


def test_only_the_side_is_known(cora):
    speaker = unknown(cast.hearing())
    cora.post(reverse("speakers"), {"speaker": speaker.pk, "side": "public"})
    speaker.refresh_from_db()
    assert (speaker.official, speaker.side, speaker.is_settled) == (None, "public", True)


def test_one_answer_settles_all_hearings_if_asked(cora):
    named = ((0, "Tobias Ren", "Good morning."),)
    here, there = cast.hearing(lines=named), cast.hearing("Another day", lines=named)
    sent = {"speaker": unknown(here).pk, "official": cast.fenn().pk}
    cora.post(reverse("speakers"), sent)
    assert not unknown(there).is_settled
    there_too = cast.hearing("A third day", lines=named)
    response = cora.post(reverse("speakers"), {**sent, "speaker": unknown(there).pk, "everywhere": "on"}, follow=True)  # fmt: skip
    assert "in 1 other hearing" in response.text
    assert not there_too.speakers.filter(is_settled=False).exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"name": "Ned Nott"},
        {"name": "Ned Nott", "role": "Engineer", "side": "agency"},
        {"name": "Ned Nott", "role": "Member", "side": "council", "agency": "{water}"},
    ],
)
def test_half_an_answer_settles_nothing(cora, given):
    speaker = unknown(cast.hearing())
    given = {name: value.format(water=cast.water().pk) for name, value in given.items()}
    response = cora.post(reverse("speakers"), {"speaker": speaker.pk} | given)
    speaker.refresh_from_db()
    assert "error" in response.text and not speaker.is_settled
    assert not Official.objects.filter(name="Ned Nott").exists()


def test_readers_settle_nobody(client):
    client.force_login(cast.rob())
    assert client.post(reverse("speakers")).status_code == 403


@pytest.mark.parametrize("count", [2, 18])
def test_the_queue_costs_the_same_for_any_number(cora, count, django_assert_max_num_queries):
    lines = tuple((10 * n, f"Voice {n}", f"Line {n}.") for n in range(count))
    cast.hearing("Many voices", lines=lines)
    for number in range(count):
        Agency.objects.create(name=f"Agency {number}")
    with django_assert_max_num_queries(15):
        cora.get(reverse("speakers"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"held_on": "2126-10-20"}, "A hearing in the year 2126? Check the date."),
        ({"held_on": "0001-10-20"}, "A hearing in the year 1? Check the date."),
        ({"committees": f"Water\n{'a' * 201}"}, "has 201. Each committee has a line of its own."),
    ],
)
def test_what_cannot_be_meant_is_asked_about_and_nothing_is_saved(cora, typed, told):
    answer = cora.post(reverse("hearing-new"), FACTS | {"text": TEXT} | typed)

    assert told in answer.text
    assert not Hearing.objects.exists()


def test_an_earlier_revision_is_made_the_current_one_again(cora):
    hearing = cast.hearing()
    wrong = ((0, "Ada", "Trees, and nothing else."), (9000, "Ada", "Trees."))
    importing.import_transcript(hearing, cast.parsed(wrong), digest="2", now=cast.NOON)
    page = cora.get(reverse("revision", args=[hearing.slug, 1])).text
    address = reverse("revision-restore", args=[hearing.slug, 1])
    assert f'action="{address}"' in page
    assert "are the current ones again" in cora.post(address, follow=True).text
    assert Utterance.objects.current().count() == len(cast.LINES)
    assert (
        'action="'
        not in cora.get(reverse("revision", args=[hearing.slug, 3])).text.split("<h1>")[1]
    )


def test_staff_know_better_than_its_format_who_took_a_transcript_down(cora):
    hearing = cast.hearing()
    part = Part.objects.get(hearing=hearing)
    public = hearing.get_absolute_url()
    assert "Automated transcript" in cora.get(public).text
    page = cora.post(reverse("part", args=[part.pk]), {"taken_down": "yes"}, follow=True).text
    assert "taken down by people, not heard by a machine." in page.split("Changed by staff")[1]
    assert "Automated transcript" not in cora.get(public).text
    cora.post(reverse("part", args=[part.pk]), {"taken_down": "no"})
    assert "Automated transcript" in cora.get(public).text
