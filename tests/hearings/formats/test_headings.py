"""Names and times on lines of their own above what was said, as people save them from recorders and players."""

import pytest

from hearings.formats import parse
from tests.hearings.formats.sample import read, said, word_file

TURNS = (
    ("Odalys Ferrán", "0:03", "Who reads the gauges?"),
    ("Bram Okafor-Lind", "0:14", "We do, at 10:30. Every morning."),
    ("Odalys Ferrán", "1:15", "YES"),
    ("Bram Okafor-Lind", "1:02:05", "And we write it down."),
)
SAID = [
    (3, "Odalys Ferrán", "Who reads the gauges?"),
    (14, "Bram Okafor-Lind", "We do, at 10:30. Every morning."),
    (75, "Odalys Ferrán", "YES"),
    (3725, "Bram Okafor-Lind", "And we write it down."),
]
SHAPES = {
    "Otter": "{name}  {time}  \n{words}\n\n",
    "Otter, spaced": "{name}\n\n{time}\n{words}\n\n",
    "Teams": "{name}   {time}\n{words}\n",
    "Zoom's saved captions": "[{name}] {time}\n{words}\n\n",
    "Sonix": "[{time}] {name}\n{words}\n\n",
    "Happy Scribe": "[{time}.00] - {name}\n{words}\n\n",
    "Fireflies": "{name}\n{time}\n{words}\n\n",
    "Rev": "{name} ({time}):\n{words}\n\n",
    "a time, its name and colon below": "{time}\n{name}:\n{words}\n\n",
    "a stretch, its name below": "{time} - {time}\n{name}\n{words}\n\n",
    "a time in brackets, its name below": "[{time}]\n{name}\n{words}\n\n",
}


def file(shape: str, turns=TURNS) -> str:
    return "".join(shape.format(name=name, time=time, words=words) for name, time, words in turns)


@pytest.mark.parametrize("maker", SHAPES)
def test_each_maker_is_read(maker: str):
    transcript = parse(file(SHAPES[maker]).encode())

    assert transcript.format == "labelled"
    assert said(transcript) == SAID


def test_a_word_file_has_them_too():
    data = word_file(*(f"{name}   {time}\n{words}" for name, time, words in TURNS))

    assert said(parse(data)) == SAID


def test_what_the_maker_printed_is_nobodys_words():
    transcript = read("labelled-otter.txt")
    front = "Harbor hearing Fri, Nov 20, 2026 10:00AM • 1:02:05"

    assert said(transcript)[0] == (None, "", front)
    assert {line.speaker for line in transcript.utterances[:5]} == {""}
    assert said(transcript)[5:] == [
        (3, "Odalys Ferrán", "Good morning. Who reads the gauges?"),
        (14, "Bram Okafor-Lind", "We do, every morning. YES."),
        (None, "Bram Okafor-Lind", "And we write it down."),
        (3725, "Odalys Ferrán", "Thank you."),
    ]


def test_the_panel_beside_a_video_has_a_time_above_each_line():
    assert said(read("labelled-panel.txt")) == [
        (3, "", "good morning everybody and welcome"),
        (9, "", "we are here at"),
        (62, "", "to read the gauges"),
    ]


def test_a_time_alone_is_that_of_the_name_below_it_and_of_nobody_elses():
    data = b"""00:00:00

Ada Quill: Who reads them?
Bram Vane: We do.

00:05:00

Ada Quill: Every day?
Meeting ended after 00:06:10
"""

    assert said(parse(data)) == [
        (0, "Ada Quill", "Who reads them?"),
        (None, "Bram Vane", "We do."),
        (300, "Ada Quill", "Every day?"),
    ]


AGENDA = "Roll Call 10:00\nThe clerk calls the roll.\n\nBudget Vote 10:30\nMembers vote.\n\n"


def test_an_agenda_is_no_transcript():
    assert {line.speaker for line in parse(AGENDA.encode()).utterances} == {""}


def test_short_words_between_times_are_nobodys_name():
    data = b"0:01\nAye\n0:02\nNay\n0:03\nAye\n0:04\nThe motion is carried.\n0:09\nThank you.\n"

    assert {line.speaker for line in parse(data).utterances} == {""}


def test_an_impossible_time_in_a_heading_is_refused_with_its_line():
    turns = [*TURNS[:2], ("Odalys Ferrán", "2:99:99", "Thank you.")]

    rest = parse(file(SHAPES["Otter"], turns).encode(), skip_bad_lines=True)

    assert said(rest) == SAID[:2]
    assert [(bad.line, bad.reason) for bad in rest.skipped] == [(7, "'2:99:99' is not a time.")]
