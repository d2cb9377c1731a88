"""Moments when a better transcript comes: kept, moved, or in the queue; and what staff decide there."""

import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.urls import reverse

from commitments import actions, anchoring, suggesting
from commitments.models import Moment, Placement
from hearings.importing import digest_of, import_transcript
from hearings.refusing import Refused
from tests import cast
from tests.commitments.meeting import SAID, recut

pytestmark = pytest.mark.django_db
GET_BACK = SAID[7]
LINES = tuple((10 * number, "Commissioner Fenn", words) for number, words in enumerate(SAID))


def better(where, said=SAID, begin: float = 3.0):
    """A new whole-hearing file, with other times and without speakers."""
    new = tuple((begin + 10 * number, "", words) for number, words in enumerate(said))
    import_transcript(where, cast.parsed(new), digest=digest_of(repr(new).encode()), now=cast.NOON)


def with_words(number: int, words: str) -> tuple[str, ...]:
    return (*SAID[:number], words, *SAID[number + 1 :])


@pytest.fixture
def where():
    return cast.hearing(lines=LINES)


@pytest.fixture
def made(where) -> Moment:
    return cast.published(where, words=GET_BACK).made


def reanchored(where) -> dict[str, int]:
    return anchoring.reanchor(where, now=cast.NOON)


def test_the_same_words_elsewhere_are_kept(where, made):
    better(where)
    assert reanchored(where) == {"kept": 1, "moved": 0, "lost": 0}
    made.refresh_from_db()
    assert made.utterance == cast.said(where, GET_BACK)
    assert (made.start, made.quote, made.transcript.number) == (73.0, GET_BACK, 1)
    assert made.words_now == ""


def test_other_words_at_the_place_are_told(where, made):
    heard = "So I don't have that number on me but we can get back to you and that."
    better(where, with_words(7, heard))
    assert reanchored(where) == {"kept": 0, "moved": 1, "lost": 0}
    made.refresh_from_db()
    assert (made.quote, made.words_now) == (GET_BACK, heard)


def said_by(where, name: str, lines=LINES, **times):
    """A new whole-hearing file in which everything is printed under this name."""
    new = tuple((start, name, words) for start, _who, words in lines)
    parsed = cast.parsed(new)
    if times:
        parsed = replace(parsed, utterances=tuple(replace(each, **times) for each in parsed.utterances))  # fmt: skip
    import_transcript(where, parsed, digest=digest_of(repr(parsed).encode()), now=cast.NOON)


def test_the_same_words_under_anothers_name_are_for_a_person(where, made, cora):
    said_by(where, "Yolanda Birch")
    assert reanchored(where) == {"kept": 0, "moved": 0, "lost": 1}
    line = cast.said(where, GET_BACK)
    answer = {"answer": "here", "u": line.pk, "to": line.pk}
    page = cora.post(reverse("lost-moment", args=[made.pk]), answer, follow=True).text
    assert "names Ingrid Fenn as who said it. Correct it if that is wrong." in page
    made.refresh_from_db()
    assert made.speaker.printed_name == "Yolanda Birch"


@pytest.mark.parametrize("printed", ["Commissioner Fenn", "Speaker 3", ""])
def test_who_said_it_is_kept_where_nobody_else_is_named(where, made, printed):
    said_by(where, printed, lines=tuple((start + 5, who, words) for start, who, words in LINES))
    assert reanchored(where) == {"kept": 1, "moved": 0, "lost": 0}
    made.refresh_from_db()
    assert made.speaker.official == cast.fenn()


def test_a_transcript_with_names_says_who_said_what_was_quoted_without(where):
    nameless = cast.hearing("Another", lines=tuple((at, "", words) for at, _who, words in LINES))
    quoted = cast.draft(nameless, words=GET_BACK).made
    assert quoted.speaker is None
    said_by(nameless, "Commissioner Fenn")
    reanchored(nameless)
    quoted.refresh_from_db()
    assert quoted.speaker.official == cast.fenn()


def test_a_second_is_kept_where_the_newer_lines_are_longer(where, made):
    turns = ((0, "Commissioner Fenn", " ".join(SAID[:5])), (50, "Commissioner Fenn", " ".join(SAID[5:])))  # fmt: skip
    said_by(where, "Commissioner Fenn", lines=turns, end=100.0)
    reanchored(where)
    made.refresh_from_db()
    assert (made.utterance.start, made.start, made.is_start_set) == (50, 70, False)


def test_what_is_not_there_is_lost_and_keeps_its_quote(where, made, client):
    better(where, with_words(7, "Let us go on to something else."))
    assert reanchored(where) == {"kept": 0, "moved": 0, "lost": 1}
    made.refresh_from_db()
    assert made.get_absolute_url() == where.get_absolute_url()
    page = client.get(made.commitment.get_absolute_url()).text
    assert "we can get back to you on that." in page
    assert "Quoted from an earlier transcript of this hearing." in page
    anchoring.set_aside(made, by=cast.cora(), now=cast.NOON)
    page = client.get(made.commitment.get_absolute_url()).text
    assert "the current one has not got these words" in page
    assert f"u={made.utterance_id}" not in page


