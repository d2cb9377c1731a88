"""Who a printed name means: by itself only what is certain; the rest is offered, decided, and undone."""

import pytest
from django.urls import reverse

from hearings import speakers
from hearings.models import Agency, Decision, Official, Side, Speaker
from hearings.refusing import Refused
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def register():
    for name in ("Jenaro Gutiérrez-Sol", "Marcus Gelber", "Gale Brewster", "Ann Fenn", "Ida Solís"):
        cast.official(name, "Council Member", Side.COUNCIL)
    return speakers.Register(Official.objects.with_appointments(), cast.HELD_ON)


@pytest.mark.parametrize(
    ("printed", "means"),
    [
        ("Marcus Gelber", "Marcus Gelber"),
        ("MARCUS GELBER:", "Marcus Gelber"),
        ("Gelber, Marcus", "Marcus Gelber"),
        ("Deputy Commissioner Gelber", "Marcus Gelber"),
        ("CHAIRPERSON BREWSTER", "Gale Brewster"),
        ("CO-CHAIR BREWSTER", None),
        ("COUNCIL MEMBER SOLÍS", "Ida Solís"),
        ("Council Member Solis", "Ida Solís"),
        ("Solis, Ida", "Ida Solís"),
        ("IDA SOLI\N{COMBINING ACUTE ACCENT}S", "Ida Solís"),
        ("Gelber", None),
        ("GELBER:", None),
        ("Deputy Commissioner Gerber", None),
        ("Marcus Gelbert", None),
        ("Council Member", None),
        ("", None),
    ],
)
def test_only_what_is_certain_identifies_by_itself(register, printed, means):
    found = register.find(printed)
    assert (found.name if found else None) == means


def test_two_of_the_same_surname_are_nobody(register):
    cast.official("Otto Gelber", "Council Member", Side.COUNCIL)
    register = speakers.Register(Official.objects.with_appointments(), cast.HELD_ON)
    assert register.find("Council Member Gelber") is None
    assert {each.name for each in register.alike("Council Member Gelber")} == {"Marcus Gelber", "Otto Gelber"}  # fmt: skip


@pytest.mark.parametrize(
    ("printed", "offered"),
    [
        ("GELBER:", "Marcus Gelber"),
        ("Deputy Commissioner Gerber", "Marcus Gelber"),
        ("Marcos Gelbert", "Marcus Gelber"),
        ("Jenaro Gutierrez Sol", "Jenaro Gutiérrez-Sol"),
    ],
)
def test_what_is_alike_is_offered(register, printed, offered):
    assert register.alike(printed)[0].name == offered


def test_what_is_not_alike_is_not_offered(register):
    assert register.alike("Speaker 7") == [] and register.alike("") == []


@pytest.mark.parametrize("role", ["Witness — WA", "Deputy Director of the Water Authority", "Engineer, Waterworks", "witness (wa)"])  # fmt: skip
def test_role_words_propose_the_agency(role):
    Agency.objects.create(name="Water Authority", short_name="WA", aliases=["Waterworks"])
    assert speakers.agency_of_words(role).short == "WA"


def test_role_words_that_name_two_or_none_propose_nothing():
    Agency.objects.create(name="Parks", aliases=["WA"])
    cast.water()
    assert speakers.agency_of_words("Witness — WA") is None
    assert speakers.agency_of_words("Wary witness") is None


# Decisions and their undo


def open_name(where) -> Speaker:
    return where.speakers.get(printed_name="Speaker 7")


def stands(speaker: Speaker) -> tuple:
    speaker.refresh_from_db()
    return speaker.official, speaker.side, speaker.is_settled, speaker.decided_by


def test_one_answer_for_many_hearings_is_undone_in_all_of_them():
    hearings = [cast.hearing(f"Part {number}") for number in range(3)]
    names = [open_name(each) for each in hearings]
    decision = speakers.decide(names, by=cast.cora(), now=cast.NOON, official=cast.fenn())
    assert {stands(each) for each in names} == {(cast.fenn(), "", True, cast.cora())}
    assert speakers.undo(decision, by=cast.cora(), now=cast.NOON) == 3
    assert {stands(each) for each in names} == {(None, "", False, None)}
    decision.refresh_from_db()
    assert (decision.undone_by, decision.settlements.count()) == (cast.cora(), 3)


