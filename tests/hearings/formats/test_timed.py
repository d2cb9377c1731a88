"""What holds for every format with times: one clock, one unit, no endless line."""

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pytest

from hearings.formats import parse
from tests.hearings.formats.sample import said

SENTENCE = "We will send the Council the list of gauges."


class Line(NamedTuple):
    start: float
    end: float
    text: str


def stamp(seconds: float, mark: str = ".") -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}{mark}{thousandths:03}"


def webvtt(lines: Iterable[Line]) -> str:
    cues = (f"{stamp(start)} --> {stamp(end)}\n{text}\n" for start, end, text in lines)
    return "\n".join(["WEBVTT\n", *cues])


def srt(lines: Iterable[Line]) -> str:
    return "\n".join(
        f"{number}\n{stamp(start, ',')} --> {stamp(end, ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(lines, start=1)
    )


def sbv(lines: Iterable[Line]) -> str:
    return "\n".join(f"{stamp(start)},{stamp(end)}\n{text}\n" for start, end, text in lines)


def youtube_json3(lines: Iterable[Line]) -> str:
    events = [
        {"tStartMs": start * 1000, "dDurationMs": (end - start) * 1000, "segs": [{"utf8": text}]}
        for start, end, text in lines
    ]
    return json.dumps({"events": events})


def youtube_transcript(lines: Iterable[Line]) -> str:
    return json.dumps(
        [{"text": text, "start": start, "duration": end - start} for start, end, text in lines]
    )


def whisper(lines: Iterable[Line]) -> str:
    return json.dumps({"segments": [line._asdict() for line in lines]})


def whisper_table(lines: Iterable[Line]) -> str:
    rows = (f"{start * 1000:.0f}\t{end * 1000:.0f}\t{text}" for start, end, text in lines)
    return "\n".join(["start\tend\ttext", *rows])


def deepgram(lines: Iterable[Line]) -> str:
    found = [{"start": start, "end": end, "transcript": text} for start, end, text in lines]
    return json.dumps({"results": {"utterances": found}})


def assemblyai(lines: Iterable[Line]) -> str:
    found = [
        {"start": start * 1000, "end": end * 1000, "text": text, "words": []}
        for start, end, text in lines
    ]
    return json.dumps({"audio_duration": 9000, "utterances": found})


def cdp(lines: Iterable[Line]) -> str:
    return json.dumps(
        {"sentences": [{"start_time": s, "end_time": e, "text": text} for s, e, text in lines]}
    )


def citymeetings_json(lines: Iterable[Line]) -> str:
    return json.dumps(
        [
            {"time_marker": "0", "start_time": start, "end_time": end, "text": text, "speaker": "0"}
            for start, end, text in lines
        ]
    )


def turns(lines: Iterable[Line]) -> str:
    return json.dumps([line._asdict() for line in lines])


def turns_table(lines: Iterable[Line]) -> str:
    return "\n".join(["start,end,text", *(f"{start},{end},{text}" for start, end, text in lines)])


def labelled(lines: Iterable[Line]) -> str:
    return "\n".join(f"[{stamp(start)} - {stamp(end)}] {text}" for start, end, text in lines)


WRITERS = [
    webvtt,
    srt,
    sbv,
    youtube_json3,
    youtube_transcript,
    whisper,
    whisper_table,
    deepgram,
    assemblyai,
    cdp,
    citymeetings_json,
    turns,
    turns_table,
    labelled,
]


@pytest.mark.parametrize("write", WRITERS)
def test_a_long_turn_is_cut_into_sentences_in_every_format(write: Callable):
    long = " ".join([SENTENCE] * 40)

    utterances = parse(
        write([Line(10, 130, long), Line(140, 141, "Thank you.")]).encode()
    ).utterances

    assert len(utterances) == 41
    assert " ".join(line.text for line in utterances[:40]) == long
    assert [line.start for line in utterances[:3]] == [10, 13, 16]
    assert [line.interpolated for line in utterances[:3]] == [False, True, True]
    assert {line.line for line in utterances[:40]} == {utterances[0].line}


