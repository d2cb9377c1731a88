"""Who is a private person: one rule, asked of a name in Python and of many lines in the database."""

from datetime import date
from importlib import import_module
from itertools import product

import pytest
from django.apps import apps

from hearings import attributions, search, speakers
from hearings.models import Appointment, Hearing, Official, Side, Speaker, Utterance
from tests import cast

pytestmark = pytest.mark.django_db

PERSONS = ("Mel Tenant", "MR. QUILL", "Unidentified Witness", "DEPUTY ORDWAY")
VOICES = ("Speaker 7", "SPEAKER_00", "1", "B", "Unidentified [?]", "Unknown Male Voice", "Clerk")
SAID = (
    (1, "Mel Tenant", "The boiler in my kitchen is broken."),
    (2, "DEPUTY COMMISSIONER ORDWAY", "Every boiler was inspected."),
    (3, "Speaker 7", "Which boiler?"),
    (4, "Alex Foo (Tech Forward)", "We sell boilers."),
    (5, "COUNCIL MEMBER NEWLY", "A boiler, you say."),
    (6, "Commissioner Fenn", "The boiler was repaired."),
)


def everybody() -> list[Official | None]:
    """Nobody, and officials of every kind: in office, once in office, of the public, both, neither."""
    cast.official("Now In Office", "Inspector", Side.AGENCY, agency=cast.water())
    once = cast.official("Once In Office", "Council Member", Side.COUNCIL)
    both = cast.official("Both", "Council Member", Side.COUNCIL)
    Appointment.objects.filter(official__in=(once, both)).update(ends_on=date(2020, 1, 1))
    cast.official("Both", "Resident", Side.PUBLIC)
    cast.official("Ana Brill", "Resident", Side.PUBLIC)
    Official.objects.create(name="Neither")
    return [None, *Official.objects.with_appointments()]


def everybody_speaks(where: Hearing) -> None:
    """Every kind of printed name, role and side, taken for everybody, with a line each."""
    kinds = product(PERSONS + VOICES, ("", "Witness"), everybody(), ("", *Side.values))
    for number, (name, role, official, side) in enumerate(kinds):
        # Marks behind the name, for it is printed once a hearing.
        Speaker.objects.create(
            hearing=where,
            printed_name=f"{name} {number:b}".translate({48: ".", 49: ","}) if number else name,
            printed_role=role,
            official=official,
            side=side,
            is_settled=official is not None,
        )
    Utterance.objects.bulk_create(
        Utterance(part=where.parts.get(), line=number, place=0, speaker=each, text="Hello.")
        for number, each in enumerate(where.speakers.all(), 100)
    )


def test_a_name_and_the_database_agree_about_everybody():
    where = cast.hearing()
    everybody_speaks(where)
    lines = Utterance.objects.of_private_persons()
    private = set(lines.values_list("speaker", flat=True))
    said = {each.pk for each in where.speakers.with_roles() if each.is_private_person}
    assert private == said
    assert len(VOICES) < len(private) < where.speakers.count()


def found(words: str) -> set[str]:
    return {each.text for each in search.best(search.searchable(), search.asked(words)).lines}


def test_search_finds_whoever_speaks_for_a_body_and_bare_names_until_staff_have_looked():
    where = cast.hearing(lines=SAID)
    assert found("boiler") == {text for at, _name, text in SAID if at != 4}
    mel = where.speakers.get(printed_name="Mel Tenant")
    speakers.decide([mel], by=cast.cora(), now=cast.NOON)
    assert found("boiler") == {text for at, _name, text in SAID if at in (2, 3, 5, 6)}
    foo = where.speakers.get(printed_name="Alex Foo (Tech Forward)")
    speakers.decide([foo], by=cast.cora(), now=cast.NOON, side=Side.AGENCY)
    assert "We sell boilers." in found("boiler")
    speakers.decide([foo], by=cast.cora(), now=cast.NOON)
    assert "We sell boilers." not in found("boiler"), "left unknown"


def test_a_title_alone_states_no_side_to_the_suggestions():
    where = cast.hearing(lines=SAID)
    ordway = where.speakers.get(printed_name="DEPUTY COMMISSIONER ORDWAY")
    assert (ordway.spoke_for, ordway.stated_side) == (Side.AGENCY, "")
    speakers.decide([ordway], by=cast.cora(), now=cast.NOON, side=Side.AGENCY)
    ordway.refresh_from_db()
    assert ordway.stated_side == Side.AGENCY


def test_words_given_to_a_private_person_are_that_persons():
    where = cast.hearing()
    line = cast.said(where, "Absolutely.")
    assert not Utterance.objects.of_private_persons().exists()
    voice = attributions.voice_of_role(where, side=Side.PUBLIC, role="A tenant")
    attributions.attribute([(line, 0, 5)], voice, by=cast.cora(), now=cast.NOON)
    assert Utterance.objects.of_private_persons().get() == line


def test_names_that_nobody_settled_get_the_side_of_whole_words_and_all_others_keep_theirs():
    cast.water()
    where = cast.hearing(lines=SAID)
    roles = {"Mel Tenant": "Witness — public", "Alex Foo (Tech Forward)": "Witness — Tech Forward"}
    for name, role in roles.items():
        Speaker.objects.filter(printed_name=name).update(printed_role=role, side=Side.AGENCY)
    Speaker.objects.filter(printed_name="DEPUTY COMMISSIONER ORDWAY").update(side="")
    newly = where.speakers.get(printed_name="COUNCIL MEMBER NEWLY")
    speakers.decide([newly], by=cast.cora(), now=cast.NOON, side=Side.AGENCY)
    fenn = where.speakers.get(printed_name="Commissioner Fenn")
    import_module("hearings.migrations.0008_sides").read_again(apps, None)
    assert dict(where.speakers.values_list("printed_name", "side")) == {
        "Mel Tenant": Side.PUBLIC,
        "DEPUTY COMMISSIONER ORDWAY": Side.AGENCY,
        "Speaker 7": "",
        "Alex Foo (Tech Forward)": "",
        "COUNCIL MEMBER NEWLY": Side.AGENCY,
        "Commissioner Fenn": fenn.side,
    }
    assert where.speakers.get(printed_name="Commissioner Fenn").official == cast.fenn()
