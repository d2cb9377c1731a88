"""Looking for likely commitments, beside a plain keyword list in one pass."""

import re
from collections.abc import Iterator

from commitments.benching.measuring import Row, Size, medians, memory_of, peak
from commitments.benching.texts import captions
from commitments.suggestions import Line, suggest
from hearings.formats import parse

HEARING = 1_000  # lines; some 10,000 words
TIMES = (1, 10, 100)
KEYWORDS = re.compile(
    r"get back|follow up|look into|report back|circle back|send you|provide|share|we will|we can|we'll",
    re.IGNORECASE,
)


def bench(size: Size) -> Iterator[Row]:
    for times in TIMES:
        lines = spoken(captions(HEARING * times))
        words = sum(line.text.count(" ") + 1 for line in lines)
        ours, floor = medians(
            lambda lines=lines: suggest(lines),
            lambda lines=lines: [line for line in lines if KEYWORDS.search(line.text)],
            runs=5 if times < 100 else 3,
        )
        yield Row(
            f"suggest, {words:,} words",
            words / ours * 1000,
            "words/s",
            "≥ 100,000 words/s, linear",
            words / floor * 1000,
        )
    for times in TIMES:
        memory = memory_of(looking, captions(HEARING * times))
        yield Row(f"suggest, {HEARING * times:,} lines, memory on top", memory, "MiB", "flat")


def spoken(data: bytes) -> list[Line]:
    return [Line(each.text, each.speaker) for each in parse(data).utterances]


def looking(data: bytes) -> float:
    """Look through these captions, keeping nothing; the memory held before."""
    lines = spoken(data)
    suggest(lines[:200])
    before = peak()
    suggest(lines, min_score=1.0)
    return before
