"""A commitment's page: question and answer, the clock, the history, and its other shapes."""

import re
from datetime import date, timedelta

import pytest

from commitments import actions
from commitments.dates import Basis, Due
from commitments.models import Moment
from hearings.models import Official, Utterance
from tests import cast

pytestmark = pytest.mark.django_db
EARLIER = "We publish the pipe counts by ward, or we will."


def page_of(commitment) -> str:
    return commitment.get_absolute_url()


def said_earlier(commitment):
    """A passage of an earlier hearing, linked to the commitment as context."""
    before = cast.hearing("Lead in water", date(2026, 9, 1), ((95, "Commissioner Fenn", EARLIER),))
    actions.link(
        commitment, cast.selection(before, EARLIER),
        by=cast.cora(), now=cast.NOON, role=Moment.Role.SAID_EARLIER,
    )  # fmt: skip
    return before


def test_the_question_stands_before_the_answer_with_who_and_when(read):
    words = read(page_of(cast.published()))
    question = words.index("And how many were replaced last winter?")
    answer = words.index("So I don&#x27;t have that number with me")
    assert question < answer
    assert "<b>Ingrid Fenn</b>, Commissioner" in words
    assert "2:17:01" in words  # 8221 s
    assert "Automated transcript, not checked" in words


def test_words_that_were_checked_say_so(read):
    commitment = cast.published()
    actions.check(commitment, by=cast.cora(), now=cast.NOON, checked_on=cast.NOON.date())
    words = read(page_of(commitment))
    assert "checked against the recording on" in words
    assert "not checked" not in words


def test_a_computed_time_says_about(read):
    where = cast.hearing()
    Utterance.objects.update(is_interpolated=True)
    commitment = cast.published(where)
    assert re.search(r"about\s+2:17:01", read(page_of(commitment)))
    assert "about </span>~2:17:01" in read(where.get_absolute_url())


def test_the_lines_around_the_answer_are_in_the_fold(read):
    fold = read(page_of(cast.published())).split("<details")[1].split("</details>")[0]
    assert [line in fold for _, _, line in cast.LINES] == [
        False, True, True, True, False, True, True,
    ]  # fmt: skip


def test_a_newer_transcript_takes_the_lines_around_away_but_not_the_quote(read):
    where = cast.hearing()
    commitment = cast.published(where)
    better = tuple((start, who, text.upper()) for start, who, text in cast.LINES)
    cast.hearing(lines=better)
    words = read(page_of(commitment))
    assert "get back to you on that" in words
    assert "Can you get us that breakdown by ward?" not in words
    assert "CAN YOU GET US" not in words


def test_the_clock_says_when_why_and_that_nothing_was_sent(read):
    words = read(page_of(cast.published()))
    assert "Wednesday, November\N{NO-BREAK SPACE}4" in words
    assert "Council&#x27;s target for information: 14 days" in words
    assert "Not yet sent in writing" in words
    assert 'class="chart clockline"' in words


def test_an_extension_keeps_the_first_date(read, settings):
    commitment = cast.published()
    actions.extend(
        commitment, by=cast.rita(), now=cast.NOON, due_on=date(2026, 11, 13),
        asked_by="agency", public_reason="The count is not finished.",
    )  # fmt: skip
    settings.CLOCK_AT = cast.at(date(2026, 11, 23))
    words = read(page_of(commitment))
    assert "10 days late" in words
    assert "Due date extended by 9 days, to Friday, November 13, 2026" in words
    assert "The count is not finished." in words
    assert "first due November 4" in words  # in the drawing's title


def test_said_earlier_shows_on_both_pages(read):
    commitment = cast.published()
    before = said_earlier(commitment)
    line = cast.said(before, EARLIER)
    words = read(page_of(commitment))
    assert EARLIER in words
    assert f'{before.get_absolute_url()}?u={line.pk}#u{line.pk}">Lead in water, 0:01:35' in words
    there = read(before.get_absolute_url())
    assert f"<mark>{EARLIER}</mark>" in there
    assert page_of(commitment) in there
    assert "Said earlier" in there
    assert "0 follow-ups" in there


def test_the_history_is_newest_first_and_names_roles(read):
    commitment = cast.published()
    actions.send([commitment], by=cast.cora(), now=cast.NOON, sent_on=cast.NOON.date())
    history = read(page_of(commitment)).split('class="timeline"')[1].split("</ol>")[0]
    acts = re.findall(r'class="act">([^<]*)<', history)
    assert acts == [
        "Sent to the agency in writing",
        "Published",
        "Confirmed as 2026-0001, due Wednesday, November 4, 2026",
        "Said at the hearing",
    ]
    assert "By Council staff (clerk)." in history


def test_a_change_that_no_page_shows_is_not_told(read):
    commitment = cast.published()
    actions.edit(commitment, by=cast.rita(), now=cast.NOON, internal_note="Ask the liaison.")
    assert "Record corrected" not in read(page_of(commitment))
    actions.edit(commitment, by=cast.rita(), now=cast.NOON, what="Report the pipes replaced")
    assert "Record corrected" in read(page_of(commitment))


