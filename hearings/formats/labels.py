"""Which lines of minutes open a speech: learned from how the file itself prints its names.

A file has habits: names in capitals, names indented, names below a blank line. A name and a colon
that keep them open a speech, and so does a name that kept them elsewhere; what breaks them is a
sentence with a colon. What could be either is nobody's, its name left among the words: a speech
without a speaker is a lesser error than one given to somebody else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from hearings.formats.names import in_capitals, leading_name, looks_like_name
from hearings.formats.pages import Line

_CAPITALS, _AFTER_SENTENCE = "in capitals", "after a sentence"
_INDENTED, _FLUSH, _BELOW_BLANK = "indented", "at the margin", "below a blank line"
_LAYOUT = frozenset({_INDENTED, _FLUSH, _BELOW_BLANK})
_USUAL = 0.9  # so large a share of a file's names makes a habit
_TELLING = 0.7  # unless a larger share of the other lines has it too
_ENOUGH = 3  # names to learn a habit from
_COMMON = 0.1  # so large a share of the lines begins at the margin
_INDENT = 2  # columns
_MOST_LINES = 4  # of a name printed with its office
_FIELD = re.compile(
    r"\b(?:present|presiding|before|held|appearances|hearing|opening|sponsors?|witnesses|speakers"
    r"|members|senators|reported|transcribed|start|recess|end|adjourned)\b"
)
_SPACED = re.compile(r"\w(?: \w){2,30}")
_DOTS = re.compile(r"\.{4}|\. \. \. \.")
_ROLE = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_LETTERED = re.compile(r"([QA])(\.?) (?=\S)")


class Opening(NamedTuple):
    """How a speech begins: whose it is ("" where that is in doubt), and its first words."""

    speaker: str
    words: str
    lines: int = 1  # that the name takes, with these words


class Candidate(NamedTuple):
    """What stands at the head of a line as if it were a name, and how it stands there."""

    name: str
    words: str
    traits: frozenset[str]

    @property
    def person(self) -> str:
        """The name by which it is known again: VANE for VANE (continuing)."""
        return " ".join(_ROLE.sub("", self.name).casefold().split())


class Letter(NamedTuple):
    """A line that begins like a question or an answer of an examination."""

    letter: str
    words: str
    style: tuple[bool, bool, bool]  # whether a full stop or a gap follows, and it is indented

    @property
    def is_plain(self) -> bool:
        """Whether it could as well be the word "A"."""
        return not (self.style[0] or self.style[1])


class Labels:
    """The names of a file, and the habits they are told by."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.traits = list(_traits(lines))
        self.candidates = dict(_candidates(lines, self.traits))
        others = [own for index, own in enumerate(self.traits) if index not in self.candidates]
        self.habits = _habits(list(self.candidates.values()), others)
        self.known = _known(self.candidates.values(), self.habits)
        self.letters = _examination(lines, self.traits)

    def openings(self) -> Iterator[tuple[int, Opening]]:
        """The lines that open a speech, by their index."""
        speaker = ""
        index = 0
        while index < len(self.lines):
            opening = self._named(index) or self._lettered(index, speaker) or self._wrapped(index)
            if opening and (speaker or _may_speak_first(opening.speaker)):
                yield index, opening
                speaker = opening.speaker or speaker
            index += opening.lines if opening else 1

    def _named(self, index: int) -> Opening | None:
        """A name that is known or keeps the habits; nobody, if it keeps only some of them."""
        candidate = self.candidates.get(index)
        if candidate is None:
            return None
        broken = self.habits - candidate.traits
        if not broken or candidate.person in self.known:
            return Opening(candidate.name, candidate.words)
        kept = self.habits & candidate.traits
        if broken == {_AFTER_SENTENCE} or (kept and _AFTER_SENTENCE in candidate.traits):
            return Opening("", self.lines[index].text)
        return None

    def _lettered(self, index: int, speaker: str) -> Opening | None:
        """A question, or an answer to one: nobody answers himself, or in mid-sentence."""
        found = self.letters.get(index)
        if found is None or _AFTER_SENTENCE not in self.traits[index]:
            return None
        answers = speaker == "Q" if found.is_plain else speaker != "A"
        return Opening(found.letter, found.words) if found.letter == "Q" or answers else None

    def _wrapped(self, index: int) -> Opening | None:
        """A name with an office so long that the colon stands some lines below."""
        text = self.lines[index].text
        if not self._is_beginning_of_name(index, text.rstrip(" ,&")):
            return None
        for below in range(index + 1, min(index + _MOST_LINES, len(self.lines))):
            if self.habits & self.traits[below] & {_INDENTED} or self._opens(below):
                return None
            text = f"{text} {self.lines[below].text}"
            name, words = leading_name(text, lines=below - index + 1)
            if name is not None and self._is_printed_like_names(name):
                return Opening(name, words, below - index + 1)
        return None

    def _is_beginning_of_name(self, index: int, text: str) -> bool:
        has_place = (self.habits & _LAYOUT) | {_AFTER_SENTENCE} <= self.traits[index]
        return has_place and looks_like_name(text) and self._is_printed_like_names(text)

    def _is_printed_like_names(self, text: str) -> bool:
        return in_capitals(text) if _CAPITALS in self.habits else _INDENTED in self.habits

    def _opens(self, index: int) -> bool:
        opening = self._named(index)
        return opening is not None and opening.speaker != ""


