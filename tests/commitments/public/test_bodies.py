"""Agencies, committees, officials, the front page and search."""

from datetime import date, timedelta

import pytest

from commitments import actions
from commitments.models import Moment
from hearings.models import Agency, Council, Side, Speaker
from tests import cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 15)


def test_an_agency_shows_what_it_owes_worst_first(read, settings):
    for held_on in (date(2026, 9, 15), date(2026, 10, 20), date(2026, 12, 10)):
        where = cast.hearing(f"On {held_on}", held_on)
        cast.published(where, cast.at(held_on), what=f"Report on {held_on}")
    settings.CLOCK_AT = cast.at(date(2026, 11, 30))
    words = read("/agencies/wa/")
    long, late, following = (words.index(f'"group">{name}') for name in ("Long", "Overdue", "Next"))
    assert long < words.index("Report on 2026-09-15") < late
    assert late < words.index("Report on 2026-10-20") < following < words.index("Report on 2026-12-10")  # fmt: skip
    assert "2 overdue" in words and "of the 3 it still owes the Council" in words


def test_the_printed_page_of_an_agency_has_all_it_owes_and_nothing_else(read):
    where = cast.hearing()
    for number in range(12):
        cast.published(where, what=f"Report number {number}!")
    actions.close(
        cast.published(where, what="Closed by now"), by=cast.rita(), now=cast.NOON,
        reason_code="refused", public_reason="No.",
    )  # fmt: skip
    words = read("/agencies/wa/open/")
    assert all(f"Report number {number}!" in words for number in range(12))
    assert "Closed by now" not in words


def test_a_committee_and_the_list_it_leads_to_count_the_same(read):
    joint = cast.hearing()
    cast.published(joint)
    elsewhere = cast.hearing("Elsewhere", date(2026, 10, 1))
    elsewhere.hosts.all().delete()
    cast.published(elsewhere, owed_to_committee=cast.committee())
    assert "All 2 commitments" in read("/committees/committee-on-water/")
    assert "2 commitments" in read("/commitments/?committee=committee-on-water")


def test_an_official_shows_statements_and_appointments_and_no_totals(read):
    commitment = cast.published()
    line = "We publish the pipe counts by ward."
    before = cast.hearing("Before", date(2026, 9, 1), ((5, "Commissioner Fenn", line),))
    actions.link(
        commitment, cast.selection(before, line),
        by=cast.cora(), now=cast.NOON, role=Moment.Role.SAID_EARLIER,
    )  # fmt: skip
    fenn, odell = read("/officials/ingrid-fenn/"), read("/officials/odalys-odell/")
    assert "Commissioner, <a" in fenn and commitment.what in fenn and line in fenn
    assert commitment.what in odell and line not in odell
    for words in (fenn, odell):
        assert "1 commitment" not in words and "%" not in words


def test_who_only_ever_spoke_for_the_public_has_no_page(client):
    cast.official("Ana Brill", "Resident", Side.PUBLIC)
    assert client.get("/officials/ana-brill/").status_code == 404
    cast.official("Ana Brill", "Inspector", Side.AGENCY, agency=cast.water())
    assert client.get("/officials/ana-brill/").status_code == 200


def test_the_front_page_tells_the_verdict_and_the_news(read, settings):
    where = cast.hearing()
    cast.published(where, what="Report the late thing")
    cast.answered(cast.published(where, what="Report the answered thing"))
    settings.CLOCK_AT = cast.at(date(2026, 11, 24))
    words = read("/")
    overdue = words.index("Newly overdue")
    answered = words.index("Newly answered")
    assert overdue < words.index("Report the late thing") < answered
    assert answered < words.index("Report the answered thing")
    assert '<b class="num">1</b> <span class="state" data-state="late">' in words.replace("\n", "")
    assert "of the 2 open" in words


def test_an_empty_install_has_a_front_page_and_lists(read):
    assert "Nothing is overdue today." in read("/")
    assert "No hearing has been added yet." in read("/hearings/")
    assert "No commitment has been published yet." in read("/agencies/")


def test_search_finds_commitments_first_then_marked_moments(read):
    cast.published()
    words = read("/search/?q=replaced+winter")
    assert words.index("Report how many lead pipes") < words.index("Moments in transcripts")
    said = words.split("Moments in transcripts")[1]
    assert "<mark>replaced</mark> last <mark>winter</mark>" in said
    assert "2:16:56" in said and "Odalys Odell" in said


def test_search_shows_only_the_current_words(read):
    cast.hearing()
    better = tuple(
        (start, who, text.replace("winter", "spring")) for start, who, text in cast.LINES
    )
    cast.hearing(lines=better)
    assert "No transcript has these words." in read("/search/?q=winter")
    assert "<mark>spring</mark>" in read("/search/?q=spring")


def test_members_of_the_public_stay_out_of_search(read):
    cast.hearing()
    assert "<mark>look</mark>" in read("/search/?q=look")
    Speaker.objects.filter(printed_name="Speaker 7").update(side=Side.PUBLIC, is_settled=True)
    assert "No transcript has these words." in read("/search/?q=look")


def test_search_within_a_hearing_stays_there(read):
    here, there = cast.hearing(), cast.hearing("Other", cast.HELD_ON - timedelta(days=7))
    assert read("/search/?q=pipes").count("<mark>pipes</mark>") == 2
    words = read(f"/search/?q=pipes&hearing={there.slug}")
    assert words.count("<mark>pipes</mark>") == 1
    assert here.title not in words


def test_the_searched_words_can_not_become_markup(read):
    assert "<img" not in read("/search/?q=%3Cimg%20src%3Dx%3E")


def test_about_answers_to_the_links_of_every_footer(read):
    words = read("/about/")
    assert 'id="dates"' in words and 'id="errors"' in words
    assert "Information: 14" in words


def test_about_says_where_to_write_once_there_is_an_address(read):
    assert "mailto:" not in read("/about/")
    council = Council.current()
    council.contact_email = "record@council.example"
    council.save()
    assert '<a href="mailto:record@council.example">record@council.example</a>' in read("/about/")


def test_an_agency_that_never_promised_anything_has_a_page_but_no_row(read):
    silent = Agency.objects.create(name="Silent Office")
    assert "none overdue" in read(silent.get_absolute_url())
    assert "Silent Office" not in read("/agencies/")
