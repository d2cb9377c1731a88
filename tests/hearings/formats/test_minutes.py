"""Minutes written from an invented hearing are read back: who said which words, and nothing else."""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearings.formats import ParsedTranscript, parse
from tests.hearings.formats.pdf import pdf_of
from tests.hearings.formats.sample import said
from tests.hearings.formats.stenographer import Layout, Speech, dialogue, minutes_of

PAGED_HEADERS = [
    ("COMMITTEE ON HARBORS   {page}",),
    ("COMMITTEE ON HARBORS JOINTLY WITH", "COMMITTEE ON TIDES AND GAUGES   {page}"),
    ("                {page}",),
]
HEADERS = [(), ("Joint Hearing on the Gauges, 3-3-26",), *PAGED_HEADERS]
FOOTERS = [
    (),
    ("          Page {page}",),
    ("          - {page} -",),
    ("  Harbor Scribes, Inc.", "  5 Quay Street, 1st Floor, Marrow Bay", "  Page {page} of 99"),
]
LAYOUTS = st.builds(
    Layout,
    width=st.sampled_from([42, 45, 50, 60]),
    indent=st.sampled_from([5, 10]),
    gap=st.sampled_from([1, 2, 4]),
    form_feeds=st.booleans(),
    double_spaced=st.booleans(),
    header=st.sampled_from(HEADERS),
    footer=st.sampled_from(FOOTERS),
    cover=st.booleans(),
    certificate=st.booleans(),
)
UNNUMBERED = st.builds(replace, LAYOUTS, numbered=st.just(False), form_feeds=st.just(True))
PASTED = st.builds(
    replace,
    LAYOUTS,
    numbered=st.just(False),
    form_feeds=st.just(False),
    header=st.sampled_from(PAGED_HEADERS),
)
FLUSH = st.builds(replace, LAYOUTS, indent=st.just(0))
HEARINGS = st.integers(0, 10**9).map(lambda seed: dialogue(random.Random(seed)))
QUICK = settings(
    max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
LONG = settings(QUICK, max_examples=1_000)


def spoken(speeches: list[Speech]) -> list[tuple[str, str]]:
    """Speaker and word, for every word that somebody says."""
    return [
        (speech.speaker, word)
        for speech in speeches
        for paragraph in speech.paragraphs
        if not paragraph.startswith("(")
        for word in paragraph.split()
    ]


def read_back(transcript: ParsedTranscript) -> list[tuple[str, str]]:
    return [
        (line.speaker, word)
        for line in transcript.utterances
        if line.speaker
        for word in line.text.split()
    ]


def read(speeches: list[Speech], layout: Layout) -> ParsedTranscript:
    return parse(minutes_of(speeches, layout).encode(), format="minutes")


def is_read_back(speeches: list[Speech], layout: Layout) -> None:
    transcript = read(speeches, layout)

    assert read_back(transcript) == spoken(speeches)
    assert not transcript.warnings


@QUICK
@given(HEARINGS, LAYOUTS | UNNUMBERED | PASTED)
def test_every_word_has_its_speaker(speeches: list[Speech], layout: Layout):
    is_read_back(speeches, layout)


@pytest.mark.long
@LONG
@given(HEARINGS, LAYOUTS | UNNUMBERED | PASTED)
def test_every_word_has_its_speaker_at_length(speeches: list[Speech], layout: Layout):
    is_read_back(speeches, layout)


@QUICK
@given(HEARINGS, LAYOUTS, st.randoms(use_true_random=False))
def test_names_need_no_capitals(speeches: list[Speech], layout: Layout, pick: random.Random):
    names = {speech.speaker: speech.speaker.title() for speech in speeches}

    is_read_back([Speech(names[each.speaker], each.paragraphs) for each in speeches], layout)


@settings(QUICK, max_examples=10)
@given(HEARINGS, LAYOUTS)
def test_a_pdf_says_the_same(speeches: list[Speech], layout: Layout):
    text = minutes_of(speeches, replace(layout, form_feeds=True, double_spaced=False))
    pages = [list(filter(str.strip, page.split("\n"))) for page in text.split("\f")]

    assert read_back(parse(pdf_of(pages))) == spoken(speeches)


@QUICK
@given(HEARINGS, FLUSH)
def test_without_indents_a_name_may_be_in_doubt_but_nobody_gets_anothers_words(
    speeches: list[Speech], layout: Layout
):
    said_by_all = spoken(speeches)
    transcript = read(speeches, layout)

    place = 0
    for speaker, word in read_back(transcript):
        place = said_by_all.index((speaker, word), place) + 1
    doubted = sum(not line.speaker for line in transcript.utterances)
    assert place == len(said_by_all) or doubted


def numbered(*lines: str) -> bytes:
    return "\n".join(f"{number:2}   {line}" for number, line in enumerate(lines, start=1)).encode()


def test_a_line_with_a_name_is_no_header_however_often_it_comes_back():
    page = ["     MR. QUILL:  Thank you very much and", "I agree.", "     CHAIR VANE:  Why?"] * 4
    pages = [numbered(*page) for _ in range(4)]

    lines = said(parse(b"\n\f\n".join(pages)))

    assert lines == [
        (None, "MR. QUILL", "Thank you very much and I agree."),
        (None, "CHAIR VANE", "Why?"),
    ] * (4 * 4)


def test_a_sentence_with_a_colon_among_indented_names_is_no_name():
    lines = said(
        parse(
            numbered(
                "     CHAIR VANE:  We asked the Board of",
                "Education: how many? And the Heron",
                "Trail: is it long?",
                "     MR. QUILL:  Yes.",
                *["     CHAIR VANE:  And?", "     MR. QUILL:  Yes."] * 4,
            )
        )
    )

    assert lines[:2] == [
        (
            None,
            "CHAIR VANE",
            "We asked the Board of Education: how many? And the Heron Trail: is it long?",
        ),
        (None, "MR. QUILL", "Yes."),
    ]


def test_where_a_name_is_in_doubt_nobody_is_named_and_staff_are_told():
    transcript = parse(
        numbered(
            *["     CHAIR VANE:  And?", "     MR. QUILL:  Yes."] * 5,
            "Mr. Quill: it was.",
            "HARBOR MASTER: No, it was not.",
            "     CHAIR VANE:  Thank you.",
        )
    )

    assert said(transcript)[-3:] == [
        (None, "Mr. Quill", "it was."),
        (None, "", "HARBOR MASTER: No, it was not."),
        (None, "CHAIR VANE", "Thank you."),
    ]
    assert transcript.warnings == (
        "Lines that may begin with a speaker's name: 1, the first of them line 12. What follows each"
        " is shown without a speaker.",
    )


def test_what_stands_where_names_do_but_looks_like_none_is_nobodys():
    lines = [
        *["     CHAIR VANE:  And what do", "you say?", "     MR. QUILL:  Yes."] * 5,
        "     AND TIDES:  Well, thank you.",
    ]

    assert said(parse(numbered(*lines)))[-1] == (None, "", "AND TIDES: Well, thank you.")


def test_a_colon_may_touch_the_words():
    lines = said(parse(numbered(*["     CHAIR VANE:  And?", "     MR. QUILL:Yes, at 10:30."] * 5)))

    assert lines[:2] == [(None, "CHAIR VANE", "And?"), (None, "MR. QUILL", "Yes, at 10:30.")]


def test_a_name_with_its_office_over_three_lines():
    lines = said(
        parse(
            numbered(
                *["     SENATOR VANE:  And?", "     MR. QUILL:  Yes. I give the floor to"] * 5,
                "     COUNCIL MEMBER ADA QUILL, CHAIR,",
                "STANDING COMMITTEE ON HARBORS, GAUGES",
                "AND TIDES:    Well, thank you.",
                "     SENATOR VANE:  And?",
            )
        )
    )

    name = "COUNCIL MEMBER ADA QUILL, CHAIR, STANDING COMMITTEE ON HARBORS, GAUGES AND TIDES"
    assert lines[-2:] == [(None, name, "Well, thank you."), (None, "SENATOR VANE", "And?")]


@pytest.mark.parametrize(
    ("question", "answer"), [("Q.  ", "A.  "), ("Q    ", "A    "), ("Q ", "A ")]
)
def test_questions_and_answers(question: str, answer: str):
    lines = said(
        parse(
            numbered(
                "     SENATOR VANE:  Swear the witness.",
                "     (Witness sworn.)",
                "     (Applause.)",
                f"     {question}How long?",
                f"     {answer}Ten years. I went to",
                "A. Bela Vane High School.",
                "     MR. FOX:  Objection.",
                f"     {question}Is it",
                "A. Bela Vane's?",
                f"     {answer}It is.",
                f"     {question}And?",
                f"     {answer}No more.",
            )
        )
    )

    assert lines == [
        (None, "SENATOR VANE", "Swear the witness."),
        (None, "", "(Witness sworn.)"),
        (None, "", "(Applause.)"),
        (None, "Q", "How long?"),
        (None, "A", "Ten years. I went to A. Bela Vane High School."),
        (None, "MR. FOX", "Objection."),
        (None, "Q", "Is it A. Bela Vane's?"),
        (None, "A", "It is."),
        (None, "Q", "And?"),
        (None, "A", "No more."),
    ]


def test_without_questions_there_are_no_answers():
    lines = said(
        parse(
            numbered(
                *["CHAIR VANE:  Where?", "A. B. SMITH:  I went to school at", "A. Bela Vane High."]
                * 4
            )
        )
    )

    assert set(lines) == {
        (None, "CHAIR VANE", "Where?"),
        (None, "A. B. SMITH", "I went to school at A. Bela Vane High."),
    }


def test_a_footnote_waits_until_the_sentence_is_said():
    pages = [
        numbered("     CHAIR VANE:  The report which was due1", "was sent at the")
        + b"\n     ______________\n     1 See Local Law 12 of 2024.",
        numbered("end of June. Is it so?", "     MR. QUILL:  It is.", *["Yes."] * 8),
    ]

    assert said(parse(b"\n\f\n".join(pages), format="minutes"))[:3] == [
        (None, "CHAIR VANE", "The report which was due1 was sent at the end of June. Is it so?"),
        (None, "", "1 See Local Law 12 of 2024."),
        (None, "MR. QUILL", "It is. Yes. Yes. Yes. Yes. Yes. Yes. Yes. Yes."),
    ]


def test_numbers_may_stand_above_the_lines():
    words = [
        "CHAIR VANE: We need",
        "25 million dollars, in",
        "2026.",
        "MR. QUILL: There are",
        "12.",
    ]
    text = "\n".join(f"{number}\n{line}" for number, line in enumerate(words * 3, start=1))

    assert said(parse(text.encode(), format="minutes"))[:2] == [
        (None, "CHAIR VANE", "We need 25 million dollars, in 2026."),
        (None, "MR. QUILL", "There are 12."),
    ]


def test_what_follows_the_adjournment_is_nobodys():
    lines = said(
        parse(
            numbered(
                *["     CHAIR VANE:  And?", "     MR. QUILL:  Yes."] * 5,
                "     (Whereupon, the meeting was",
                "adjourned.)",
                "---oOo---",
                "REPORTER'S CERTIFICATE",
                "I took it down.",
            )
        )
    )

    assert lines[-3:] == [
        (None, "", "(Whereupon, the meeting was adjourned.)"),
        (None, "", "---oOo---"),
        (None, "", "REPORTER'S CERTIFICATE I took it down."),
    ]