def test_a_long_turn_on_a_chapters_page_is_cut_too():
    long = " ".join([SENTENCE] * 40)
    page = f"Q&A\nGauges\n1:02:03\n·\n4 min\nOf gauges.\nAda Quill\n1:02:03\n{long}\n"

    utterances = parse(f"{page}Bram Vane\n1:04:03\nThank you.\n".encode()).utterances

    assert len(utterances) == 41
    assert [line.start for line in utterances[:2]] == [3723, 3726]


@pytest.mark.parametrize("write", WRITERS)
def test_a_second_video_isnt_sorted_into_the_first(write: Callable):
    videos = [Line(at, at + 3, SENTENCE) for _ in range(2) for at in (1, 900, 1800)]

    transcript = parse(write(videos).encode())

    assert [line.start for line in transcript.utterances] == [1, 900, 1800, None, None, None]
    assert [line.end for line in transcript.utterances[3:]] == [None, None, None]
    assert transcript.warnings[-1].startswith("The clock begins again at line ")


def test_a_line_printed_late_is_no_second_video():
    lines = [Line(at, at + 3, SENTENCE) for at in (5, 900, 310, 904)]

    transcript = parse(srt(lines).encode())

    assert [line.start for line in transcript.utterances] == [5, 900, 310, 904]
    assert transcript.warnings == ()


TWENTY_TWO_WORDS = (
    "we will get back to you on that one and send the full list to the committee by the end of"
    " the next week"
)


def test_whole_seconds_with_long_pauses_are_no_milliseconds():
    lines = [Line(at, at + 15, TWENTY_TWO_WORDS) for at in range(0, 4 * 3600, 600)]

    for write in (turns, turns_table, whisper):
        assert parse(write(lines).encode()).utterances[-1].start == 13_800


def test_starts_alone_tell_seconds_from_milliseconds():
    starts = range(0, 4 * 3600, 600)
    seconds = "\n".join(["start,text", *(f"{at},{TWENTY_TWO_WORDS}" for at in starts)])
    milliseconds = "\n".join(["start,text", *(f"{at * 10},We do it." for at in starts)])

    assert parse(seconds.encode()).utterances[-1].start == 13_800
    assert parse(milliseconds.encode()).utterances[-1].start == 138


def test_long_turns_of_milliseconds_are_known_by_most_of_them():
    records = [
        {"start": 0, "end": 2500, "text": "We will get back to you on that one as soon as we can."},
        {"start": 2500, "end": 4000, "text": "Thanks."},
        {"start": 4000, "end": 4400, "text": "Next."},
    ]

    lines = parse(json.dumps(records).encode()).utterances

    assert [(line.start, line.end) for line in lines] == [(0, 2.5), (2.5, 4), (4, 4.4)]


def test_a_turn_that_the_next_interrupts_makes_no_milliseconds():
    records = [
        {"start": 100, "text": " ".join([SENTENCE] * 10)},
        {"start": 101, "end": 9001, "text": "Thanks."},
    ]

    assert parse(json.dumps(records).encode()).utterances[0].start == 100


def test_a_table_with_tabs_may_count_seconds():
    table = b"start\tend\ttext\n0.0\t1.5\tGood morning.\n1.5\t2.0\tWe do.\n"

    assert [line.start for line in parse(table).utterances] == [0, 1.5]


def test_a_field_that_names_seconds_is_believed():
    records = [{"start_sec": 0, "text": "Yes."}, {"start_sec": 300, "text": "No."}]

    assert parse(json.dumps(records).encode()).utterances[1].start == 300


WORDS = [
    {"word": word, "start": number * 500, "end": number * 500 + 400}
    for number, word in enumerate(["We", "will.", "And", "soon."])
]


@pytest.mark.parametrize("document", [WORDS, {"words": WORDS}, {"word_segments": WORDS}])
def test_single_words_may_count_milliseconds_and_stand_alone(document: object):
    transcript = parse(json.dumps(document).encode())

    assert transcript.format == "whisper"
    assert said(transcript) == [(0, "", "We will."), (1, "", "And soon.")]