def _traits(lines: list[Line]) -> Iterator[frozenset[str]]:
    """How each line stands in its file."""
    margin = _margin(lines)
    after_sentence = True
    for line in lines:
        traits = {_INDENTED if line.column - margin >= _INDENT else _FLUSH}
        traits |= {_BELOW_BLANK} if line.below_blank else set()
        traits |= {_AFTER_SENTENCE} if after_sentence else set()
        yield frozenset(traits)
        after_sentence = not (line.text[-1].isalnum() or line.text[-1] in ",&")


def _margin(lines: list[Line]) -> int:
    """The leftmost column at which many lines begin."""
    columns = Counter(line.column for line in lines)
    return min((c for c, n in columns.items() if n >= len(lines) * _COMMON), default=0)


def _candidates(lines: list[Line], traits: list[frozenset[str]]) -> Iterator[tuple[int, Candidate]]:
    for index, line in enumerate(lines):
        name, words = leading_name(line.text)
        if name and not _DOTS.search(words) and not line.is_footnote:
            own = {_CAPITALS} if in_capitals(name) else set()
            yield index, Candidate(name, words, traits[index] | own)


def _habits(candidates: list[Candidate], others: list[frozenset[str]]) -> frozenset[str]:
    """What nearly all names that come back have in common, and most other lines haven't.

    Where layout tells names apart, it doesn't matter how the speech before them ended.
    """
    candidates = [each for each in candidates if _may_speak_first(each.name)]
    times = Counter(each.person for each in candidates)
    names = [each for each in candidates if times[each.person] > 1]
    names = names if len(names) >= _ENOUGH else candidates
    if len(names) < _ENOUGH:
        return frozenset()
    common = Counter(trait for each in names for trait in each.traits)
    elsewhere = Counter(trait for traits in others for trait in traits)
    habits = frozenset(
        trait
        for trait, count in common.items()
        if count >= len(names) * _USUAL and elsewhere[trait] <= len(others) * _TELLING
    )
    return habits - {_AFTER_SENTENCE} if habits & _LAYOUT else habits


def _known(candidates: Iterable[Candidate], habits: frozenset[str]) -> set[str]:
    """Who is named as the habits have it, or twice within a sentence."""
    times = Counter(each.person for each in candidates if habits - each.traits <= {_AFTER_SENTENCE})
    kept = {each.person for each in candidates if habits <= each.traits}
    return kept | {person for person, count in times.items() if count > 1}


def _examination(lines: list[Line], traits: list[frozenset[str]]) -> dict[int, Letter]:
    """The lines that begin as the questions and answers of this file do, if it has any."""
    found = {}
    for index, line in enumerate(lines):
        if match := _LETTERED.match(line.text):
            style = bool(match[2]), line.is_set_off, _INDENTED in traits[index]
            found[index] = Letter(match[1], line.text[match.end() :], style)
    pairs = Counter(
        question.style
        for question, answer in pairwise(found.values())
        if (question.letter, answer.letter) == ("Q", "A") and question.style == answer.style
    )
    return {index: each for index, each in found.items() if pairs[each.style] > each.is_plain}


def _may_speak_first(name: str) -> bool:
    """Whether somebody has this name, rather than a cover this heading ("B E F O R E")."""
    name = name.replace(" ", "") if _SPACED.fullmatch(name) else name
    return bool(name) and _FIELD.search(name.lower()) is None
