import pytest

from hearings.formats import TranscriptError, parse
from tests.hearings.formats.sample import read, said, sample

FERRAN, OKAFOR = "Odalys Ferrán", "Bram Okafor-Lind"


def test_the_head_of_a_page_is_its_chapter():
    (chapter,) = read("citymeetings.txt").chapters

    assert chapter.kind == "Q&A"
    assert chapter.title == (
        "Who reads the harbor tide gauges, and how the Harbor Department shares them"
    )
    assert (chapter.start, chapter.seconds) == (3898, 94)
    assert chapter.summary.startswith("Council Member Odalys Ferrán asks who reads")
    assert chapter.bullets[1] == "No agreement with the Port Police is in place"
    assert len(chapter.bullets) == 3
    assert chapter.source == "citymeetings.nyc"


def test_lines_keep_the_order_of_the_page_though_times_jump_back():
    transcript = read("citymeetings.txt")

    assert transcript.format == "citymeetings"
    assert not transcript.covers_hearing
    assert said(transcript)[4:7] == [
        (3958, FERRAN, "I'm glad that's on the record."),
        (3906, OKAFOR, "Yeah."),
        (3906, OKAFOR, "So between the offices, the readings go to Public Works at"),
    ]


def test_a_number_or_a_time_of_day_can_be_what_was_said():
    words = said(read("citymeetings.txt"))

    assert (3919, OKAFOR, "10:30") in words
    assert (3950, OKAFOR, "12") in words
    assert words[-1][2] == "Good afternoon, we are here at 1:06 in the afternoon."


def test_two_names_in_one_speaker_line_stay_as_printed():
    assert read("citymeetings.txt").utterances[-1].speaker == "Perpetua Vane and Tomás Quill"


def test_the_chrome_of_the_site_is_nobodys_utterance():
    transcript = read("citymeetings.txt")
    text = " ".join(line.text for line in transcript.utterances)

    assert len(transcript.utterances) == 14
    assert {line.speaker for line in transcript.utterances} == {
        FERRAN,
        OKAFOR,
        "Perpetua Vane and Tomás Quill",
    }
    assert "pigeon" not in text
    assert "useful to you" not in text
    assert "newsletter" not in text


def test_indentation_odd_separators_and_a_glued_footer_are_seen_through():
    transcript = read("citymeetings-indented.txt")

    (chapter,) = transcript.chapters
    assert (chapter.kind, chapter.start, chapter.seconds) == ("TESTIMONY", 8302, 3720)
    assert chapter.summary == "Ines Holloway asks the Council to keep the late ferry."
    assert said(transcript) == [
        (8302, "Ines Holloway", "Sure."),
        (8302, "Ines Holloway", "The last boat leaves at 9:40 p.m. & that is too early."),
        (12001, "Mr. Ruben T. Askew Jr.", "Thank you."),
    ]


@pytest.mark.parametrize("head", ["1:04:58 · 94 sec", "1:04:58 94 sec", "1:04:58 |\n1 min 34 sec"])
def test_time_and_length_may_share_a_line(head: str):
    page = sample("citymeetings.txt").replace("1:04:58\n\n·\n\n94 sec".encode(), head.encode())

    transcript = parse(page)

    assert (transcript.chapters[0].start, transcript.chapters[0].seconds) == (3898, 94)
    assert len(transcript.utterances) == 14


def test_a_first_line_without_a_name_keeps_its_time():
    page = sample("citymeetings.txt").replace(
        "out of order\nOdalys Ferrán\n".encode(), b"out of order\n"
    )

    first = parse(page).utterances[0]

    assert first.text == "Can you can you tell us who reads the gauges?"
    assert first.start == 3898


def test_a_summary_without_transcript_is_a_chapter_and_a_warning():
    transcript = read("citymeetings-summary.txt")

    assert transcript.utterances == ()
    assert transcript.chapters[0].bullets[1] == "Pike commits to a date in writing"
    assert transcript.warnings == ("The page holds a summary but no transcript.",)


def test_a_page_without_times_gives_lines_without_times():
    transcript = read("citymeetings-untimed.txt")

    assert said(transcript) == [
        (None, FERRAN, "Good morning, everyone."),
        (None, FERRAN, "We have 6 branches closed on Saturdays."),
        (None, OKAFOR, "Good morning, chair."),
    ]
    assert transcript.chapters[0].summary == "Chair Odalys Ferrán opens the hearing."


def untimed(*lines: str) -> list[tuple[str, str]]:
    """Who says what on a page without times, below a summary of Ferrán and Okafor-Lind."""
    page = sample("citymeetings-untimed.txt").decode().partition(FERRAN + "\n")[0]
    utterances = parse((page + "\n".join(lines)).encode()).utterances
    return [(line.speaker, line.text) for line in utterances]


