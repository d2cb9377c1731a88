"""Minutes, printed hearings, debates and plain words."""

from io import BytesIO

import docx
import pytest

from hearings.formats import TranscriptError, parse
from tests.hearings.formats.pdf import pdf_of
from tests.hearings.formats.sample import read, said, sample

CHAIR = "CHAIRPERSON FERRÁN"


def test_minutes_lose_page_numbers_headers_and_line_numbers():
    transcript = read("minutes.txt")

    assert transcript.format == "minutes"
    assert said(transcript) == [
        (
            None,
            "",
            "BEFORE THE MARROW BAY COUNCIL COMMITTEE ON HARBORS PRESENT: Odalys Ferrán Chair"
            " SPEAKERS: PAGE Ada Quill 3",
        ),
        (
            None,
            CHAIR,
            "Good morning. We are here to ask who reads the 12 gauges, and when [laughter].",
        ),
        (None, "", "(Whereupon, the gallery applauded.)"),
        (
            None,
            CHAIR,
            "Thank you. Please begin, and tell us in one sentence that goes on to the next page.",
        ),
        (None, "COMMISSIONER QUILL", "We do."),
        (None, "MR. VANE", "[interposing] Every morning."),
        (None, "Q", "And in winter?"),
        (None, "A", "In winter too."),
        (None, CHAIR, "Thank you."),
    ]


def test_minutes_without_line_numbers():
    transcript = read("minutes-unnumbered.txt")

    assert transcript.format == "minutes"
    assert said(transcript)[1:] == [
        (None, "THE PRESIDENT", "The Senate will come to order."),
        (None, "", "(Senator Vane was recorded as present.)"),
        (None, "THE SECRETARY", "Senator DeQuill."),
        (None, "SENATOR DeQUILL", "Here."),
        (None, "SENATOR VANE", "Present."),
    ]


def test_a_pdf_is_read_as_minutes_without_its_headers():
    pages = [
        [
            "Marrow Bay Harbor Commission",
            f"{n} [Date]",
            "",
            f"Chair Vane: This is page {n}, and it",
            "goes on.",
            "Ms. Quill: Thank you.",
        ]
        for n in (1, 2, 3)
    ]

    transcript = parse(pdf_of(pages))

    assert transcript.format == "minutes"
    assert said(transcript) == [
        (None, "Chair Vane", "This is page 1, and it goes on."),
        (None, "Ms. Quill", "Thank you."),
        (None, "Chair Vane", "This is page 2, and it goes on."),
        (None, "Ms. Quill", "Thank you."),
        (None, "Chair Vane", "This is page 3, and it goes on."),
        (None, "Ms. Quill", "Thank you."),
    ]


def test_a_word_file_is_read_as_the_text_in_it():
    document = docx.Document()
    document.add_paragraph("TIDE GAUGES")
    document.add_paragraph("Odalys Ferrán: Who reads them?\nMr. Vane: We do.")
    document.add_table(rows=1, cols=1).cell(0, 0).text = "Ada Quill: And we check them."
    packed = BytesIO()
    document.save(packed)

    transcript = parse(packed.getvalue())

    assert transcript.format == "labelled"
    assert said(transcript) == [
        (None, "", "TIDE GAUGES"),
        (None, "Odalys Ferrán", "Who reads them?"),
        (None, "Mr. Vane", "We do."),
        (None, "Ada Quill", "And we check them."),
    ]


def test_a_pdf_that_sets_letters_apart_gets_its_words_back():
    pages = [["Chair Vane: That' s $ 5,000, isn' t it, Ms. O' Dell?", "Ms. O'Dell: The boys' s"]]

    transcript = parse(pdf_of(pages), format="minutes")

    assert said(transcript) == [
        (None, "Chair Vane", "That's $5,000, isn't it, Ms. O'Dell?"),
        (None, "Ms. O'Dell", "The boys's"),
    ]


def test_a_printed_hearing_ends_with_its_adjournment():
    transcript = read("hearing-gpo.txt")

    assert transcript.format == "gpo"
    assert said(transcript) == [
        (None, "The Chairman", "The hearing will come to order. Mr. Moore said it well."),
        (None, "The Chairman", "I have one question."),
        (None, "Mr. Moore of Kansas", "Thank you. Dr. Vane will answer."),
        (None, "Secretary Quill", "Absolutely. We will send ``the list'' to the committee."),
        (
            None,
            "",
            "[The prepared statement of Secretary Quill can be found on page 54 of the appendix.]",
        ),
        (None, "Ms. Vane", "[presiding] The time has expired."),
        (None, "", "[Whereupon, at 12:04 p.m., the hearing was adjourned.]"),
    ]