def test_undo_puts_back_what_an_earlier_answer_said():
    name = open_name(cast.hearing())
    speakers.decide([name], by=cast.cora(), now=cast.NOON, side=Side.PUBLIC)
    second = speakers.decide([name], by=cast.rita(), now=cast.NOON, official=cast.fenn())
    speakers.undo(second, by=cast.rita(), now=cast.NOON)
    assert stands(name) == (None, Side.PUBLIC, True, cast.cora())


def test_an_answer_that_was_changed_since_is_not_undone():
    name = open_name(cast.hearing())
    first = speakers.decide([name], by=cast.cora(), now=cast.NOON, side=Side.PUBLIC)
    speakers.decide([name], by=cast.cora(), now=cast.NOON, official=cast.fenn())
    with pytest.raises(Refused, match="decided anew"):
        speakers.undo(first, by=cast.cora(), now=cast.NOON)
    assert stands(name)[0] == cast.fenn()


def test_nothing_is_undone_twice():
    decision = speakers.decide([open_name(cast.hearing())], by=cast.cora(), now=cast.NOON)
    speakers.undo(decision, by=cast.cora(), now=cast.NOON)
    with pytest.raises(Refused, match="already"):
        speakers.undo(decision, by=cast.cora(), now=cast.NOON)


def test_a_reader_decides_nothing():
    with pytest.raises(Refused):
        speakers.decide([open_name(cast.hearing())], by=cast.rob(), now=cast.NOON)


@pytest.fixture
def cora(client):
    client.force_login(cast.cora())
    return client


def test_the_queue_offers_who_is_alike_and_counts_the_hearings(cora):
    lines = ((1, "Commissioner Fennn", "We will look into that."),)
    cast.hearing("One", lines=lines), cast.hearing("Two", lines=lines)
    text = cora.get(reverse("speakers")).text
    assert "<kbd>1</kbd> Ingrid Fenn, Commissioner, WA" in text
    assert "also in the 1 other hearing where this name is printed and open" in text
    assert not Speaker.objects.filter(printed_name="Commissioner Fennn", is_settled=True).exists()


def test_leaving_a_name_unknown_is_an_answer_too(cora):
    name = open_name(cast.hearing())
    cora.post(reverse("speakers"), {"speaker": name.pk, "unknown": 1, "role": "x"})
    assert stands(name) == (None, "", True, cast.cora())
    assert "left unknown" in cora.get(reverse("speakers")).text


def test_undoing_somebody_new_takes_the_official_back_too(cora):
    name = open_name(cast.hearing())
    given = {"name": "Ned Nott", "role": "Engineer", "side": "agency", "agency": cast.water().pk}
    cora.post(reverse("speakers"), {"speaker": name.pk} | given)
    cora.post(reverse("decision-undo", args=[Decision.objects.get().pk]))
    assert stands(name) == (None, "", False, None)
    assert not Official.objects.filter(name="Ned Nott").exists()


def test_undoing_somebody_new_keeps_them_once_they_are_needed(cora):
    here, there = cast.hearing(), cast.hearing("Another day")
    given = {"name": "Ned Nott", "role": "Engineer", "side": "agency", "agency": cast.water().pk}
    cora.post(reverse("speakers"), {"speaker": open_name(here).pk} | given)
    ned = Official.objects.get(name="Ned Nott")
    cora.post(reverse("speakers"), {"speaker": open_name(there).pk, "official": ned.pk})
    cora.post(reverse("decision-undo", args=[Decision.objects.order_by("pk").first().pk]))
    assert Official.objects.filter(pk=ned.pk).exists()


def test_role_words_fill_the_form(cora):
    cast.water()
    where = cast.hearing()
    Speaker.objects.filter(pk=open_name(where).pk).update(printed_role="Witness — WA", side=Side.AGENCY)  # fmt: skip
    form = cora.get(reverse("speakers")).context["entries"][0]["form"]
    assert form["agency"].value() == cast.water().pk and form["side"].value() == Side.AGENCY
