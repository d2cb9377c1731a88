"""Reading captions, beside a bare stream of lines."""

import re
from collections.abc import Iterator

from commitments.benching.measuring import Row, Size, medians, memory_of, peak
from commitments.benching.texts import captions
from hearings.formats import parse

SMALL, LARGE = 6_000, 100_000
TIMES = re.compile(r"(\d+):(\d\d):(\d\d)\.(\d{3}) --> (\d+):(\d\d):(\d\d)\.(\d{3})")


def bench(size: Size) -> Iterator[Row]:
    for cues in (SMALL, LARGE):
        data = captions(cues)
        ours, floor = medians(lambda data=data: parse(data), lambda data=data: stream(data))
        yield Row(f"parse {cues:,} cues", ours, "ms", "≤ 2.5 ×", floor)
    memory = memory_of(reading, data)
    yield Row(f"parse {LARGE:,} cues, memory", memory, "MiB", "≤ 60 MiB")


def stream(data: bytes) -> list[tuple[float, float, str]]:
    """The floor: one regular expression a cue, and its words."""
    cues = []
    times = None
    words: list[str] = []
    for line in data.decode().splitlines():
        if "-->" in line and (match := TIMES.match(line)):
            h, m, s, ms, end_h, end_m, end_s, end_ms = map(int, match.groups())
            times = (
                h * 3600 + m * 60 + s + ms / 1000,
                end_h * 3600 + end_m * 60 + end_s + end_ms / 1000,
            )
            words = []
        elif line and times:
            words.append(line)
        elif times:
            cues.append((*times, " ".join(words)))
            times = None
    return cues


def reading(data: bytes) -> float:
    """Read these captions; the memory held before."""
    before = peak()
    parse(data)
    return before
