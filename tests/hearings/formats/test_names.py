import pytest

from hearings.formats import parse
from hearings.formats.names import in_capitals, leading_name, looks_like_name
from tests.hearings.formats.sample import said


@pytest.mark.parametrize(
    "name",
    [
        *("Ada Quill", "Ada Quill (DOT) [?]", "Mr. Ruben T. Askew Jr.", "SGT. VANE"),
        *(
            "SPEAKER ADAMS",
            "UNIDENTIFIED SPEAKER",
            "SPEAKER 1",
            "SPEAKER_07",
            "Unidentified Male 2",
        ),
        *("COUNCIL MEMBER DE LA ROSA", "MR. VAN DER BERG", "CO-CHAIR X", "COUNCIL MEMBERS", "ALL"),
        *("A. B. SMITH", "J P MORGAN", "Q", "1", "SERGEANT AT ARMS", "RECESS ROOM STAFF"),
        *("FIRST DEPUTY COMMISSIONER VANE", "SECOND WITNESS", "VOICE FROM THE AUDIENCE"),
        *("MR. SO", "MS. YOU", "DR. NO", "Will Vane", "May Chen", "CHAIR VANE/MR. FOX"),
    ],
)
def test_what_can_be_a_name(name: str):
    assert leading_name(f"{name}: We do.") == (name, "We do.")


@pytest.mark.parametrize(
    "words",
    [
        *(
            "THE ANSWER IS",
            "I WILL SAY THIS",
            "AND ONE MORE THING",
            "WE'LL SAY",
            "SO DO I",
            "I AGREE",
        ),
        *("First", "Second", "Question", "MY NEXT QUESTION", "Monday", "Remember", "Dear Chair"),
        *("Local Law 12", "Local Law 12 of 2024", "Item 5", "FISCAL YEAR 2027", "THE BOTTOM LINE"),
        *("Correct. Mr. Vane", "(Washington, DC", "Thank You", "Yes", "FOR EXAMPLE"),
    ],
)
def test_what_begins_a_sentence_is_no_name(words: str):
    assert not looks_like_name(words)


def test_a_name_over_two_lines_may_be_twice_as_long():
    name = "COUNCIL MEMBER ADA QUILL, CHAIR OF THE COMMITTEE ON HARBORS AND TIDE GAUGES"

    assert not looks_like_name(name)
    assert looks_like_name(name, lines=2)


@pytest.mark.parametrize(
    "name", ["LIAM McQUILL", "MR. van der BERG", "Dr. QUILL (the harbor)", "1"]
)
def test_names_in_capitals(name: str):
    assert in_capitals(name)


@pytest.mark.parametrize("name", ["Liam McQuill", "NYPD Chief", "Ms. O'Dell"])
def test_names_in_small_letters(name: str):
    assert not in_capitals(name)


def test_sentences_with_a_colon_stay_with_whoever_says_them():
    captions = "WEBVTT\n\n00:01.000 --> 00:02.000\n>> CHAIR VANE: ORDER.\n\n00:02.000 --> 00:03.000\nTHE ANSWER IS: NO.\n"
    labelled = "Chair Vane: I have two points.\n\nFirst: who reads them?\n\nMr. Quill: We do.\n"

    assert said(parse(captions.encode()))[1][1:] == ("CHAIR VANE", "THE ANSWER IS: NO.")
    assert said(parse(labelled.encode(), format="labelled")) == [
        (None, "Chair Vane", "I have two points."),
        (None, "Chair Vane", "First: who reads them?"),
        (None, "Mr. Quill", "We do."),
    ]
