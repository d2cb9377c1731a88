"""The words of a transcript: tidied, never reworded; long turns cut where a sentence ends."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, pairwise

from hearings.formats.parsed import ParsedUtterance

LONG_TURN = 120  # words; above, a turn is shown sentence by sentence
RUN_ON = 60  # words; a stretch without full stops is cut after so many
USUAL_SPEECH = 0.4  # seconds a word, 150 words a minute
SLOWEST_SPEECH = 1.0  # seconds a word; keeps a recess out of the turn before it

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_CLOSING = "\"'”’)]"
_ABBREVIATIONS = {
    "mr", "mrs", "ms", "dr", "st", "rev", "hon", "sen", "rep", "gov", "lt", "col", "gen",
    "sgt", "capt", "det", "prof", "jr", "sr", "no", "nos", "vs", "etc", "inc", "co", "corp",
    "ave", "blvd", "approx", "dept",
}  # fmt: skip


def tidy(text: str) -> str:
    """The text on one line: entities read, whitespace joined, control characters dropped."""
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return one_line(text)


def one_line(text: str) -> str:
    """The text with its whitespace joined and control characters dropped."""
    if not text.isprintable():
        text = " ".join(text.split())
        if not text.isprintable():
            text = _storable(text)
    if "  " in text or text[:1] == " " or text[-1:] == " ":
        text = " ".join(text.split())
    return text


def _storable(text: str) -> str:
    """Without control characters and halves of surrogate pairs, which no database takes."""
    return "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cs"))


def sentences(text: str) -> list[str]:
    """The sentences of a tidy text; joined by spaces they are the text again."""
    found: list[str] = []
    current: list[str] = []
    for word in text.split(" "):
        current.append(word)
        if ends_sentence(word):
            found.append(" ".join(current))
            current = []
    if current:
        found.append(" ".join(current))
    return [piece for sentence in found for piece in _cut_run_on(sentence)]


def ends_sentence(word: str) -> bool:
    bare = word.rstrip(_CLOSING)
    if bare.endswith(("?", "!", "…")):
        return True
    if not bare.endswith("."):
        return False
    stem = bare.rstrip(".").lower()
    initial = len(stem) == 1 and stem.isalpha() and stem != "i"
    return not (initial or "." in stem or stem in _ABBREVIATIONS)


def _cut_run_on(sentence: str) -> Iterator[str]:
    words = sentence.split(" ")
    if len(words) <= LONG_TURN:
        yield sentence
        return
    for first in range(0, len(words), RUN_ON):
        yield " ".join(words[first : first + RUN_ON])


def split_long_turns(turns: Iterable[ParsedUtterance]) -> tuple[ParsedUtterance, ...]:
    """Turns of more than `LONG_TURN` words cut into sentences, their times interpolated.

    A turn without an end is taken to last until the next one begins.
    """
    ordered = chain(turns, [ParsedUtterance(text="")])
    return tuple(
        piece for turn, following in pairwise(ordered) for piece in _pieces(turn, following.start)
    )


def _pieces(turn: ParsedUtterance, next_start: float | None) -> list[ParsedUtterance]:
    words = turn.text.count(" ") + 1
    if words <= LONG_TURN:
        return [turn]
    texts = sentences(turn.text)
    bounds = spread(turn.start, turn.end or _likely_end(turn.start, next_start, words), texts)
    first, *others = [
        replace(turn, text=text, start=start, end=end, interpolated=start is not None)
        for text, (start, end) in zip(texts, bounds, strict=True)
    ]
    return [replace(first, start=turn.start, interpolated=turn.interpolated), *others]


def _likely_end(start: float | None, next_start: float | None, words: int) -> float | None:
    if start is None:
        return None
    if next_start is None or next_start <= start:
        return start + words * USUAL_SPEECH
    return min(next_start, start + words * SLOWEST_SPEECH)


def spread(
    start: float | None, end: float | None, texts: list[str]
) -> list[tuple[float | None, float | None]]:
    """Start and end of each text, by its share of the letters; unknown where either end is."""
    if start is None or end is None or end < start:
        return [(None, None)] * len(texts)
    letters = sum(map(len, texts))
    marks = [start]
    spoken = 0
    for text in texts[:-1]:
        spoken += len(text)
        marks.append(round(start + (end - start) * spoken / letters, 3))
    return list(pairwise([*marks, end]))
