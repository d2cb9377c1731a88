"""Who a printed name means: by itself only what is certain; the rest is offered, decided, and undone."""

from datetime import date

import pytest
from django.urls import reverse

from hearings import speakers, withholding
from hearings.importing import digest_of, import_transcript
from hearings.models import Agency, Appointment, Decision, Official, Side, Speaker
from hearings.refusing import Refused
from tests import cast

pytestmark = pytest.mark.django_db


def harbor() -> Agency:
    return Agency.objects.get_or_create(name="Harbor Department", defaults={"short_name": "HD"})[0]


@pytest.fixture
def register():
    for name in ("Jenaro Gutiérrez-Sol", "Gale Brewster", "Ida Solís", "Carmen De La Cruz"):
        cast.official(name, "Council Member", Side.COUNCIL)
    cast.official("Nan Willis", "Council Member, District 4", Side.COUNCIL)
    cast.official("Juno Willis", "Public Advocate", Side.ELECTED)
    cast.official("Ada Stone", "Speaker", Side.COUNCIL)
    cast.official("Marcus Gelber", "Deputy Commissioner, Legal Matters", Side.AGENCY, agency=harbor())  # fmt: skip
    cast.official("Tess Krake", "First Deputy Commissioner", Side.AGENCY, agency=harbor())
    cast.official("Lee Rowe", "Assembly Member", Side.ELECTED)
    cast.official("Tony Cruz", "Mayor", Side.ELECTED)
    Official.objects.create(name="The Chair")
    return register_of_the_day()


def register_of_the_day() -> speakers.Register:
    return speakers.Register(Official.objects.with_appointments(), cast.HELD_ON)


IDENTIFIED = {
    # the whole name, however it is printed
    "Marcus Gelber": "Marcus Gelber",
    "MARCUS GELBER:": "Marcus Gelber",
    "Gelber, Marcus": "Marcus Gelber",
    "Solis, Ida": "Ida Solís",
    "IDA SOLI\N{COMBINING ACUTE ACCENT}S": "Ida Solís",
    "Hon. Gale A. Brewster": "Gale Brewster",
    "Gale Brewster, Jr.": "Gale Brewster",
    "Mr. Marcus Gelber": "Marcus Gelber",
    "CM Jenaro Gutierrez Sol": "Jenaro Gutiérrez-Sol",
    # a title and the family name
    "Deputy Commissioner Gelber": "Marcus Gelber",
    "COMMISSIONER GELBER": "Marcus Gelber",
    "DEPUTY COMMISSIONER KRAKE": "Tess Krake",
    "CHAIRPERSON BREWSTER": "Gale Brewster",
    "Chair Brewster [presiding]": "Gale Brewster",
    "CO-CHAIR BREWSTER": "Gale Brewster",
    "MAJORITY LEADER BREWSTER": "Gale Brewster",
    "COUNCIL MEMBER SOLÍS": "Ida Solís",
    "Council Member Solis": "Ida Solís",
    "COUNCIL MEMBER DE LA CRUZ": "Carmen De La Cruz",
    "COUNCILMEMBER GUTIERREZ SOL": "Jenaro Gutiérrez-Sol",
    "COUNCIL MEMBER WILLIS": "Nan Willis",
    "DEPUTY SPEAKER WILLIS": "Nan Willis",
    "PUBLIC ADVOCATE WILLIS": "Juno Willis",
    "SPEAKER STONE": "Ada Stone",
    "COUNCIL MEMBER STONE": "Ada Stone",
    "ASSEMBLYWOMAN ROWE": "Lee Rowe",
    # what stands beside it, and agrees
    "Marcus Gelber (HD)": "Marcus Gelber",
    "Commissioner Marcus Gelber, Harbor Department": "Marcus Gelber",
    "Marcus Gelber (Deputy Commissioner)": "Marcus Gelber",
    "Deputy Commissioner Gelber (HD)": "Marcus Gelber",
    "Ida Solís (via Zoom)": "Ida Solís",
    "Ada Stone (Speaker)": "Ada Stone",
}
NOBODY = [
    # a family name without an office, or with another one
    "Gelber",
    "GELBER:",
    "MR. GELBER",
    "Ms. Brewster",
    "Dr. Solis",
    "Hon. Brewster",
    "MAYOR STONE",
    "COMMISSIONER STONE",
    "SENATOR ROWE",
    "MAYOR WILLIS",
    "SPEAKER BREWSTER",
    "CHIEF GELBER",
    "Commissioner Ida Solís",
    "Judge Brewster",
    # half a family name, another name
    "Council Member Cruz",
    "COUNCIL MEMBER SOL",
    "Deputy Commissioner Gerber",
    "Marcus Gelbert",
    "Gale and Ida Solís",
    # a doubt, or words beside it that can't be said of them
    "CM Ida Solís [?]",
    "Marcus Gelber (phonetic)",
    "Marcus Gelber (WA)",
    "Marcus Gelber (Tech Forward)",
    "Ida Solís (HD)",
    "Ida Solís (tenant)",
    "Ida Solís (Witness)",
    "Council Member",
    "Speaker 7",
    "",
]


