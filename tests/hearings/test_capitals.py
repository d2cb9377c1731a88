"""What a transcript prints in capitals is shown in small letters, letter for letter, and kept as printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.proposals import propose
from hearings.capitals import are_capitals, ends_a_sentence, in_sentence_case, names_in
from hearings.models import Part
from tests import cast

LINES = (
    (10, "Odalys Odell", ">> CHAIR ODELL: THANK YOU, COMMISSIONER FENN. HOW MANY LEAD PIPES"),
    (14, "Odalys Odell", "ARE LEFT UNDER THE SCHOOLS, AND DOES THE WA KNOW WHERE?"),
    (
        18,
        "Commissioner Fenn",
        ">> I DON'T HAVE THAT NUMBER WITH ME, BUT WE WILL SEND THE LIST TO MR. O'DAY",
    ),
    (22, "Commissioner Fenn", "AND TO THE BPA BY FRIDAY."),
)


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        ("WE WILL SEND IT. I'LL ASK.", "We will send it. I'll ask."),
        ("SHE SAID “NO.” THEN I LEFT", "She said “no.” Then I left"),
        (">> ON FRIDAY, MR. O'DAY SAID SO", ">> On Friday, Mr. O'Day said so"),
        ("THE U.S. AND MCDONALD", "The U.S. and mcdonald"),
        ("SO NYPD, THANK YOU COMMISSIONER FENN", "So NYPD, thank you Commissioner Fenn"),
        ("AND [withheld by the Council on May 4] SO", "And [withheld by the Council on May 4] so"),
        ("ÉCOLE ÜBER ALL", "École über all"),
    ],
)
def test_sentence_case(printed, shown):
    assert in_sentence_case(printed, ["NYPD", "Commissioner Fenn"]) == shown


def test_a_line_that_goes_on_begins_small():
    assert in_sentence_case("AND THE REST", begins=False) == "and the rest"
    assert not ends_a_sentence("WE WILL SEND")
    assert all(map(ends_a_sentence, ["WE WILL.", "WILL YOU? ", "“YES.”", ""]))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.booleans())
def test_every_place_stays_where_it_was(text, begins):
    shown = in_sentence_case(text, ["NYPD", "Ada Quill", "I"], begins=begins)
    assert len(shown) == len(text)
    assert shown.casefold() == text.casefold()


def test_only_a_file_of_capitals_is_one():
    assert are_capitals([text for _start, _who, text in LINES])
    assert not are_capitals(["NYPD.", "OK."])
    assert not are_capitals(text.capitalize() for _start, _who, text in LINES)


def test_names_are_those_that_stand_there():
    texts = ["THANK YOU CHAIR ODELL AND COMMISSIONER FENN OF THE BPA, IT IS A PARK"]
    found = names_in(texts, ["Ingrid Fenn", "Odalys Odell", "Ann Park"], ["BPA", "IT", "Water"])
    assert found == ["BPA", "Chair Odell", "Commissioner Fenn"]


@pytest.fixture
def where():
    agency = cast.water()
    agency.short_name, agency.aliases = "WA", ["BPA"]
    agency.save()
    return cast.hearing(lines=LINES)


@pytest.mark.django_db
def test_pages_show_small_letters_and_files_what_was_printed(where, client):
    assert Part.objects.get().names_written == ["BPA", "Chair Odell", "Commissioner Fenn"]
    page = client.get(where.get_absolute_url()).content.decode()
    assert "&gt;&gt; Chair Odell: Thank you, Commissioner Fenn. How many lead pipes" in page
    assert "are left under the schools" in page and "and to the BPA by Friday." in page
    assert "printed in capitals, and shown here in small letters" in page
    assert "ARE LEFT UNDER THE SCHOOLS" in client.get(f"/hearings/{where.slug}.txt").text
    answer = client.get("/api/v1/utterances/", {"hearing": where.slug}).json()
    assert answer["results"][1]["text"] == LINES[1][2]
    client.force_login(cast.cora())
    desk = client.get(f"/staff/hearings/{where.slug}/tag/").content.decode()
    assert "are left under the schools" in desk and "shown here in small letters" in desk


@pytest.mark.django_db
def test_a_quotation_is_kept_as_printed_and_shown_small(where, client):
    words = LINES[2][2]
    proposal = propose(where, cast.selection(where, words))
    assert proposal.what == "Send the list to Mr. O'Day"
    made = cast.published(where, words=words, what=proposal.what).made
    assert made.quote == words
    page = client.get(made.commitment.get_absolute_url()).content.decode()
    assert (
        "I don&#x27;t have that number with me, but we will send the list to Mr. O&#x27;Day" in page
    )
    assert "Printed in capitals in the transcript" in page
    found = client.get("/search/", {"q": "number"}).content.decode()
    assert "I don&#x27;t have that <mark>number</mark> with me" in found


@pytest.mark.django_db
def test_other_transcripts_show_what_they_print(client):
    where = cast.hearing()
    assert Part.objects.get().names_written is None
    assert "printed in capitals" not in client.get(where.get_absolute_url()).content.decode()
