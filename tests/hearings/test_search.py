"""Search: what the public may find, how words are asked for, and that nothing typed breaks it."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearings import search
from hearings.models import Appointment, Side, Speaker
from tests import cast

pytestmark = pytest.mark.django_db

SAID = (
    (1, "Odalys Odell", "The hydrants on Cooper Street were inspected in March."),
    (5, "Commissioner Fenn", "Doctor Beltrán reported that the lead pipes are gone."),
    (9, "Odalys Odell", "Pipes made of lead, or hydrants?"),
    (12, "Ana Brill", "My tap water is brown and I cannot drink it."),
)


@pytest.fixture
def said():
    return cast.hearing(lines=SAID)


def found(words: str) -> list[str]:
    asked = search.asked(words)
    lines = search.best(search.searchable(), asked).lines if asked else []
    return sorted(line.text.split()[0] for line in lines)


def speaker(name: str) -> Speaker:
    return Speaker.objects.get(printed_name=name)


# What the public may find


def anybody_finds(client, words: str) -> bool:
    """On the search page, within the hearing, or by the API."""
    page = client.get("/search/", {"q": words}).content.decode()
    inside = client.get("/search/", {"q": words, "hearing": speaker("Ana Brill").hearing.slug})
    answer = client.get("/api/v1/utterances/", {"q": words}).json()
    in_page = "<mark>" in page or "<mark>" in inside.content.decode()
    assert in_page == bool(answer["results"])
    return in_page


def test_a_name_is_not_found_until_it_is_known_for_whom_they_spoke(said, client):
    assert not anybody_finds(client, "brown tap")
    Speaker.objects.filter(printed_name="Ana Brill").update(side=Side.AGENCY)
    assert anybody_finds(client, "brown tap")
    Speaker.objects.filter(printed_name="Ana Brill").update(side=Side.PUBLIC)
    assert not anybody_finds(client, "brown tap")


def test_nor_by_the_appointment_in_force_that_day(said, client):
    ana = cast.official("Ana Brill", "Resident", Side.PUBLIC)
    Speaker.objects.filter(printed_name="Ana Brill").update(
        official=ana, is_settled=True, side=Side.AGENCY
    )
    assert not anybody_finds(client, "brown tap")


def test_whoever_never_spoke_for_a_body_is_not_found(said, client):
    ana = cast.official("Ana Brill", "Resident", Side.PUBLIC)
    Appointment.objects.filter(official=ana).update(ends_on=date(2020, 1, 1))
    Speaker.objects.filter(printed_name="Ana Brill").update(official=ana, is_settled=True)
    assert not anybody_finds(client, "brown tap")


def test_of_two_appointments_the_one_that_began_last_counts_as_everywhere(said):
    ana = cast.official("Ana Brill", "Resident", Side.PUBLIC)
    Speaker.objects.filter(printed_name="Ana Brill").update(official=ana, is_settled=True)
    cast.official("Ana Brill", "Inspector", Side.AGENCY, agency=cast.water())
    assert speaker("Ana Brill").spoke_for == Side.AGENCY
    assert found("brown tap") == ["My"]
    Appointment.objects.filter(side=Side.PUBLIC).update(starts_on=date(2026, 1, 1))
    assert speaker("Ana Brill").spoke_for == Side.PUBLIC
    assert found("brown tap") == []


def test_unlisted_hearings_and_old_revisions_are_not_found(said, client):
    assert found("hydrants") == ["Pipes", "The"]
    cast.import_transcript(
        said, cast.parsed(SAID[1:]), digest=cast.digest_of(b"second"), now=cast.NOON
    )
    assert found("hydrants") == ["Pipes"]
    said.is_unlisted = True
    said.save()
    assert found("hydrants") == []
    inside = client.get("/search/", {"q": "lead", "hearing": said.slug}).content.decode()
    assert said.title not in inside and "<mark>" not in inside


def test_a_commitment_is_not_found_by_what_the_public_said(client):
    commitment = cast.published()
    words = "get back to you on that"
    assert commitment.what in client.get("/search/", {"q": words}).content.decode()
    assert client.get("/api/v1/commitments/", {"q": words}).json()["results"]
    commitment.moments.get(role="made").speaker.__class__.objects.update(
        official=None, side=Side.PUBLIC
    )
    page = client.get("/search/", {"q": words}).content.decode()
    assert "No commitment has these words." in page
    assert not client.get("/api/v1/commitments/", {"q": words}).json()["results"]


def test_a_commitment_that_is_not_public_is_not_found(client):
    cast.opened(what="Send the hydrant list")
    assert "No commitment" in client.get("/search/", {"q": "hydrant"}).content.decode()


def test_names_of_officials_are_found_but_not_of_the_public(said):
    cast.official("Ana Brill", "Resident", Side.PUBLIC)
    assert search.officials_called("Ana Brill") == []
    assert [each.name for each in search.officials_called("ingrit fenn")] == ["Ingrid Fenn"]
    assert [each.name for each in search.officials_called("Odálys")] == ["Odalys Odell"]
    assert [each.name for each in search.agencies_called("watter authorty")] == ["Water Authority"]
    assert search.agencies_called("hydrants") == []


def test_agencies_are_found_by_their_other_names(said):
    agency = cast.water()
    agency.aliases = ["Bureau of Mains"]
    agency.save()
    assert search.agencies_called("what did the Bureau of Mains say") == [agency]


# How words are asked for


@pytest.mark.parametrize(
    "words, lines",
    [
        ("lead pipes", ["Doctor", "Pipes"]),
        ('"lead pipes"', ["Doctor"]),
        ("“lead pipes”", ["Doctor"]),
        ('"lead pipes', ["Doctor"]),
        ("pipes -beltran", ["Pipes"]),
        ('pipes -"lead pipes"', ["Pipes"]),
        ("hydr*", ["Pipes", "The"]),
        ("inspecting", ["The"]),
        ("BELTRAN", ["Doctor"]),
        ("beltrán reports", ["Doctor"]),
        ("inspected OR beltran", ["Doctor", "The"]),
        ("inspected OR beltran OR", ["Doctor", "The"]),
        ("hydr* -inspec*", ["Pipes"]),
        ("march doctor", []),
    ],
)
def test_the_grammar(said, words: str, lines: list[str]):
    assert found(words) == lines


def test_staff_the_public_and_programs_ask_in_the_same_words(said, client):
    for words, lines in (('"lead pipes"', 1), ("hydr*", 2), ("pipes -beltran", 1)):
        query = {"q": words}
        assert len(client.get("/api/v1/utterances/", query).json()["results"]) == lines
        assert len(client.get("/search/", query).context["found"].lines) == lines
        client.force_login(cast.cora())
        desk = client.get(reverse("hearing-tag", args=[said.slug]), query)
        assert len(desk.context["hits"]) == lines
        client.logout()


@pytest.mark.parametrize("words", ["the of and", "-lead", "- \" '", "lead OR -pipes", "*", "((("])
def test_what_can_not_be_looked_for_is_said_in_a_sentence(said, client, words: str):
    page = client.get("/search/", {"q": words})
    assert "There is nothing here to look for" in page.content.decode()
    assert client.get("/api/v1/utterances/", {"q": words}).json()["results"] == []


def test_the_words_are_marked_in_any_form(said):
    asked = search.asked("beltran")
    (line,) = search.best(search.searchable(), asked).lines
    pieces = search.marks([line.text], asked)[line.text]
    assert [words for words, is_hit in pieces if is_hit] == ["Beltrán"]
    assert "".join(words for words, _ in pieces) == line.text


def test_a_common_word_is_counted_up_to_a_thousand():
    lines = tuple((number, "Odalys Odell", f"Hydrant {number}.") for number in range(1101))
    cast.hearing(lines=lines)
    hits = search.best(search.searchable(), search.asked("hydrant"))
    assert (len(hits.lines), hits.about) == (search.FOUND, "1,000+")


ODD = st.sampled_from(['"', "'", "\\", "*", "-", "OR", ":*", "&", "|", "!", "(", "<->", "\0", "%s"])


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(ODD | st.text(max_size=6), max_size=40).map("".join))
def test_nothing_typed_breaks_the_search(words: str):
    found(words)
    search.agencies_called(words)
    search.officials_called(words)


@pytest.mark.parametrize("words", ["\0", "a\0b", "x" * 5000, "\ud800", "%00", '"' * 300])
def test_no_page_fails_on_what_was_typed(said, client, words: str):
    sent = words.encode(errors="surrogatepass")
    for address in ("/search/", "/commitments/", "/api/v1/utterances/", "/api/v1/commitments/"):
        assert client.get(address, {"q": sent}).status_code in (200, 400)