def test_only_what_is_certain_identifies_by_itself(register):
    cast.water()
    found = {printed: register.find(printed) for printed in (*IDENTIFIED, *NOBODY)}
    assert {printed: each and each.name for printed, each in found.items()} == {
        **IDENTIFIED,
        **dict.fromkeys(NOBODY),
    }


def test_role_words_beside_a_whole_name_have_to_agree(register):
    cast.water()
    agreeing = ("", "Witness", "Witness — HD", "Deputy Commissioner", "Speaker")
    others = ("Witness — public", "Witness — WA", "Witness — Tech Forward", "Council Member", "HD tenant", "Former Deputy Commissioner, HD")  # fmt: skip
    found = {role for role in (*agreeing, *others) if register.find("Marcus Gelber", role)}
    assert found == set(agreeing)


def test_an_agency_may_be_printed_by_the_name_before_or_the_part():
    pier = Agency.objects.create(name="Pier Bureau", parent=harbor())
    Agency.objects.create(name="Wharf Board", successor=pier)
    cast.official("Marcus Gelber", "Engineer", Side.AGENCY, agency=pier)
    register = register_of_the_day()
    assert all(register.find(f"Marcus Gelber ({name})") for name in ("Pier Bureau", "HD", "Wharf Board"))  # fmt: skip


def test_a_family_name_counts_only_while_they_are_in_office(register):
    Appointment.objects.filter(official__name="Ida Solís").update(ends_on=date(2025, 12, 31))
    register = register_of_the_day()
    assert register.find("COUNCIL MEMBER SOLÍS") is None
    assert register.find("Ida Solís").name == "Ida Solís"
    assert register.alike("COUNCIL MEMBER SOLÍS")[0].name == "Ida Solís"


def test_nobody_is_the_speaker_while_somebody_else_is(register):
    Appointment.objects.filter(official__name="Ada Stone").update(ends_on=date(2025, 12, 31))
    assert register_of_the_day().find("SPEAKER BREWSTER").name == "Gale Brewster"


def test_two_of_the_same_surname_are_nobody(register):
    cast.official("Otto Gelber", "Deputy Commissioner", Side.AGENCY, agency=harbor())
    register = register_of_the_day()
    assert register.find("Deputy Commissioner Gelber") is None
    assert {each.name for each in register.alike("Deputy Commissioner Gelber")} == {"Marcus Gelber", "Otto Gelber"}  # fmt: skip


def test_of_two_with_one_name_what_stands_beside_it_tells(register):
    other = Official.objects.create(name="Marcus Gelber")
    Appointment.objects.create(official=other, role="Council Member", side=Side.COUNCIL)
    register = register_of_the_day()
    assert register.find("Marcus Gelber") is None and len(register.alike("Marcus Gelber")) == 2
    assert register.find("Council Member Marcus Gelber") == other
    assert register.find("Marcus Gelber", "Council Member") == other
    assert register.find("Marcus Gelber (HD)") != other


def test_initials_and_junior_tell_two_apart():
    for name in ("Al A. Reed", "Al B. Reed", "Bo Reed", "Bo Reed Jr."):
        cast.official(name, "Council Member", Side.COUNCIL)
    register = register_of_the_day()
    printed = ("Al A. Reed", "Al Reed", "Al C. Reed", "Bo Reed, Jr.", "Bo Reed")
    found = [register.find(name) for name in printed]
    assert [each and each.name for each in found] == ["Al A. Reed", None, None, "Bo Reed Jr.", None]


OFFERED_FIRST = {
    "GELBER:": "Marcus Gelber",
    "MR. GELBER": "Marcus Gelber",
    "Deputy Commissioner Gerber": "Marcus Gelber",
    "Marcos Gelbert": "Marcus Gelber",
    "Jenaro Gutierrez Sol": "Jenaro Gutiérrez-Sol",
    "Council Member Cruz": "Carmen De La Cruz",
    "MS. GUTIERREZ": "Jenaro Gutiérrez-Sol",
    "CM Ida Solís [?]": "Ida Solís",
    "Marcus Gelber (Tech Forward)": "Marcus Gelber",
    "Gelber, Marcus [?]": "Marcus Gelber",
    "MS. WILLIS": "Juno Willis",
    "MR. CRUZ": "Tony Cruz",
    "ASSEMBLY MEMBER WILIS": "Juno Willis",
    "COUNCIL MEMBER WILIS": "Nan Willis",
}


