"""Reading takes time in proportion to a file's length, shown by counting steps, not by a clock.

Steps are calls of Python and of C functions. What happens inside of one call of a regular
expression isn't counted, so two more tests look at those: none repeats a repetition, and hostile
files are so long that one step for every pair of letters would never come to an end.
"""

import importlib
import pkgutil
import re
import re._constants as code
import re._parser as regex
import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

import hearings.formats
from hearings.formats import FORMATS, TranscriptError, parse
from tests.hearings.formats.word import word_file

HOSTILE = {
    "angle brackets": "<",
    "voices": "<v ",
    "open tags": "<v a><c.",
    "turn marks": ">>",
    "spaces": " ",
    "blank lines": "\n",
    "full stops": ".",
    "quotes": '"',
    "colons": "A:",
    "clocks": "1:02:03\n",
    "bracketed clocks": "[1:02:03] ",
    "arrows": "-->",
    "cues": "00:00:01.000 --> 00:00:02.000\nwe do\n\n",
    "names": "Ada Quill: We do.\n\n",
    "numbered lines": "1 THE CHAIR: We do.\n2 And so\n3 on\n",
    "entities": "&amp",
    "letters": "a",
    "capitals": "A ",
    "bullets": "• a\n",
    "parentheses": "(",
    "tabs": "start\tend\ttext\n1\t2\tb\n",
    "commas": "a,start,text\n",
    "json lines": '{"start": 1, "text": "We do."}\n',
    "headings": "A B\n",
    "paragraphs": "    Mr. Moore. We do.\n",
    "rolling cues": "00:00:01.000 --> 00:00:02.000\na\nb\na\n\n",
    "bare clocks": "0:01 a\n9:00 b\n",
    "names and clocks": "Ada 0:03\nWe do.\n",
    "names above clocks": "Ada\n\n0:03\n",
    "numbered voices": '1 "Ada" (2)\n00:00:01.000 --> 00:00:02.000\na\n\n',
    "columns": "0:01\tAda\tb\n",
    "answers": "Yes\n",
    "pages": "Q&A\nGauges\n1:02:03\n·\n4 min\n",
    "notes": "NOTE a --> b\n",
    "growing cues": ("00:00:01.000 --> 00:00:02.000\na\n\n00:00:02.000 --> 00:00:03.000\na b\n\n"),
}
HEADS = {
    "webvtt": "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n",
    "srt": "1\n00:00:01,000 --> 00:00:02,000\n",
    "sbv": "0:00:01.000,0:00:02.000\n",
    "citymeetings": "Q&A\nGauges\n1:02:03\n·\n4 min\nOf gauges.\nAda Quill\n1:02:03\n",
    "minutes": "THE CHAIR: We begin.\n",
    "labelled": "[00:00:01] Ada Quill: We begin.\n",
    "gpo": "[House Hearing]\n    Mr. Moore. We begin.\n    ",
    "ttml": '<tt><body><div><p begin="1s" end="2s">a</p>',
    "akomantoso": '<akomaNtoso><speech by="#a"><from>A</from><p>',
    "jsonl": '{"text": "We begin."}\n',
    "whisper": "start\tend\ttext\n1\t2\t",
    "turns": "start,speaker,text\n1,A,",
    "plain": "We begin now. ",
}


def hostile_file(format: str, hostile: str, length: int) -> bytes:
    unit = HOSTILE[hostile]
    return (HEADS[format] + unit * (length // len(unit))).encode()


def attempt(data: bytes, format: str) -> None:
    with suppress(TranscriptError):
        parse(data, format=format, skip_bad_lines=True)


def steps(data: bytes, format: str) -> int:
    """Calls made while the file is read, C functions included."""
    count = 0

    def note(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        attempt(data, format)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("format", HEADS)
def test_twice_the_file_takes_twice_the_steps(format: str, hostile: str):
    attempt(hostile_file(format, hostile, 1_000), format)  # fill the caches
    once = steps(hostile_file(format, hostile, 4_000), format)
    twice = steps(hostile_file(format, hostile, 8_000), format)

    assert twice < 2.3 * once + 200


@pytest.mark.parametrize(
    "unit",
    [
        "<w:p/>",
        "<w:p><w:r><w:t>a</w:t></w:r></w:p>",
        "<w:p>" * 100 + "</w:p>" * 100,
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc/></w:tr></w:tbl>",
        "<w:tr>" * 100 + "</w:tr>" * 100,
        "<w:r><w:t>a</w:t><w:tab/><w:br/></w:r>",
        "<w:tr>" + "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>" * 100 + "</w:tr>",
    ],
)
def test_twice_the_word_file_takes_twice_the_steps(unit: str):
    once, twice = (steps(word_file(unit * count), "plain") for count in (200, 400))

    assert twice < 2.3 * once + 200


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("format", HEADS)
@pytest.mark.long
def test_long_hostile_files_come_to_an_end(format: str, hostile: str):
    attempt(hostile_file(format, hostile, 400_000), format)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.iter_modules(hearings.formats.__path__, "hearings.formats."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                yield f"{module.name}.{name}", value


def endless_repeats(tree: Any) -> int:
    """How many repeats without an end a pattern holds; raises if one stands in another."""
    found = 0
    for kind, value in tree:
        if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            _, most, inner = value
            within = endless_repeats(inner)
            assert not (within and most > 20), "a repeat without an end stands in a repeat"
            found += within + (most == code.MAXREPEAT)
        elif kind is code.SUBPATTERN:
            found += endless_repeats(value[3])
        elif kind is code.BRANCH:
            found += sum(endless_repeats(branch) for branch in value[1])
        elif kind in (code.ASSERT, code.ASSERT_NOT):
            found += endless_repeats(value[1])
    return found


@pytest.mark.parametrize(("name", "pattern"), list(patterns()))
def test_no_pattern_repeats_a_repetition(name: str, pattern: re.Pattern[str]):
    endless_repeats(regex.parse(pattern.pattern, pattern.flags))


def test_the_test_of_patterns_sees_a_bad_one():
    with pytest.raises(AssertionError):
        endless_repeats(regex.parse(r"(?:a+b?)*c"))


def test_every_format_that_is_text_has_a_hostile_file():
    of_json = {"assemblyai", "cdp", "citymeetings-json", "deepgram"}
    of_json |= {"youtube-json3", "youtube-transcript"}

    assert HEADS.keys() == FORMATS.keys() - of_json
