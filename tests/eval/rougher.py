"""The same hearing as a poorer transcript would give it; the labels move with their words."""

from collections.abc import Callable
from dataclasses import replace

from commitments.suggestions import Line

from .corpus import Hearing

CUT = 8  # words of a caption


def nameless(hearing: Hearing) -> Hearing:
    return with_lines(hearing, [replace(line, speaker="") for line in hearing.lines])


def in_capitals(hearing: Hearing) -> Hearing:
    return with_lines(hearing, [replace(line, text=line.text.upper()) for line in hearing.lines])


def cut_up(hearing: Hearing) -> Hearing:
    """Every line as captions of about eight words, which stop in the middle of sentences."""
    lines: list[Line] = []
    firsts = []
    for line in hearing.lines:
        firsts.append(len(lines))
        words = line.text.split()
        pieces = [words[at : at + CUT] for at in range(0, len(words), CUT)] or [[]]
        lines += [replace(line, text=" ".join(piece)) for piece in pieces]
    firsts.append(len(lines))
    labels = [
        replace(label, first=firsts[label.first], last=firsts[label.last + 1] - 1)
        for label in hearing.labels
    ]
    return Hearing(hearing.name, lines, labels)


def with_lines(hearing: Hearing, lines: list[Line]) -> Hearing:
    return Hearing(hearing.name, lines, hearing.labels)


ROUGHER: dict[str, Callable[[Hearing], Hearing]] = {
    "without names": nameless,
    "in capitals": in_capitals,
    "cut into captions": cut_up,
    "all three": lambda hearing: cut_up(in_capitals(nameless(hearing))),
}
