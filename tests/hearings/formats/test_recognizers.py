"""Files that speech recognizers, caption services and civic groups write as JSON or tables."""

import json

import pytest

from hearings.formats import ParsedChapter, ParsedTranscript, TranscriptError, parse
from tests.hearings.formats.sample import read, said, sample

FERRAN, OKAFOR = "Odalys Ferrán", "Bram Okafor-Lind"


def test_youtube_events_without_words_and_line_breaks_are_no_utterances():
    transcript = read("events.json3")

    assert transcript.format == "youtube-json3"
    assert said(transcript) == [(1.2, "", "good morning"), (4.6, "MAYOR VANE", "thank you")]
    assert [line.line for line in transcript.utterances] == [2, 4]


def test_youtube_snippets_may_overlap_and_change_speaker_midway():
    transcript = read("youtube-transcript.json")

    assert transcript.format == "youtube-transcript"
    assert said(transcript) == [
        (40.106, "", ">> GOOD AFTERNOON,"),
        (41.341, "", "IT'S THE HARBORS"),
        (42.2, "", "COMMITTEE."),
        (43.311, "", ">> HERE."),
    ]
    assert [line.line for line in transcript.utterances] == [1, 2, 3, 3]


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("whisper.json", [(0, "", "Good morning."), (4.25, "SPEAKER_01", "We do.")]),
        ("whisper-cpp.json", [(1, "", "Good morning.")]),
        ("whisper-words.json", [(0.5, "", "Good morning."), (1.2, "", "We do"), (7, "", "later")]),
        (
            "whisper.tsv",
            [(0, "", 'So the next item is the "tide gauges'), (9.36, "", "who reads them?")],
        ),
    ],
)
def test_whisper_in_its_four_shapes(name: str, lines: list[tuple[float, str, str]]):
    transcript = read(name)

    assert transcript.format == "whisper"
    assert said(transcript) == lines


def whisperx(text: str, speaker: str, *words: tuple[str, str, float | None]) -> bytes:
    """One segment of four seconds, its words with their speakers and starts."""
    found = [
        {"word": word, "speaker": said_by}
        | ({} if start is None else {"start": start, "end": start + 0.4})
        for word, said_by, start in words
    ]
    segment = {"start": 0, "end": 4, "text": text, "speaker": speaker, "words": found}
    return json.dumps({"segments": [segment]}).encode()


def test_a_segment_is_cut_where_its_words_have_another_speaker():
    data = whisperx(
        " In 2026. Yes. We will.", "A", ("In", "A", 0), ("2026.", "", None), ("Yes.", "B", 2),
        ("We", "A", 3), ("will.", "A", 3.5),
    )  # fmt: skip

    transcript = parse(data)

    assert said(transcript) == [(0, "A", "In 2026."), (2, "B", "Yes."), (3, "A", "We will.")]
    assert [line.end for line in transcript.utterances] == [None, 2.4, 3.9]
    assert {line.line for line in transcript.utterances} == {1}


def test_words_without_times_share_the_time_of_their_segment():
    first, second = parse(
        whisperx("Yes. No.", "A", ("Yes.", "A", None), ("No.", "B", None))
    ).utterances

    assert (first.start, first.end) == (0, second.start)
    assert (second.speaker, second.text, second.interpolated) == ("B", "No.", True)


def test_a_segment_whose_words_are_others_stays_whole():
    data = whisperx("We will. Yes.", "A", ("We", "A", 0), ("Yes.", "B", 2))

    assert said(parse(data)) == [(0, "A", "We will. Yes.")]


def test_a_table_that_counts_seconds_says_so_below_a_note():
    table = (
        "See the site for more.\t\t\n"
        "Speaker\tStart time (seconds after 1:05)\tEnd time (seconds)\tRaw transcription\n"
        "\t12\t19\tWho reads them?\n"
    )

    (utterance,) = parse(table.encode()).utterances

    assert (utterance.start, utterance.end, utterance.line) == (12, 19, 3)


def test_deepgram_sentences_have_the_speaker_of_their_paragraph():
    transcript = read("deepgram.json")

    assert transcript.format == "deepgram"
    assert said(transcript) == [
        (1, "0", "Good morning."),
        (2.5, "0", "Who reads them?"),
        (5, "1", "We do."),
    ]


def test_deepgram_utterances_where_it_formed_no_paragraphs():
    own = {"start": 1.5, "end": 2, "speaker": 1, "transcript": "We do.", "words": []}

    transcript = parse(json.dumps({"results": {"utterances": [own]}}).encode())

    assert said(transcript) == [(1.5, "1", "We do.")]


def test_deepgram_words_alone_are_joined_by_speaker():
    assert said(read("deepgram-words.json")) == [(1, "0", "Who reads"), (1.5, "1", "We do.")]


def channel(*paragraphs: tuple[int | None, float, str]) -> dict:
    """One alternative of paragraphs: the speaker's number, the second, one sentence."""
    found = [
        {"speaker": speaker, "sentences": [{"text": text, "start": start, "end": start + 1}]}
        for speaker, start, text in paragraphs
    ]
    return {"alternatives": [{"paragraphs": {"paragraphs": found}}]}


def test_deepgram_counts_the_speakers_of_each_channel_from_nought():
    channels = [channel((0, 1, "Who reads?"), (1, 9, "And when?")), channel((0, 5, "We do."))]

    transcript = parse(json.dumps({"results": {"channels": channels}}).encode())

    assert said(transcript) == [
        (1, "Channel 0, speaker 0", "Who reads?"),
        (5, "Channel 1, speaker 0", "We do."),
        (9, "Channel 0, speaker 1", "And when?"),
    ]