def test_what_is_alike_is_offered(register):
    offered = {printed: register.alike(printed)[0].name for printed in OFFERED_FIRST}
    assert offered == OFFERED_FIRST


def test_what_is_not_alike_is_not_offered(register):
    assert register.alike("Speaker 7") == [] and register.alike("") == []
    assert register.alike("Tom Brewster") == [], "another first name is another person"


@pytest.mark.parametrize("role", ["Witness — WA", "Deputy Director of the Water Authority", "Engineer, Waterworks", "witness (wa)", "WA Deputy Commissioner", "Pipe Office / WA"])  # fmt: skip
def test_role_words_propose_the_agency(role):
    Agency.objects.create(name="Water Authority", short_name="WA", aliases=["Waterworks"])
    assert speakers.agency_of_words(role).short == "WA"


def test_role_words_that_name_two_or_none_propose_nothing():
    Agency.objects.create(name="Parks", aliases=["WA"])
    cast.water()
    assert speakers.agency_of_words("Witness — WA") is None
    assert speakers.agency_of_words("Wary witness") is None
    assert speakers.agency_of_words("Friends of Parks") is None


def test_an_agency_with_of_in_its_name_is_named_too():
    streets = Agency.objects.create(name="Department of Streets")
    assert speakers.agency_of_words("Commissioner, Department of Streets") == streets


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


def test_a_refused_answer_leaves_nobody_new_behind():
    name = open_name(cast.hearing())
    withholding.withhold_name(name, by=cast.lea(), now=cast.NOON, reason="A test")
    before = Official.objects.count(), Appointment.objects.count()
    new = {"name": "Ned Nott", "role": "Member", "side": Side.COUNCIL}
    with pytest.raises(Refused, match="is withheld"):
        speakers.settle(name, official=None, new=new, side="", everywhere=False, by=cast.cora(), now=cast.NOON)  # fmt: skip
    assert (Official.objects.count(), Appointment.objects.count()) == before
    assert stands(name) == (None, "", False, None)


def test_the_queue_offers_who_is_alike_and_counts_the_hearings(cora):
    lines = ((1, "Commissioner Fennn", "We will look into that."),)
    cast.hearing("One", lines=lines), cast.hearing("Two", lines=lines)
    text = cora.get(reverse("speakers")).text
    assert "<kbd>1</kbd> Ingrid Fenn, Commissioner, WA" in text
    assert "also in the 1 other hearing where this name is printed and open" in text
    assert not Speaker.objects.filter(printed_name="Commissioner Fennn", is_settled=True).exists()


def better(where) -> None:
    """Another transcript of the hearing, which prints a name for “Speaker 7”."""
    lines = tuple((start, who.replace("Speaker 7", "Ned Nott"), f"{words} Yes.") for start, who, words in cast.LINES)  # fmt: skip
    import_transcript(where, cast.parsed(lines), digest=digest_of(b"better"), now=cast.NOON)


def test_only_names_wait_that_the_current_transcript_prints(cora):
    where, there = cast.hearing(), cast.hearing("Another day")
    better(where)
    assert set(Speaker.objects.open().values_list("printed_name", "hearing")) == {("Speaker 7", where.pk), ("Ned Nott", where.pk), ("Speaker 7", there.pk)}  # fmt: skip
    queue = cora.get(reverse("speakers"))
    asked = {(each["speaker"].printed_name, each["speaker"].hearing) for each in queue.context["entries"]}  # fmt: skip
    assert asked == {("Ned Nott", where), ("Speaker 7", there)}
    assert queue.context["waiting"] == cora.get(reverse("desk")).context["unknown"] == 2
    listed = cora.get(reverse("staff-hearings")).context["page"]
    assert {each: each.unknown for each in listed} == {where: 1, there: 1}
    assert "0 lines" not in cora.get(reverse("staff-hearing", args=[where.slug])).text
    assert speakers.same_name_elsewhere(there.speakers.get(printed_name="Speaker 7")) == []


def test_an_import_reads_the_words_beside_a_name(cora):
    cast.water()
    lines = ((1, "Alex Foo (WA)", "We will."), (2, "Alex Foo (Tech Forward)", "Will you?"))
    where = cast.hearing(lines=lines)
    assert list(where.speakers.values_list("printed_role", "side")) == [("Tech Forward", ""), ("WA", Side.AGENCY)]  # fmt: skip
    sides = [entry["form"]["side"].value() for entry in cora.get(reverse("speakers")).context["entries"]]  # fmt: skip
    assert sides == ["", Side.AGENCY]


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
