"""Staff's answers teach: how often each cue was right here, and what people change afterwards."""

import pytest
from django.urls import reverse

from commitments import actions, suggesting
from commitments.earlier import alike, content
from commitments.models import Commitment, Suggestion
from commitments.suggestion_report import report
from commitments.suggestions import family_of
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora(client):
    client.force_login(cast.cora())
    return client


@pytest.fixture
def rita(client):
    client.force_login(cast.rita())
    return client


def decided(title: str, what: str = ""):
    """A hearing whose promise to get back is accepted, and whose other suggestions are dismissed."""
    where = cast.hearing(title=title)
    suggesting.refresh(where, now=cast.NOON)
    for suggestion in where.suggestions.all():
        if suggestion.quote == cast.GET_BACK:
            facts = {"what": what or suggestion.what, "kind": suggestion.kind}
            actions.tag(
                where,
                cast.selection(where, cast.GET_BACK),
                by=cast.cora(),
                now=cast.NOON,
                due=cast.proposals.propose(where, cast.selection(where, cast.GET_BACK)).due,
                suggestion=suggestion,
                agency=cast.water(),
                type=suggestion.type,
                strength=suggestion.strength,
                **facts,
            )
        else:
            actions.dismiss(suggestion, by=cast.cora(), now=cast.NOON)
    return where


def test_it_counts_what_was_accepted_of_each_cue():
    decided("One"), decided("Two")
    cues = {cue.name: (cue.accepted, cue.decided, cue.percent) for cue in report().cues}
    assert cues["get back"] == (2, 2, 100)
    assert cues["look into"] == (0, 2, 0)
    assert sum(count for _accepted, count, _percent in cues.values()) == Suggestion.objects.count()


def test_it_tells_which_words_people_change():
    decided("One", what="Report the number of brass pipes")
    found = report()
    assert found.changed["what"] == 1
    assert found.changed["type"] == 0
    assert ("brass", 1) in found.put_in
    assert ("winter", 1) in found.taken_out


def test_the_page_says_n_beside_every_share(rita):
    assert "No suggestion has been accepted" in rita.get(reverse("suggestions")).content.decode()
    decided("One")
    page = rita.get(reverse("suggestions")).content.decode()
    assert "get back" in page
    assert "100 %" in page


@pytest.mark.parametrize("count", [1, 4])
def test_the_page_costs_the_same_for_any_number(rita, count, django_assert_max_num_queries):
    for number in range(count):
        decided(f"Hearing {number}")
    with django_assert_max_num_queries(8):
        rita.get(reverse("suggestions"))


@pytest.mark.parametrize(
    "cue, family",
    [
        ("we’ll be getting back to you", "get back"),
        ("I can send you the", "send"),
        ("Absolutely.", ""),
    ],
)
def test_a_cue_goes_by_its_verb(cue, family):
    assert family_of(cue) == family


# Promised before


def test_a_suggestion_and_a_draft_name_the_open_commitment_they_resemble(cora):
    earlier = cast.opened(cast.hearing())
    where = cast.hearing(title="A year later", held_on=cast.date(2026, 11, 3))
    suggesting.refresh(where, now=cast.NOON)
    answer = cast.said(where, cast.GET_BACK)
    tag = reverse("hearing-tag", args=[where.slug])
    card = cora.get(tag).content.decode()
    form = cora.get(f"{tag}?u={answer.pk}", headers={"X-Fragment": "form"}).content.decode()
    again = cast.draft(where)
    draft = cora.get(again.get_staff_url()).content.decode()
    for page in (card, form, draft):
        assert "Perhaps promised before:" in page
        assert earlier.get_staff_url() in page


def test_another_agency_or_another_matter_is_not_named(cora):
    cast.opened(cast.hearing(), agency=cast.Agency.objects.create(name="Harbor Department"))
    cast.opened(cast.hearing(title="Other"), what="Publish the dredging plan")
    draft = cast.draft(cast.hearing(title="A year later"))
    assert "Perhaps promised before:" not in cora.get(draft.get_staff_url()).content.decode()


def test_likeness_goes_by_the_words_that_matter():
    owed = [
        Commitment(pk=1, what="Send the Council the list of denied permits"),
        Commitment(pk=2, what="Repair the pier"),
    ]
    assert alike("Provide a list of the permits that were denied", owed) == owed[0]
    assert alike("Report how many inspectors there are", owed) is None
    assert alike("", owed) is None
    assert content("Reporting the numbers") == content("reported the number")


def test_a_suggestion_keeps_the_words_of_time_that_the_calendar_understands():
    lines = (
        *cast.LINES[:4],
        (8221, "Commissioner Fenn", "We will send you that list by tomorrow morning."),
    )
    where = cast.hearing(lines=lines)
    suggesting.refresh(where, now=cast.NOON)
    promised = where.suggestions.get(utterance=cast.said(where, lines[-1][2]))
    assert promised.due_words == "by tomorrow morning"
