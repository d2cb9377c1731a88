"""Any bytes at all: a parser returns what it read or raises its own error, nothing else."""

import json
import math
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hearings.formats import FORMATS, ParsedTranscript, TranscriptError, parse
from tests.hearings.formats.sample import FILES

SCRAPS = st.sampled_from(
    [
        *("2:99:99", "[00:00:01]", "00:00:01.000 --> 00:00:00.000", "0:00", "156 sec", "-->", "-1"),
        *("<v ", "</v>", "<p>", "</p>", "<!ENTITY a 'b'>", "&#0;", "&amp;", ">>", "·", "•"),
        *(":", "[", "]", "{", "}", '"', "'", ",", "[]", "{}", "null", "true", "NaN", "1e999"),
        *("\\ud800", "\\u0000", "\0", "\t", "\r", "\n\n", "\f", "\u2028", "Q. ", "NAME: "),
        "12345678901234567890",
    ]
)


@st.composite
def mutated(draw: st.DrawFn, original: bytes) -> bytes:
    """The file with some stretches cut, doubled, moved or overwritten."""
    data = original
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 60)))
        piece = data[start:end]
        scrap = draw(SCRAPS).encode()
        data = draw(
            st.sampled_from(
                [
                    data[:start] + data[end:],
                    data[:end] + piece + data[end:],
                    data[:start] + scrap + data[end:],
                    data[:start] + scrap + data[start:],
                    data[end:] + data[:end],
                    data[:end],
                    data[:start] + bytes([draw(st.integers(0, 255))]) + data[end:],
                ]
            )
        )
    return data


def check(data: bytes, format: str | None, skip: bool) -> None:
    with suppress(TranscriptError):
        assert_sound(parse(data, format=format, skip_bad_lines=skip))


def assert_sound(transcript: ParsedTranscript) -> None:
    """What an importer relies on: words that can be stored, times that make sense."""
    for line in transcript.utterances:
        assert line.text or transcript.format == "jsonl"
        assert line.text == " ".join(line.text.split())
        for words in (line.text, line.speaker, line.role):
            assert "\0" not in words
            words.encode()
        assert line.line > 0
        assert line.start is None or (math.isfinite(line.start) and line.start >= 0)
        assert None in (line.start, line.end) or line.end >= line.start


CHOICES = st.sampled_from([None, None, *FORMATS])
QUICK = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
LONG = settings(QUICK, max_examples=1_500)


@pytest.mark.parametrize("name", FILES)
def test_mutated_files(name: str):
    @QUICK
    @given(mutated(FILES[name]), CHOICES, st.booleans())
    def returns_or_refuses(data: bytes, format: str | None, skip: bool) -> None:
        check(data, format, skip)

    returns_or_refuses()


@pytest.mark.long
@pytest.mark.parametrize("name", FILES)
def test_mutated_files_at_length(name: str):
    @LONG
    @given(mutated(FILES[name]), CHOICES, st.booleans())
    def returns_or_refuses(data: bytes, format: str | None, skip: bool) -> None:
        check(data, format, skip)

    returns_or_refuses()


@QUICK
@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode), CHOICES, st.booleans())
def test_any_bytes(data: bytes, format: str | None, skip: bool):
    check(data, format, skip)


FIELDS = [
    *("text", "start", "end", "duration", "speaker", "segments", "words", "word", "transcription"),
    *("events", "segs", "utf8", "tStartMs", "dDurationMs", "offsets", "from", "audio_duration"),
    *("results", "channels", "alternatives", "paragraphs", "sentences", "utterances", "turns"),
    *("transcript", "start_time", "end_time", "time_marker", "speakers", "label", "chapters"),
]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@settings(QUICK, max_examples=150)
@given(json_values, CHOICES, st.booleans())
def test_any_json(value: object, format: str | None, skip: bool):
    check(json.dumps(value).encode(), format, skip)
