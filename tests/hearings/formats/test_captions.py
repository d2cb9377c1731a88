import pytest

from hearings.formats import TranscriptError, parse
from tests.hearings.formats.sample import read, said, sample


def test_voices_settings_notes_and_odd_hours():
    transcript = read("voices.vtt")

    assert transcript.format == "webvtt"
    assert said(transcript) == [
        (3.455, "Odalys Ferrán", "Who reads the gauges, R&D?"),
        (62, "Bram Okafor-Lind", "We do."),
        (62.652, "Odalys Ferrán", "Since when, then?"),
        (1, "Bram Okafor-Lind", "An earlier line, printed late."),
        (2, "", "No thousandths."),
        (360000, "", "Nobody is named here."),
    ]


def test_two_voices_in_one_cue_share_its_time_and_say_so():
    first, second = read("voices.vtt").utterances[1:3]

    assert (first.end, second.end) == (62.652, 64.5)
    assert (first.interpolated, second.interpolated) == (False, True)
    assert first.line == second.line == 15


def test_marks_of_another_speaker_stay_and_names_behind_them_hold_until_the_next():
    assert said(read("turns.vtt")) == [
        (1, "", ">>> GOOD MORNING."),
        (3, "", "YES."),
        (3.667, "", ">> THANK YOU, CHAIR."),
        (7, "MAYOR VANE", "WE WILL SEND"),
        (8, "MAYOR VANE", "THE LIST BY NOON: ALL OF IT."),
        (9, "", ">> HERE."),
        (10, "", "HERE."),
        (11, "", "HERE."),
    ]


def test_rolled_up_lines_are_read_once():
    assert said(read("rollup.vtt")) == [
        (1, "", "good morning everyone"),
        (3.01, "", "welcome to Marrow Bay"),
        (5.01, "", "we have a quorum"),
    ]


def srt(*texts: str) -> bytes:
    """One cue a second."""
    cues = (
        f"{second + 1}\n00:00:{second:02},000 --> 00:00:{second + 1:02},000\n{text}\n"
        for second, text in enumerate(texts)
    )
    return "\n".join(cues).encode()


def test_a_caption_that_grows_is_read_once_from_its_first_word():
    transcript = parse(
        srt("We", "We will", "We will get back", "To you", "To you, Chair.", "Wells")
    )

    assert said(transcript) == [
        (0, "", "We will get back"),
        (3, "", "To you, Chair."),
        (5, "", "Wells"),
    ]
    assert [(line.line, line.end) for line in transcript.utterances] == [(2, 3), (14, 5), (22, 6)]


def test_a_caption_grows_in_its_last_line_while_the_lines_roll_up():
    texts = ["we read", "we read\nthe", "we read\nthe gauges", "the gauges\nevery"]
    texts += ["the gauges\nevery morning", "every morning\nor", "every morning\nor so"]

    assert [line.text for line in parse(srt(*texts)).utterances] == [
        "we read",
        "the gauges",
        "every morning",
        "or so",
    ]


def test_answers_that_repeat_stay_where_captions_grow():
    texts = ["All", "All in", "All in favor?", "Aye.", "Aye.", "Aye."]

    assert [line.text for line in parse(srt(*texts)).utterances] == [
        "All in favor?",
        "Aye.",
        "Aye.",
        "Aye.",
    ]


def test_a_mark_of_another_speaker_ends_a_voice():
    cues = ("<v Ada Quill>We will. >> Bram: No.", "Never.", "<v Ada Quill>Why?", "Nobody knows.")
    data = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{second}.000 --> 00:0{second + 1}.000\n{cue}" for second, cue in enumerate(cues)
    )

    assert [(line.speaker, line.text) for line in parse(data.encode()).utterances] == [
        ("Ada Quill", "We will."),
        ("Bram", "No."),
        ("Bram", "Never."),
        ("Ada Quill", "Why?"),
        ("", "Nobody knows."),
    ]


def test_a_mark_without_a_name_within_a_voice_is_nobody_we_know():
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada Quill>&gt;&gt; We will. &gt;&gt; No.\n"

    assert [(line.speaker, line.text) for line in parse(data).utterances] == [
        ("Ada Quill", ">> We will."),
        ("", ">> No."),
    ]


@pytest.mark.parametrize("note", ["NOTE moved by 0.5 s --> see the log", "NOTE\nmoved\na --> b"])
def test_an_arrow_in_a_note_is_no_cue(note: str):
    data = f"WEBVTT\n\n{note}\n\n00:01.000 --> 00:02.000\nWe will.\n\n{note}\n"

    assert said(parse(data.encode())) == [(1, "", "We will.")]