def test_deepgram_tells_channels_apart_that_know_no_speakers():
    own = [
        {"start": start, "end": start + 1, "channel": number, "transcript": text}
        for number, start, text in ((0, 1, "Who reads?"), (0, 9, "Thanks."), (1, 5, "We do."))
    ]

    transcript = parse(json.dumps({"results": {"utterances": own}}).encode())

    assert [line.speaker for line in transcript.utterances] == [
        "Channel 0",
        "Channel 1",
        "Channel 0",
    ]


def test_a_second_channel_without_words_is_no_second_channel():
    channels = [channel((0, 1, "Who reads?")), {"alternatives": [{"transcript": ""}]}]

    transcript = parse(json.dumps({"results": {"channels": channels}}).encode())

    assert said(transcript) == [(1, "0", "Who reads?")]


def test_deepgram_with_nothing_but_its_text():
    alternative = {"transcript": "Who reads them? We do.", "confidence": 0.9}
    document = {"results": {"channels": [{"alternatives": [alternative]}]}}

    assert said(parse(json.dumps(document).encode())) == [(None, "", "Who reads them? We do.")]


def test_assemblyai_counts_milliseconds_and_brings_chapters():
    transcript = read("assemblyai.json")

    assert transcript.format == "assemblyai"
    assert said(transcript) == [(1.25, "A", "Who reads them?"), (2.6, "B", "We do.")]
    assert transcript.chapters == (
        ParsedChapter(
            "Tide gauges",
            start=1.25,
            seconds=59,
            summary="Who reads the gauges.",
            source="AssemblyAI",
        ),
    )


def test_council_data_project():
    transcript = read("cdp.json")

    assert transcript.format == "cdp"
    assert said(transcript) == [(13.213, "0", "Okay, good morning."), (14.9, OKAFOR, "We do.")]


def test_citymeetings_export_with_its_speakers():
    transcript = read("citymeetings-export.json")

    assert transcript.format == "citymeetings-json"
    assert said(transcript) == [(3.358, "0", "Good morning."), (8.675, OKAFOR, "We do.")]
    assert [line.role for line in transcript.utterances] == [
        "Sergeant at Arms — Marrow Bay Council",
        "Commissioner",
    ]


def test_citymeetings_export_without_its_speakers_warns():
    sentences = json.loads(sample("citymeetings-export.json"))["transcript"]

    transcript = parse(json.dumps(sentences).encode())

    assert [line.speaker for line in transcript.utterances] == ["0", "1"]
    assert "speakers.json" in transcript.warnings[0]


def test_turns_keep_the_words_as_recognised_and_the_role():
    transcript = read("turns.json")

    assert transcript.format == "turns"
    assert said(transcript) == [
        (103.455, FERRAN, "Who who reads them?"),
        (130, OKAFOR, "We do."),
    ]
    assert transcript.utterances[1].role == "Witness — Harbor Department"


@pytest.mark.parametrize(
    "fields",
    [
        ("start", "end", "speaker", "text"),
        ("startTime", "endTime", "speakerName", "content"),
        ("Start Time", "End Time", "Who", "Utterance"),
        ("begin", "stop", "person", "transcript"),
    ],
)
def test_fields_have_many_names(fields: tuple[str, str, str, str]):
    record = dict(zip(fields, ("0:00:12.5", "14", FERRAN, "Who reads them?"), strict=True))

    (utterance,) = parse(json.dumps([record]).encode()).utterances

    assert (utterance.start, utterance.end) == (12.5, 14)
    assert (utterance.speaker, utterance.text) == (FERRAN, "Who reads them?")


def test_a_header_says_what_its_times_count():
    table = b"Start (ms);End (ms);Speaker;Text\n1250;2500;A;We do.\n"

    (utterance,) = parse(table).utterances

    assert (utterance.start, utterance.end) == (1.25, 2.5)


def test_milliseconds_are_told_from_seconds():
    assert [line.start for line in read("turns-milliseconds.json").utterances] == [1.25, 252.6]


def test_a_clock_that_begins_again_leaves_the_rest_without_times():
    transcript = read("turns.csv")

    assert said(transcript) == [
        (0, "Vane", 'I read, "the list". All of it.'),
        (2700, "Quill", "Thank you."),
        (None, "Vane", "A second video."),
        (None, "Quill", "Thank you again."),
    ]
    assert transcript.warnings[0].startswith("The clock begins again at line 5")


def _exported(transcript: ParsedTranscript) -> list[dict[str, object]]:
    return [
        {"start": line.start, "end": line.end, "speaker": line.speaker, "text": line.text}
        for line in transcript.utterances
    ]


def test_a_bad_record_is_named_by_its_number_or_skipped():
    records = [
        {"start": 1, "text": "one", "speaker": "A"},
        {"start": "soon", "text": "two", "speaker": "A"},
        {"start": 9, "end": 3, "text": "three", "speaker": "A"},
    ]
    data = json.dumps(records).encode()

    with pytest.raises(TranscriptError, match="^Line 2: 'soon' is not a time"):
        parse(data)
    rest = parse(data, skip_bad_lines=True)

    assert [line.text for line in rest.utterances] == ["one"]
    assert [bad.line for bad in rest.skipped] == [2, 3]


@pytest.mark.parametrize("name", ["citymeetings.txt", "labelled.txt", "subrip.srt", "minutes.txt"])
def test_what_was_read_reads_the_same_from_json(name: str):
    once = _exported(read(name))

    again = parse(json.dumps({"utterances": once}).encode())

    assert again.format == "turns"
    assert _exported(again) == once