def test_a_second_run_changes_nothing(where, made):
    better(where, with_words(7, "Let us go on."))
    first = reanchored(where)
    count = Placement.objects.count()
    assert reanchored(where) == first
    assert Placement.objects.count() == count


def test_each_place_is_remembered(where, made):
    old = made.utterance
    better(where)
    reanchored(where)
    first, second = made.placements.all()
    assert (first.utterance, first.transcript.number) == (old, 1)
    assert (second.transcript.number, second.score, second.made_by) == (2, 100, None)


def test_a_lost_one_comes_back_with_a_transcript_that_has_it(where, made):
    better(where, with_words(7, "Let us go on."))
    reanchored(where)
    better(where, SAID, begin=5.0)
    assert reanchored(where) == {"kept": 1, "moved": 0, "lost": 0}


def test_a_part_that_stays_leaves_its_moments_alone(where, made):
    assert reanchored(where) == {"kept": 1, "moved": 0, "lost": 0}
    assert not made.placements.exists()


# A start that somebody has set


def cut_elsewhere(where, ahead: float):
    """The same words in other lines, on a clock that is so many seconds ahead."""
    lines = tuple((each.start, "", each.words) for each in recut(6, ahead))
    import_transcript(
        where, cast.parsed(lines), digest=digest_of(repr(lines).encode()), now=cast.NOON
    )


def begun(where, start: float) -> Moment:
    return cast.published(where, words=GET_BACK, start=start).made


def start_of(moment: Moment) -> tuple[float, bool]:
    moment.refresh_from_db()
    return round(moment.start, 1), moment.is_start_set


def test_it_survives_lines_that_are_cut_elsewhere(where):
    made = begun(where, 74.5)
    cut_elsewhere(where, ahead=0)
    assert reanchored(where)["kept"] == 1
    assert made.utterance != Moment.objects.get(pk=made.pk).utterance
    assert start_of(made) == (74.5, True)


@pytest.mark.parametrize("ahead", [600.0, -40.0])
def test_it_moves_with_the_clock(where, ahead):
    made = begun(where, 74.5)
    better(where, begin=ahead + 100)
    reanchored(where)
    assert start_of(made) == (74.5 + ahead + 100, True)


def test_it_moves_with_the_clock_of_lines_that_are_cut_elsewhere(where):
    made = begun(where, 74.5)
    cut_elsewhere(where, ahead=600)
    reanchored(where)
    start, is_set = start_of(made)
    assert is_set and abs(start - 674.5) < 3


def test_what_nobody_set_begins_with_its_new_line(where, made):
    cut_elsewhere(where, ahead=600)
    reanchored(where)
    made.refresh_from_db()
    assert (made.start, made.is_start_set) == (made.utterance.start, False)


def test_it_goes_along_where_a_person_says_where_the_words_stand(where):
    made = begun(where, 74.5)
    better(where, with_words(7, "I have not got it here and will come back."), begin=603.0)
    assert reanchored(where)["lost"] == 1
    assert start_of(made) == (74.5, True)
    there = cast.selection(where, "I have not got it here and will come back.")
    anchoring.place(made, there, by=cast.cora(), now=cast.NOON)
    assert start_of(made) == (677.5, True)


def test_it_does_not_go_along_to_words_far_from_it(where):
    made = begun(where, 74.5)
    better(where, with_words(7, "I have not got it here and will come back."), begin=603.0)
    reanchored(where)
    anchoring.place(made, cast.selection(where, SAID[15]), by=cast.cora(), now=cast.NOON)
    assert start_of(made) == (753, False)


def test_it_comes_back_with_the_place_that_is_taken_back(where):
    """Set after the second transcript came, and wanted again after the third was answered wrongly."""
    made = begun(where, 74.5)
    better(where, begin=103.0)
    reanchored(where)
    actions.edit(made.commitment, by=cast.rita(), now=cast.NOON, start=172.0)
    better(where, begin=503.0)
    reanchored(where)
    assert start_of(made) == (572.0, True)
    anchoring.put_back(made, by=cast.cora(), now=cast.NOON)
    assert start_of(made) == (172.0, True)


def test_an_untimed_transcript_leaves_it(where):
    made = begun(where, 74.5)
    new = tuple((None, "", words) for words in SAID)
    import_transcript(where, cast.parsed(new), digest=digest_of(repr(new).encode()), now=cast.NOON)
    reanchored(where)
    assert start_of(made) == (74.5, True)


def test_the_command_prints_the_counts(where, made, capsys):
    better(where)
    call_command("reanchor", where.slug, "--json")
    assert json.loads(capsys.readouterr().out) == {"kept": 1, "moved": 0, "lost": 0}