def test_an_arrow_behind_a_note_is_one_again():
    data = b"WEBVTT\n\nNOTE nothing\n\nsoon --> later\nWe will.\n"

    with pytest.raises(
        TranscriptError, match="^Line 5: 'soon --> later' is not a start and an end"
    ):
        parse(data)


def test_subrip_with_names_blank_lines_and_numbers():
    transcript = read("subrip.srt")

    assert transcript.format == "srt"
    assert said(transcript) == [
        (1, "Odalys Ferrán", "who reads the gauges"),
        (3, "Bram", "12"),
        (63.5, "Bram", "we do every morning"),
    ]
    assert [line.line for line in transcript.utterances] == [2, 8, 12]


def test_subviewer():
    transcript = read("subviewer.sbv")

    assert transcript.format == "sbv"
    assert said(transcript) == [(1, "", "Good morning, 12, everyone."), (2.5, "", ">> Thank you.")]


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ("2:99:99.000 --> 3:00:00.000", "'2:99:99.000 --> 3:00:00.000' is not a start and an end."),
        ("soon --> later", "'soon --> later' is not a start and an end."),
        ("00:00:09.000 --> 00:00:02.000", "The end is before the start (0:00:09 → 0:00:02)."),
    ],
)
def test_a_cue_whose_times_make_no_sense_is_named_or_skipped(times: str, reason: str):
    data = sample("voices.vtt").replace(b"01:02.000 --> 01:04.500", times.encode())

    with pytest.raises(TranscriptError) as refused:
        parse(data)
    rest = parse(data, skip_bad_lines=True)

    assert str(refused.value) == f"Line 15: {reason}"
    assert [(bad.line, bad.reason) for bad in rest.skipped] == [(15, reason)]
    assert len(rest.utterances) == 4


def test_captions_without_a_cue_are_refused():
    with pytest.raises(TranscriptError, match="No cue with a start"):
        parse(b"WEBVTT\n\nNOTE nothing yet\n")


def test_a_name_alone_above_the_words_of_each_cue_is_who_spoke():
    cues = (
        (0, "Ada Quill\nWho reads them?"),
        (5, "Bram Vane\nWe do.\nEvery day."),
        (9, "Ada Quill\nThank you."),
    )
    data = "".join(
        f"0:0:{second}.0 --> 0:0:{second + 3}.480\n{text}\n" for second, text in cues
    ).encode()

    assert said(parse(data)) == [
        (0, "Ada Quill", "Who reads them?"),
        (5, "Bram Vane", "We do. Every day."),
        (9, "Ada Quill", "Thank you."),
    ]


def test_a_name_beside_the_number_of_a_cue_is_who_spoke():
    data = b"""WEBVTT

1 "Ada Quill" (2863412)
00:00:01.000 --> 00:00:02.000
Who reads them?

2 "Bram Vane" (117)
00:00:03.000 --> 00:00:04.000
We do.

3 ""
00:00:05.000 --> 00:00:06.000
And "so" on.
"""

    assert said(parse(data)) == [
        (1, "Ada Quill", "Who reads them?"),
        (3, "Bram Vane", "We do."),
        (5, "", 'And "so" on.'),
    ]


def test_captions_as_xml_with_agents_frames_ticks_and_the_beginning_of_their_body():
    transcript = read("agents.ttml")

    assert transcript.format == "ttml"
    assert said(transcript) == [
        (11.2, "Odalys Ferrán", "Who reads the gauges?"),
        (15, "", "We do, R&D says."),
    ]
    assert [line.end for line in transcript.utterances] == [13.5, 45]


def test_youtubes_xml_counts_milliseconds_or_seconds():
    seconds = b'<transcript><text start="3" dur="1.5">we&amp;#39;re here</text></transcript>'

    assert said(read("segments.srv3")) == [(3, "", "good morning"), (7, "", "we're here")]
    assert said(parse(seconds)) == [(3, "", "we're here")]


@pytest.mark.parametrize("times", ['begin="2:99" end="3:00"', 'end="3s"', 'begin="9s" end="3s"'])
def test_a_caption_in_xml_without_times_that_make_sense_is_a_bad_line(times: str):
    good = '<p begin="1s" end="2s">One.</p>'
    data = f"<tt><body><div>\n{good}\n<p {times}>Two.</p></div></body></tt>".encode()

    with pytest.raises(TranscriptError, match="^Line 3: "):
        parse(data)
    rest = parse(data, skip_bad_lines=True)

    assert [line.text for line in rest.utterances] == ["One."]
    assert [bad.line for bad in rest.skipped] == [3]


def test_captions_in_xml_that_declare_entities_are_refused():
    data = b'<!DOCTYPE tt [<!ENTITY a "aaaa">]><tt><body><p begin="1s" end="2s">&a;</p></body></tt>'

    with pytest.raises(TranscriptError, match="declares entities"):
        parse(data)
