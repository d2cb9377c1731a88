import pytest

from hearings.formats import TranscriptError, parse
from tests.hearings.formats.sample import read, said


def test_names_and_times_before_the_words():
    transcript = read("labelled.txt")

    assert transcript.format == "labelled"
    assert said(transcript) == [
        (None, "", "MARROW BAY CITY COUNCIL"),
        (4, "Odalys Ferrán", "Good morning. The Committee on Harbors will come to order."),
        (
            11.5,
            "Bram Okafor-Lind (Harbor Department) [?]",
            "Good morning, chair. I have a statement: it is short.",
        ),
        (
            None,
            "Bram Okafor-Lind (Harbor Department) [?]",
            "It goes on in a second paragraph.",
        ),
        (40, "CM Tomás Quill", "Thank you."),
        (None, "", "TIDE GAUGES"),
        (None, "", "A motion was read by the clerk."),
        (None, "Clerk", "On the motion, all in favor? (00:01:10 on my clock.)"),
        (None, "Mr. Ruben T. Askew Jr.", "Aye."),
        (None, "SGT. VANE", "Quiet, please."),
    ]


def test_a_role_in_parentheses_is_told_apart_and_the_name_kept():
    utterance = read("labelled.txt").utterances[2]

    assert utterance.speaker == "Bram Okafor-Lind (Harbor Department) [?]"
    assert utterance.role == "Harbor Department"
    assert utterance.line == 5


def test_an_end_may_stand_with_the_start():
    utterance = read("labelled.txt").utterances[4]

    assert (utterance.start, utterance.end) == (40, 42)


def test_blocks_below_a_time():
    assert said(read("labelled-blocks.txt")) == [
        (
            64,
            "",
            "Welcome everyone. It is Thursday, and this meeting of the Marrow Bay City Council is"
            " called to order.",
        ),
        (120, "", "We will begin with the pledge."),
        (367380, "", "The meeting is adjourned at 7:19."),
    ]


def test_a_colon_alone_says_that_nobody_knows_who_spoke():
    data = b"[00:00:01] Clerk: Order.\n[00:00:04] : Item 5: the gauges.\n: Note this.\n"

    assert said(parse(data)) == [
        (1, "Clerk", "Order."),
        (4, "", "Item 5: the gauges."),
        (None, "", "Note this."),
    ]


def test_times_behind_the_name():
    assert said(read("labelled-named-times.txt")) == [
        (12, "Odalys Ferrán", "Who reads the gauges?"),
        (19, "Bram Okafor-Lind", "We do, every morning."),
        (24, "Odalys Ferrán", "And who checks them?"),
    ]


def test_a_long_turn_is_cut_into_sentences_with_times_marked_as_ours():
    sentence = "We will send the Council the list of gauges. "
    turns = f"[00:01:00] Ada Quill: {sentence * 20}\n\n[00:02:00] Clerk: Thank you.\n"

    utterances = parse(turns.encode()).utterances

    assert len(utterances) == 21
    assert {line.line for line in utterances[:20]} == {1}
    assert [line.start for line in utterances[:3]] == [60, 63, 66]
    assert [line.interpolated for line in utterances[:3]] == [False, True, True]
    assert " ".join(line.text for line in utterances[:20]) == (sentence * 20).strip()


def test_a_recess_is_not_spread_over_the_turn_before_it():
    turns = f"[00:01:00] Ada Quill: {'We wait. ' * 100}\n\n[09:00:00] Clerk: Thank you.\n"

    assert parse(turns.encode()).utterances[99].start < 60 + 200


def test_an_impossible_time_is_refused_or_skipped_with_its_words():
    data = b"[00:00:04] Clerk: One.\n[2:99:99] Clerk: Two.\n[00:00:09] Clerk: Three.\n"

    with pytest.raises(TranscriptError, match="^Line 2: '2:99:99' is not a time"):
        parse(data)
    rest = parse(data, skip_bad_lines=True)

    assert [line.text for line in rest.utterances] == ["One.", "Three."]
    assert [bad.line for bad in rest.skipped] == [2]


