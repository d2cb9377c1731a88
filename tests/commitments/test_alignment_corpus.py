"""Fifty moments each in real pairs of transcripts of one meeting, where CORPUS_DIR says that they lie."""

import os
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from commitments.alignment import Alignment, Found, Span, Text, words_of
from hearings.formats import parse

CORPUS = os.environ.get("CORPUS_DIR")
FORMATS = Path(CORPUS or ".") / "formats"
pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CORPUS is None, reason="not run: CORPUS_DIR is unset"),
]

SENTENCES, SHORT_ONES = 42, 8
WHISPER = "srt/huntsville-2026-07-23.srt"
CAPTIONS = "webvtt/huntsville-2026-07-23.vtt"
BLOCKS = "labelled/huntsville-2026-07-23-timestamp-blocks.txt"
SEGMENTS = "whisper/fairfax-2026-04-14-whole.json"
TURNS = "turns/fairfax-2026-04-14-turns.json"
SLICE = "whisper/fairfax-2026-04-14-segment.json"
SLICE_BEGINS = 2400.0  # seconds into the meeting
SECONDS_OFF = 20.0  # that a right place may be off, by how lines are cut


def lines_of(name: str) -> list[Text]:
    return [Text(each.text, each.start) for each in parse((FORMATS / name).read_bytes()).utterances]


def moments(lines: list[Text]) -> list[Span]:
    """Sentences from all over the meeting, and short ones that occur often."""
    pick = random.Random(50)
    sentences = [
        Span(number, match.start(), number, match.end())
        for number, line in enumerate(lines)
        for match in re.finditer(r"[^\s.?!][^.?!]*[.?!]*", line.words)
    ]
    times = Counter(quote(lines, span).casefold() for span in sentences)
    long_ones = [span for span in sentences if len(quote(lines, span).split()) >= 6]
    lookalikes = [
        span
        for span in sentences
        if len(quote(lines, span).split()) in (2, 3) and times[quote(lines, span).casefold()] > 2
    ]
    short_ones = pick.sample(lookalikes, min(SHORT_ONES, len(lookalikes)))
    return pick.sample(long_ones, SENTENCES + SHORT_ONES - len(short_ones)) + short_ones


def quote(lines: list[Text], span: Span) -> str:
    texts = [line.words for line in lines[span.line : span.end_line + 1]]
    texts[-1] = texts[-1][: span.end_offset]
    texts[0] = texts[0][span.start_offset :]
    return " ".join(texts).strip()


def report(title: str, results: list[tuple[Span, Found | None]]) -> Counter:
    counts = Counter(
        "lost" if found is None else "kept" if found.score == 100 else "moved"
        for _span, found in results
    )
    print(f"\n{title}: kept {counts['kept']}, moved {counts['moved']}, lost {counts['lost']}")  # noqa: T201
    return counts


@pytest.mark.parametrize(
    ("before", "after", "ahead"),
    [
        (WHISPER, CAPTIONS, 0.0),
        (WHISPER, BLOCKS, 0.0),
        (CAPTIONS, WHISPER, 0.0),
        (SEGMENTS, TURNS, 0.0),
        (SLICE, SEGMENTS, SLICE_BEGINS),
    ],
)
def test_between_two_transcripts_of_a_meeting_nothing_is_misplaced(before, after, ahead):
    old, new = lines_of(before), lines_of(after)
    alignment = Alignment(old, new)
    results = [(span, alignment.find(span)) for span in moments(old)]
    counts = report(f"{before} → {after}", results)
    for span, found in results:
        if found is None:
            continue
        was, now = quote(old, span), quote(new, found.span)
        if found.score < 100:
            print(f"  {found.score:.0f}: {was!r} → {now!r}")  # noqa: T201
        shift = new[found.span.line].start - old[span.line].start - ahead
        assert -lasts(new, found.span.line) - SECONDS_OFF <= shift <= lasts(old, span.line) + SECONDS_OFF, (was, now)  # fmt: skip
        assert overlap(was, now) >= 0.5, (was, now)
        assert found.ahead == pytest.approx(ahead, abs=0.5), (was, now)
    assert counts["lost"] <= 0.1 * len(results)


def lasts(lines: list[Text], number: int) -> float:
    """Seconds from a line to the next."""
    following = lines[min(number + 1, len(lines) - 1)].start
    return max(0.0, following - lines[number].start)


def overlap(one: str, other: str) -> float:
    """Words that both have, of those the longer has."""
    first, second = (
        Counter(word.folded for word in words_of([Text(text)])) for text in (one, other)
    )
    return (first & second).total() / max(first.total(), second.total())


def test_what_lies_outside_the_slice_is_lost():
    old, new = lines_of(SEGMENTS), lines_of(SLICE)
    alignment = Alignment(old, new)
    results = [(span, alignment.find(span)) for span in moments(old)]
    report(f"{SEGMENTS} → {SLICE}", results)
    for span, found in results:
        inside = SLICE_BEGINS - 5 <= old[span.line].start <= SLICE_BEGINS + 605
        assert inside or found is None, quote(old, span)


@pytest.mark.parametrize("name", [CAPTIONS, TURNS, SEGMENTS])
def test_a_fifth_of_the_words_changed_misplaces_nothing(name):
    old = lines_of(name)
    new, came_from = as_minutes(old)
    alignment = Alignment(old, new)
    results = [(span, alignment.find(span)) for span in moments(old)]
    report(f"{name} → minutes with a fifth of the words changed", results)
    for span, found in results:
        if found is None:
            continue
        places = [
            place
            for place, (line, offset) in came_from
            if (span.line, span.start_offset) <= (line, offset) < (span.end_line, span.end_offset)
        ]
        first, last = places[0], places[-1]
        assert abs(found.span.line - first) <= 1, (quote(old, span), quote(new, found.span))
        assert abs(found.span.end_line - last) <= 1, (quote(old, span), quote(new, found.span))


def as_minutes(old: list[Text]) -> tuple[list[Text], list[tuple[int, tuple[int, int]]]]:
    """Lines of at most 60 letters without times, a fifth of the words replaced, left out or doubled up;
    and for each word the line it went to, with the line and offset it came from."""
    pick = random.Random(20)
    vocabulary = [word.folded for word in words_of(old)]
    lines, came_from, line = [], [], ""
    for number, text in enumerate(old):
        for match in re.finditer(r"\S+", text.words):
            kept = [match[0]]
            if pick.random() < 0.2:
                kept = pick.choice(
                    [[pick.choice(vocabulary)], [], [match[0], pick.choice(vocabulary)]]
                )
            for word in kept:
                if len(line) + len(word) > 60:
                    lines.append(Text(line))
                    line = ""
                line = f"{line} {word}".strip()
                came_from.append((len(lines), (number, match.start())))
    return [*lines, Text(line)], came_from