def test_a_time_of_day_on_a_page_without_times_is_what_was_said():
    assert untimed(FERRAN, "When?", OKAFOR, "10:30", "It was 10:30.", FERRAN, "Thanks.") == [
        (FERRAN, "When?"),
        (OKAFOR, "10:30"),
        (OKAFOR, "It was 10:30."),
        (FERRAN, "Thanks."),
    ]


def test_an_answer_of_one_word_is_no_name():
    answers = ("Yes", "No", "Okay", "That's", "Right", "We Will See About That", "12", "Thank you")

    assert untimed(FERRAN, "Is it done?", OKAFOR, *answers) == [
        (FERRAN, "Is it done?"),
        *((OKAFOR, answer) for answer in answers),
    ]


def test_below_a_name_stands_what_was_said_even_if_it_looks_like_one():
    assert untimed(FERRAN, "Marrow Bay", OKAFOR, "Where?", FERRAN, "Here.", "Harborside", OKAFOR, "Ah.") == [
        (FERRAN, "Marrow Bay"),
        (OKAFOR, "Where?"),
        (FERRAN, "Here."),
        (FERRAN, "Harborside"),
        (OKAFOR, "Ah."),
    ]  # fmt: skip


def test_an_initial_is_no_pronoun():
    assert untimed("Diana I. Vane", "Good morning.") == [("Diana I. Vane", "Good morning.")]


def test_a_name_may_begin_in_small_letters():
    page = sample("citymeetings.txt").replace(b"Perpetua Vane and", b"de la Vane and")

    assert parse(page).utterances[-1].speaker == "de la Vane and Tomás Quill"
    assert parse(page).utterances[-2].text.endswith("get back to you on that.")


def test_a_line_that_goes_on_is_no_name():
    page = sample("citymeetings.txt").replace(
        b"1:05:58\nI'm glad that's on the record.\n",
        f"1:05:58\n{'I am glad of it. ' * 12}And now of\nthe gauges\n1:05:59\nHm.\n".encode(),
    )

    assert parse(page).utterances[4].text.endswith("And now of the gauges")
    assert parse(page).utterances[5].speaker == FERRAN


@pytest.mark.parametrize("between", ["", "Citymeetings.nyc pigeon logo\nI'm thrilled!\n"])
def test_two_pages_at_once_are_refused(between: str):
    page = sample("citymeetings.txt").decode().partition("Citymeetings.nyc pigeon")[0]
    second = sample("citymeetings-untimed.txt").decode()

    with pytest.raises(TranscriptError) as refused:
        parse((page + between + second).encode())

    line = (page + between).count("\n") + second.partition("0:03:10")[0].count("\n") + 1
    assert refused.value.line == line
    assert refused.value.reason == (
        "Here the page of another chapter begins. Give each page by itself."
    )


def test_a_length_can_be_what_was_said():
    page = sample("citymeetings.txt").replace(b"1:05:50\n12\n", b"1:05:50\n30 seconds\n")

    assert (3950, OKAFOR, "30 seconds") in said(parse(page))


def test_the_media_viewer_has_numbers_for_speakers():
    transcript = read("citymeetings-media-viewer.txt")

    assert transcript.covers_hearing
    assert [chapter.title for chapter in transcript.chapters] == [
        "Front Matter",
        "Council Member Odalys Ferrán Opens the Hearing on Tide Gauges",
    ]
    assert said(transcript)[2:] == [
        (None, "1", "Thank you."),
        (None, "1", "12"),
        (None, "2", "Good morning, chair."),
    ]


def test_an_impossible_time_is_named_with_its_line():
    page = sample("citymeetings.txt").replace(b"1:05:31", b"1:99:99")

    with pytest.raises(TranscriptError, match=r"^Line 25: 1:99:99 is not a time"):
        parse(page)


def test_with_bad_lines_skipped_the_rest_is_read():
    page = sample("citymeetings.txt").replace(b"1:05:31", b"1:99:99")

    transcript = parse(page, skip_bad_lines=True)

    assert [bad.line for bad in transcript.skipped] == [25]
    assert len(transcript.utterances) == 13
    assert "Okay." not in [line.text for line in transcript.utterances]


def test_a_page_cut_short_says_so():
    page = sample("citymeetings.txt").partition(b"1:06:04")[0] + b"1:"

    transcript = parse(page)

    assert transcript.utterances[-1].text.startswith("I don't have that list")
    assert transcript.warnings == (
        "The page breaks off at line 51; the end of the chapter is missing.",
    )


def test_a_time_with_nothing_below_it_is_no_utterance():
    page = sample("citymeetings.txt").replace(b"1:05:31\nOkay.\n", b"1:05:31\n")

    assert len(parse(page).utterances) == 13