def test_prose_read_as_labelled_is_refused_in_a_sentence():
    with pytest.raises(TranscriptError, match="begins with a name and a colon"):
        parse(b"Nobody is named here.\n", format="labelled")


def test_a_line_may_begin_with_a_time_of_day():
    data = b"""[00:00:01] Ada Quill: We start at
10:30 and end at noon.
[00:00:05] Bram Vane: At
12:15 we eat: soup.
2:31 Chair: And then we go.
"""

    transcript = parse(data)

    assert said(transcript) == [
        (1, "Ada Quill", "We start at 10:30 and end at noon."),
        (5, "Bram Vane", "At 12:15 we eat: soup."),
        (151, "Chair", "And then we go."),
    ]
    assert transcript.warnings == ()


def test_a_line_may_begin_with_a_time_of_day_where_times_stand_bare():
    data = b"""0:08 Ada Quill: We start at
10:30 and end at noon.
0:15 Bram Vane: Good.
0:20 and then we eat
9:00 at the latest
0:24 or so
"""

    assert said(parse(data)) == [
        (8, "Ada Quill", "We start at 10:30 and end at noon."),
        (15, "Bram Vane", "Good."),
        (20, "", "and then we eat 9:00 at the latest"),
        (24, "", "or so"),
    ]


def test_bare_times_that_go_on_are_times():
    data = "".join(f"{minute}:59 and so on\n" for minute in (0, 1, 30, 31, 2, 3)).encode()

    assert [line.start for line in parse(data).utterances] == [59, 119, 1859, 1919, 179, 239]


def test_prose_with_a_time_of_day_has_no_times():
    data = b"Ada Quill: We meet at\n10:30 or so.\n\nBram Vane: Or at\n11:00 sharp.\n"

    assert said(parse(data)) == [
        (None, "Ada Quill", "We meet at 10:30 or so."),
        (None, "Bram Vane", "Or at 11:00 sharp."),
    ]


def test_in_a_text_of_capitals_capitals_are_no_heading():
    data = b"""[00:00:01] CHAIR VANE: GOOD MORNING.

[00:00:05] MR. QUILL: WE WILL GET BACK TO YOU

ON THAT AND ALSO SEND THE LIST

[00:00:09] CHAIR VANE: THANK YOU
"""

    assert said(parse(data)) == [
        (1, "CHAIR VANE", "GOOD MORNING."),
        (5, "MR. QUILL", "WE WILL GET BACK TO YOU"),
        (None, "MR. QUILL", "ON THAT AND ALSO SEND THE LIST"),
        (9, "CHAIR VANE", "THANK YOU"),
    ]


def test_capitals_before_the_colon_make_no_text_of_capitals():
    turns = "COUNCIL MEMBER QUILL: Aye.\n\n" * 4
    data = f"{turns}TIDE GAUGES\n\nA motion was read.\n".encode()

    assert said(parse(data))[-2:] == [(None, "", "TIDE GAUGES"), (None, "", "A motion was read.")]


@pytest.mark.parametrize(
    "before", ["We will send it to the", "We will send it. To the NYPD, Chair? Yes:"]
)
def test_a_short_form_on_a_line_of_its_own_is_no_heading(before: str):
    data = f"Chair Vane: Who?\n\nMr. Quill: {before}\n\nNYPD\n\nand nobody else.\n"

    assert said(parse(data.encode()))[1:] == [
        (None, "Mr. Quill", before),
        (None, "Mr. Quill", "NYPD"),
        (None, "Mr. Quill", "and nobody else."),
    ]


def test_a_short_heading_is_one():
    data = b"Chair Vane: Who?\n\nMr. Quill: We do.\n\nVOTE\n\nThe motion was carried.\n"

    assert said(parse(data))[2:] == [(None, "", "VOTE"), (None, "", "The motion was carried.")]


def test_a_pasted_table_of_times_and_names_is_turns():
    data = b"0:00:05\tAda Quill\tWho reads them?\n0:00:09\tBram Vane (DOT)\tWe do: daily.\n"

    transcript = parse(data)

    assert said(transcript) == [
        (5, "Ada Quill", "Who reads them?"),
        (9, "Bram Vane (DOT)", "We do: daily."),
    ]
    assert transcript.utterances[1].role == "DOT"