GPO = """
[House Hearing, 131 Congress]

    The committee met at 9:33 a.m.
{}
    [Whereupon, the hearing was adjourned.]
"""


@pytest.mark.parametrize(
    "name",
    [
        "Attorney General Vane",
        "Deputy Secretary Quill",
        "Under Secretary O'Dell",
        "Mr. van der Berg",
        "Ms. de la Rosa",
        "Dr. A. B. Okafor-Lind",
        "Mr. Moore of New Marrow",
        "The Acting Chairwoman",
    ],
)
def test_whoever_has_a_title_speaks_in_a_printed_hearing(name: str):
    text = GPO.format(f"    The Chairman. Who reads them?\n    {name}. We do.")

    assert said(parse(text.encode()))[1] == (None, name, "We do.")


def test_somebody_without_a_title_speaks_if_he_comes_back():
    answers = "    The Chairman. Is it so?\n    Harbor Master Vane. It is.\n"

    assert {line.speaker for line in parse(GPO.format(answers * 3).encode()).utterances} == {
        "The Chairman",
        "Harbor Master Vane",
        "",
    }


def test_who_presides_or_goes_on_keeps_his_name():
    text = GPO.format(
        "    Chairman Vane [presiding]. We begin.\n    Mr. Quill. Thank you.\n"
        "    Chairman Vane[continuing]. And we go on."
    )

    assert said(parse(text.encode()))[:3] == [
        (None, "Chairman Vane", "[presiding] We begin."),
        (None, "Mr. Quill", "Thank you."),
        (None, "Chairman Vane", "[continuing] And we go on."),
    ]


@pytest.mark.parametrize(
    "address", ["Mr. Chairman and Mr. Secretary, I thank you.", "Madam Chair. I yield."]
)
def test_whoever_is_addressed_does_not_speak(address: str):
    text = GPO.format(f"    Mr. Quill. I have a list.\n    {address}")

    assert said(parse(text.encode()))[1] == (None, "Mr. Quill", address)


def test_what_is_handed_in_is_nobodys():
    text = GPO.format(
        "    Mr. Quill. I hand it in.\n    [The prepared statement of Mr. Quill follows:]\n\n"
        "                 Prepared Statement of Bo Quill\n\n    I am Bo Quill, and I promise it.\n\n"
        "    The Chairman. Thank you."
    )

    assert said(parse(text.encode()))[1:4] == [
        (None, "", "[The prepared statement of Mr. Quill follows:]"),
        (None, "", "I am Bo Quill, and I promise it."),
        (None, "The Chairman", "Thank you."),
    ]


def test_a_debate_names_people_by_what_is_printed_or_shown():
    transcript = read("debate.xml")

    assert transcript.format == "akomantoso"
    assert [(line.speaker, line.role, line.text) for line in transcript.utterances] == [
        ("Ms O FERRÁN", "", "Who reads the gauges?"),
        ("Ada Quill", "Minister for Harbors", "We do & always did."),
        ("Ada Quill", "Minister for Harbors", "I will table the list."),
    ]
    assert transcript.warnings == (
        "Paragraphs outside of speeches (motions, notes) were left out: 1.",
    )


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE akomaNtoso [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE akomaNtoso [<!ENTITY secret SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE akomaNtoso [<!ENTITY % more SYSTEM "http://127.0.0.1/x"> %more;]>',
    ],
)
def test_a_debate_that_declares_entities_is_refused(declaration: str):
    debate = sample("debate.xml").replace(b"<akomaNtoso", declaration.encode() + b"<akomaNtoso", 1)

    with pytest.raises(TranscriptError, match="declares entities"):
        parse(debate)


def test_the_encoding_a_debate_declares_is_not_believed():
    debate = sample("debate.xml").replace(b'encoding="utf-8"', b'encoding="klingon"')

    assert parse(debate).utterances == read("debate.xml").utterances


def test_a_broken_debate_is_named_with_its_line():
    with pytest.raises(TranscriptError, match="^Line 10: The XML is broken here"):
        parse(sample("debate.xml").replace(b"</answer>", b"</asnwer>"))


def test_plain_words_come_in_paragraphs():
    transcript = read("plain.txt")

    assert transcript.format == "plain"
    assert said(transcript) == [
        (None, "", "3/31/26 Harbor Commission"),
        (None, "", "we will come to order. is there any opposition?"),
        (None, "", "thank you."),
    ]


def test_words_without_a_full_stop_are_cut_all_the_same():
    utterances = parse(("we go on and on " * 100).encode()).utterances

    assert all(line.text.count(" ") < 60 for line in utterances)
    assert " ".join(line.text for line in utterances) == ("we go on and on " * 100).strip()
