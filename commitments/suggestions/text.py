"""Words and sentences, whatever the transcript looks like.

Captions cut sentences into pieces, recognisers put spaces into contractions ("I' ll"), speakers
repeat themselves ("we we will"). Here lines become sentences of plain words, each of which still
knows where it stands in the lines, so that a quotation can be verbatim.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from .cues import words
from .records import Line

VOCABULARY = 20_000  # printed words whose plain words are remembered
LONGEST_SENTENCE = 70  # words; recognisers that write no full stops would give one endless sentence

TOKEN = re.compile(
    r"(?P<word>\d[\d.,:/]*\d|[^\W_]+(?:['’]\s?(?:ll|m|re|ve|s|d|t)\b|['’][^\W\d_]+)?)"
    r"|(?P<stop>[.?!]+)|(?P<voice>>>)|(?P<cut>--|—|…)",
    re.IGNORECASE,
)
ABBREVIATIONS = words("mr mrs ms dr st inc no jr sr vs rep sen gov dept hon prof")
ENDINGS = {"ll": "will", "m": "am", "re": "are", "ve": "have", "d": "would"}
WHOLE = {
    "gonna": ("going", "to"),
    "wanna": ("want", "to"),
    "gotta": ("have", "to"),
    "won't": ("will", "not"),
    "can't": ("can", "not"),
    "cannot": ("can", "not"),
    "let's": ("let", "us"),
    "ll": ("will",),
    "yep": ("yes",),
    "yeah": ("yes",),
    "email": ("email",),
}
FILLERS = words("um uh er ah eh")


class Word(NamedTuple):
    """A plain word and where it was printed: line, first and last character."""

    text: str
    line: int
    start: int
    end: int


new_word = tuple.__new__  # a third of the time of calling Word, for every word of a hearing


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of one voice up to a stop. `ending` is ".", "?", "!", "-" (broken off) or ""."""

    words: tuple[Word, ...]
    ending: str
    opens_turn: bool

    @property
    def first(self) -> int:
        return self.words[0].line

    @property
    def last(self) -> int:
        return self.words[-1].line

    @property
    def plain(self) -> list[str]:
        return [word.text for word in self.words]


@lru_cache(maxsize=VOCABULARY)
def plain_words(printed: str) -> tuple[str, ...]:
    """The plain words behind a printed one: "We’ ll" → we will; "don't" → do not."""
    lowered = printed.lower().replace("’", "'").replace(" ", "")
    if lowered in WHOLE:
        return WHOLE[lowered]
    stem, apostrophe, ending = lowered.partition("'")
    if not apostrophe:
        return (lowered,)
    if ending in ENDINGS:
        return (stem, ENDINGS[ending])
    if ending == "t" and stem.endswith("n"):
        return (stem[:-1], "not")
    if ending == "s" and stem in IS_STEMS:
        return (stem, "is")
    return (lowered,)


IS_STEMS = words("it that there he she what who here where how")


def sentences(lines: Sequence[Line]) -> Iterator[Sentence]:
    """The sentences of a hearing, in order; a sentence never crosses two printed speakers."""
    held: list[Word] = []
    opens_turn = True
    speaker: str | None = None
    for number, line in enumerate(lines):
        if line.speaker != speaker:
            if held:
                yield Sentence(tuple(held), "", opens_turn)
                held = []
            opens_turn, speaker = True, line.speaker
        text = line.text
        for match in TOKEN.finditer(text):
            kind = match.lastgroup
            if kind == "word":
                start, end = match.span()
                for plain in plain_words(match.group()):
                    if plain not in FILLERS and not _repeats(held, plain):
                        held.append(new_word(Word, (plain, number, start, end)))
                if len(held) < LONGEST_SENTENCE:
                    continue
                ending = ""
            elif kind == "stop":
                ending = match.group()[0]
                if ending == "." and held and _abbreviates(held[-1], text, match.end()):
                    continue
            elif kind == "cut":
                at_end = not text[match.end() :].strip()
                ending = "-"
                if not at_end:
                    continue
            else:
                ending = ""
            if held:
                yield Sentence(tuple(held), ending, opens_turn)
                held, opens_turn = [], False
            if kind == "voice":
                opens_turn = True
    if held:
        yield Sentence(tuple(held), "", opens_turn)


def _repeats(held: list[Word], plain: str) -> bool:
    """A stumble: "we we", "happy to be happy to" keeps its last form."""
    if not held or held[-1].text != plain:
        return False
    return not plain.isdigit()


def _abbreviates(before: Word, text: str, position: int) -> bool:
    """Whether a full stop only shortens a word ("Mr. Ortiz", "p.m. on", "J. Reyes")."""
    if before.text in ABBREVIATIONS or (len(before.text) == 1 and before.text not in "ia"):
        return True
    following = text[position : position + 2]
    return bool(following.strip()) and not following[0].isspace() and following[0] not in "\"')]”"