def test_an_answer_is_public_only_once_it_is_judged(read):
    commitment = cast.published()
    actions.respond(
        [commitment], by=cast.cora(), now=cast.NOON, received_on=cast.NOON.date(),
        statement="Four hundred and six.", internal_note="By phone.", is_public=True,
    )  # fmt: skip
    words = read(page_of(commitment)) + read(f"/commitments/{commitment.reference}.json")
    assert "Answer under review" in words
    assert "Four hundred and six." not in words
    actions.judge(
        commitment, by=cast.rita(), now=cast.NOON, outcome="fulfilled",
        public_reason="The letter gives the number.", evidence="Letter of October 21",
    )  # fmt: skip
    words = read(page_of(commitment)) + read(f"/commitments/{commitment.reference}.json")
    assert words.count("Four hundred and six.") == 2
    assert words.count("Letter of October 21") == 2
    assert "The letter gives the number." in words
    assert "By phone." not in words
    assert "Four hundred and six." in read(cast.water().get_absolute_url())


def test_evidence_and_answers_marked_internal_stay_inside(read):
    commitment = cast.answered(cast.published())
    actions.judge(
        commitment, by=cast.rita(), now=cast.at(date(2026, 10, 27)), outcome="fulfilled",
        public_reason="Met.", evidence="A sealed file", evidence_is_public=False,
    )  # fmt: skip
    assert "A sealed file" not in read(page_of(commitment))


def test_json_has_the_facts_of_the_api_and_the_history(client):
    commitment = cast.published()
    facts = client.get(f"/commitments/{commitment.reference}.json").json()
    assert facts["reference"] == "2026-0001"
    assert facts["quote"] == cast.GET_BACK
    assert facts["start"] == 8221
    assert facts["due_on"] == facts["original_due_on"] == "2026-11-04"
    assert facts["days_late"] == 0
    assert [line["act"] for line in facts["timeline"]] == ["publish", "confirm"]
    assert facts["timeline"][0]["role"] == "Reviewer"
    assert (facts["evidence"], facts["answers"]) == ([], [])


def test_ics_is_an_all_day_event_with_a_stable_id(client):
    long = "Send, by ward; the list of lead pipes – replaced " + "and replaced again " * 8
    commitment = cast.published(what=long.strip())
    address = f"/commitments/{commitment.reference}.ics"
    answer = client.get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    raw = answer.content
    assert raw.count(b"\n") == raw.count(b"\r\n")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    whole = raw.replace(b"\r\n ", b"").decode()
    assert "DTSTART;VALUE=DATE:20261104\r\nDTEND;VALUE=DATE:20261105\r\n" in whole
    assert r"SUMMARY:Due: Send\, by ward\; the list of lead pipes" in whole
    uid = re.search(r"UID:(.*)\r\n", whole)[1]
    actions.extend(
        commitment, by=cast.rita(), now=cast.NOON, due_on=date(2026, 12, 1),
        asked_by="council", public_reason="More time.",
    )  # fmt: skip
    later = client.get(address).content.decode()
    assert f"UID:{uid}\r\n" in later
    assert "DTSTART;VALUE=DATE:20261201" in later


def test_the_video_is_a_link_to_the_second_until_somebody_presses_play(read):
    where = cast.hearing()
    where.video_url, where.video_offset = "https://www.youtube.com/watch?v=pipes", 12
    where.save()
    words = read(page_of(cast.published(where)))
    assert 'href="https://www.youtube.com/watch?v=pipes&amp;t=8233s"' in words
    assert "youtube-nocookie.com/embed/pipes?start=8233" in words
    assert "<iframe" not in words


def test_a_note_without_a_moment_says_so(read):
    noted = actions.note(
        cast.hearing(), by=cast.cora(), now=cast.NOON, what="Send the ward map",
        due=Due(date(2026, 11, 20), Basis.LETTER), agency=cast.water(),
        owed_to_committee=cast.committee(),
    )  # fmt: skip
    actions.publish(
        actions.confirm(noted, by=cast.rita(), now=cast.NOON), by=cast.rita(), now=cast.NOON
    )
    words = read("/commitments/2026-0001/")
    assert "From staff notes" in words
    assert "<blockquote" not in words


def test_the_citation_says_who_where_and_when(read):
    words = read(page_of(cast.published()))
    citation = words.split('id="cite"')[1].split("</textarea>")[0].split(">")[1]
    assert citation == (
        "Ingrid Fenn, Commissioner, Water Authority, to Odalys Odell. City Council, Committee on "
        "Water, October 20, 2026, at 2:17:01. Commitment 2026-0001."
    )


def test_a_person_without_an_appointment_has_no_page(client):
    nobody = Official.objects.create(name="Nobody Inparticular")
    assert client.get(nobody.get_absolute_url()).status_code == 404
    assert client.get(cast.fenn().get_absolute_url()).status_code == 200


def test_days_late_count_from_the_day_after(read, settings):
    commitment = cast.published()
    settings.CLOCK_AT = cast.at(commitment.due_on, 23, 30)
    assert "Due today" in read(page_of(commitment))
    settings.CLOCK_AT += timedelta(hours=1)
    assert "1 day late" in read(page_of(commitment))


@pytest.mark.parametrize(("days", "told"), [(1, False), (400, True)])
def test_what_was_fulfilled_late_stays_late_on_the_hearings_sheet(read, days, told):
    received_on = cast.NOON.date() + timedelta(days=days)
    commitment = cast.answered(cast.published(), received_on)
    actions.judge(
        commitment, by=cast.rita(), now=cast.at(received_on),
        outcome="fulfilled", public_reason="Met.", evidence="Letter",
    )  # fmt: skip
    sheet = read(f"{commitment.hearing.get_absolute_url()}follow-ups/")
    assert ("Fulfilled</span> late" in sheet) == told