# The queue


@pytest.fixture
def lost(where, made) -> Moment:
    better(where, with_words(7, "I have not got the number here and will come back with it."))
    reanchored(where)
    made.refresh_from_db()
    assert made.standing == "lost"
    return made


@pytest.fixture
def cora(client):
    client.force_login(cast.cora())
    return client


def address(moment: Moment) -> str:
    return reverse("lost-moment", args=[moment.pk])


def test_the_desk_and_the_queue_show_it(lost, cora):
    assert "Moments that lost their place" in cora.get("/staff/").content.decode()
    page = cora.get("/staff/lost/").content.decode()
    assert address(lost) in page


def test_the_likeliest_lines_are_offered_beside_the_old_ones(lost, cora):
    page = cora.get(address(lost)).content.decode()
    assert "And how many of those are under schools?" in page
    assert "It is here" in page
    assert "I have not got the number here and will come back with it.</mark>" in page
    assert "will come back with it" in cora.get(address(lost) + "?q=come+back+with+it").content.decode()  # fmt: skip


def test_a_person_says_where_and_can_take_it_back(lost, cora, where):
    line = cast.said(where, "I have not got the number here and will come back with it.")
    cora.post(address(lost), {"answer": "here", "u": line.pk, "to": line.pk})
    lost.refresh_from_db()
    assert (lost.utterance, lost.standing, lost.words_now) == (line, "moved", line.text)
    assert lost.placements.last().made_by.username == "cora"
    assert reanchored(where)["moved"] == 1
    cora.post(address(lost), {"answer": "again"})
    lost.refresh_from_db()
    assert lost.standing == "lost"
    assert lost.utterance.text == GET_BACK


def test_a_person_says_that_it_is_not_there(lost, cora):
    cora.post(address(lost), {"answer": "absent"})
    lost.refresh_from_db()
    assert lost.standing == "absent"
    assert address(lost) not in cora.get("/staff/lost/").content.decode().split("h-la")[0]


@pytest.mark.parametrize("act", [anchoring.set_aside, anchoring.put_back])
def test_readers_decide_nothing(lost, act):
    with pytest.raises(Refused, match="needs the role Clerk"):
        act(lost, by=cast.rob(), now=cast.NOON)


def test_readers_say_of_nothing_where_it_stands(lost, where):
    with pytest.raises(Refused, match="needs the role Clerk"):
        anchoring.place(lost, cast.selection(where, SAID[1]), by=cast.rob(), now=cast.NOON)


@pytest.mark.parametrize("answer", [{}, {"answer": "here"}, {"answer": "here", "u": "x", "to": "1"}, {"answer": "here", "u": 1, "to": 999999999}])  # fmt: skip
def test_nonsense_changes_nothing(lost, cora, answer):
    assert cora.post(address(lost), answer, follow=True).status_code == 200
    lost.refresh_from_db()
    assert lost.standing == "lost"


@pytest.mark.parametrize("count", [1, 6])
def test_the_queue_costs_the_same_for_any_number(cora, count, django_assert_max_num_queries):
    for number in range(count):
        there = cast.hearing(title=f"Hearing {number}", lines=LINES)
        cast.draft(there, words=GET_BACK)
        better(there, with_words(7, "Let us go on."))
        reanchored(there)
    with django_assert_max_num_queries(16):
        cora.get("/staff/lost/")


def test_an_old_revision_stays_readable_to_staff_alone(lost, client, where):
    old = reverse("revision", args=[where.slug, 1])
    assert client.get(old).status_code == 302
    client.force_login(cast.rob())
    assert "we can get back to you on that." in client.get(old).content.decode()


# What staff decided on stays decided


def test_a_dismissed_suggestion_stays_away_from_its_new_wording(where):
    suggesting.refresh(where, now=cast.NOON)
    suggestion = where.suggestions.waiting().get(quote__contains="get back to you")
    actions.dismiss(suggestion, by=cast.cora(), now=cast.NOON)
    better(
        where,
        with_words(7, "So I don't have that number on me, but we can get back to you in that."),
    )
    suggesting.refresh(where, now=cast.NOON)
    assert not where.suggestions.waiting().filter(quote__contains="get back to you").exists()


# A corrected quote


def test_a_quote_is_corrected_beside_the_original(made, client):
    actions.correct_quote(
        made.commitment,
        by=cast.cora(),
        now=cast.NOON,
        role="made",
        words="… get back to you on 3-K.",
    )
    page = client.get(made.commitment.get_absolute_url()).content.decode()
    assert "get back to you on 3-K." in page
    assert "we can get back to you on that." in page
    assert made.commitment.events.latest("number").act == "correct_quote"


def test_a_quote_that_is_not_there_cannot_be_corrected(made):
    with pytest.raises(actions.Refused, match="no such moment"):
        actions.correct_quote(
            made.commitment, by=cast.cora(), now=cast.NOON, role="answered", words="x"
        )
