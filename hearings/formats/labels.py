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

from hearings.formats.names import LONGEST_NAME, in_capitals, leading_name, looks_like_name
from hearings.formats.pages import Line

_OFF_MARGIN, _AT_MARGIN, _BELOW_BLANK = "off the margin", "at the margin", "below a blank line"
_CAPITALS = "in capitals"
_SET_OFF, _AFTER_SENTENCE = "set off from the words", "after a sentence"
_LAYOUT = frozenset({_OFF_MARGIN, _AT_MARGIN, _BELOW_BLANK})
_WEAK = frozenset({_SET_OFF, _AFTER_SENTENCE})  # typists are less strict about these
_USUAL = 0.9  # so large a share of a file's names makes a habit
_TELLING = 0.7  # unless a larger share of the other lines has it too
_ENOUGH = 3  # names to learn a habit from
_INDENT = 2  # columns
_MOST_LINES = 4  # of a name printed with its office
_ON_COVERS = re.compile(
    r"\b(?:present|presiding(?! officer)|before|held|appearances|opening|sponsors?|witnesses|speakers"
    r"|members|senators|reported|transcribed|start|recess|end|adjourned)\b"
)
_SPACED = re.compile(r"\w(?: \w){2,30}")
_SET_OFF_COLON = re.compile(r"[^:]*:(?: {2}|\s*$)")
_GLUED_COLON = re.compile(r"^([^:]{1,120}[A-Z.)\]]):(?=[^\W\d_]|[\[(\"“-])")
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
        return _person(self.name)


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
        self.known |= {
            _person(opening.speaker)
            for index in range(len(lines))
            if self._has_place(index) and (opening := self._across_lines(index))
        }
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
        """A name that keeps the habits or is known; nobody, where that is in doubt."""
        line = self.lines[index]
        candidate = self.candidates.get(index)
        if candidate is None:
            return Opening("", line.text) if self._stands_for_name(index) else None
        broken, kept = self.habits - candidate.traits, self.habits & candidate.traits
        is_after_sentence = _AFTER_SENTENCE in candidate.traits
        is_known = candidate.person in self.known and (is_after_sentence or _CAPITALS not in broken)
        if not broken or is_known:
            return Opening(candidate.name, candidate.words)
        if broken <= _WEAK:
            is_doubtful = bool(kept) or len(broken) == 1
        else:
            is_doubtful = bool(kept - _WEAK) and is_after_sentence
        return Opening("", line.text) if is_doubtful else None

    def _stands_for_name(self, index: int) -> bool:
        """Whether what no name looks like stands where and as names do, or a colon with nothing."""
        before, colon, after = self.lines[index].text.partition(":")
        if not colon or after[:1] not in ("", " ") or len(before) > LONGEST_NAME:
            return False
        as_names_do = (
            bool(self.habits & _LAYOUT) and self.habits - {_CAPITALS} <= self.traits[index]
        )
        is_capital = _CAPITALS in self.habits and before[:1].isalpha() and before.isupper()
        return not before or (as_names_do and is_capital)

    def _lettered(self, index: int, speaker: str) -> Opening | None:
        """A question, or an answer to one: nobody answers himself, or in mid-sentence."""
        found = self.letters.get(index)
        if found is None or _AFTER_SENTENCE not in self.traits[index]:
            return None
        answers = speaker == "Q" if found.is_plain else speaker != "A"
        return Opening(found.letter, found.words) if found.letter == "Q" or answers else None

    def _wrapped(self, index: int) -> Opening | None:
        """A name with an office so long that the colon stands some lines below."""
        opening = self._across_lines(index)
        if opening and (self._has_place(index) or _person(opening.speaker) in self.known):
            return opening
        return None

    def _across_lines(self, index: int) -> Opening | None:
        text = self.lines[index].text
        beginning = text.rstrip(" ,&")
        if not looks_like_name(beginning) or not self._is_printed_like_names(beginning):
            return None
        for below in range(index + 1, min(index + _MOST_LINES, len(self.lines))):
            if self.habits & self.traits[below] & {_OFF_MARGIN} or self._is_known(below):
                return None
            text = f"{text} {self.lines[below].text}"
            name, words = leading_name(text, lines=below - index + 1)
            if name is not None and self._is_printed_like_names(name):
                return Opening(name, words, below - index + 1)
        return None

    def _has_place(self, index: int) -> bool:
        """Whether a name may begin here: where names do, or else after a sentence, or in capitals."""
        if layout := self.habits & _LAYOUT:
            return layout <= self.traits[index]
        in_many_capitals = _CAPITALS in self.habits and self.lines[index].text.count(" ") > 1
        return in_many_capitals or _AFTER_SENTENCE in self.traits[index]

    def _is_printed_like_names(self, text: str) -> bool:
        return in_capitals(text) if _CAPITALS in self.habits else _OFF_MARGIN in self.habits

    def _is_known(self, index: int) -> bool:
        return index in self.candidates and self.candidates[index].person in self.known


def _person(name: str) -> str:
    """The name by which somebody is known again: VANE for VANE (continuing)."""
    return " ".join(_ROLE.sub("", name).casefold().split())


def _traits(lines: list[Line]) -> Iterator[frozenset[str]]:
    """How each line stands in its file."""
    margin = _margin(lines)
    after_sentence = True
    for line in lines:
        traits = {_OFF_MARGIN if abs(line.column - margin) >= _INDENT else _AT_MARGIN}
        traits |= {_BELOW_BLANK} if line.below_blank else set()
        traits |= {_AFTER_SENTENCE} if after_sentence else set()
        yield frozenset(traits)
        after_sentence = not (line.text[-1].isalnum() or line.text[-1] in ",&")


def _margin(lines: list[Line]) -> int:
    """The column at which most lines begin that go on with a sentence."""
    going_on = [line for line in lines if line.text[0].islower()] or lines
    [(margin, _)] = Counter(line.column for line in going_on).most_common(1) or [(0, 0)]
    return margin


def _candidates(lines: list[Line], traits: list[frozenset[str]]) -> Iterator[tuple[int, Candidate]]:
    """The lines that begin with a name and a colon; a number is one only after a sentence."""
    for index, line in enumerate(lines):
        name, words = leading_name(_GLUED_COLON.sub(r"\1: ", line.text))
        if not name or line.is_footnote or _DOTS.search(words):
            continue
        if name.isdecimal() and _AFTER_SENTENCE not in traits[index]:
            continue
        own = {_CAPITALS} if in_capitals(name) else set()
        own |= {_SET_OFF} if _SET_OFF_COLON.match(line.printed) else set()
        yield index, Candidate(name, words, traits[index] | own)


def _habits(candidates: list[Candidate], others: list[frozenset[str]]) -> frozenset[str]:
    """What nearly all names have in common, and most other lines haven't.

    Where layout tells names apart, the weaker signs don't matter.
    """
    names = _sure_names([each for each in candidates if _may_speak_first(each.name)])
    common = Counter(trait for each in names for trait in each.traits)
    elsewhere = Counter(trait for traits in others for trait in traits)
    habits = frozenset(
        trait
        for trait, count in common.items()
        if count >= len(names) * _USUAL and elsewhere[trait] <= len(others) * _TELLING
    )
    return habits - _WEAK if habits & _LAYOUT else habits


def _sure_names(candidates: list[Candidate]) -> list[Candidate]:
    """Those that come back, mostly after a sentence; in a short file all that stand there."""
    times = Counter(each.person for each in candidates)
    after = Counter(each.person for each in candidates if _AFTER_SENTENCE in each.traits)
    names = [each for each in candidates if 1 < times[each.person] < after[each.person] * 2]
    if len(names) < _ENOUGH:
        names = [each for each in candidates if _AFTER_SENTENCE in each.traits]
    return names if len(names) > 1 else []


def _known(candidates: Iterable[Candidate], habits: frozenset[str]) -> set[str]:
    """Who is named after a sentence as the habits have it, or nearly so but more than once."""
    nearly = [each for each in candidates if habits - each.traits <= _WEAK]
    times = Counter(each.person for each in nearly)
    return {
        each.person
        for each in nearly
        if _AFTER_SENTENCE in each.traits and (habits <= each.traits or times[each.person] > 1)
    }


def _examination(lines: list[Line], traits: list[frozenset[str]]) -> dict[int, Letter]:
    """The lines that begin as the questions and answers of this file do, if it has any."""
    found = {}
    for index, line in enumerate(lines):
        if match := _LETTERED.match(line.text):
            style = bool(match[2]), line.is_set_off, _OFF_MARGIN in traits[index]
            found[index] = Letter(match[1], line.text[match.end() :], style)
    pairs = Counter(
        question.style
        for question, answer in pairwise(found.values())
        if (question.letter, answer.letter) == ("Q", "A") and question.style == answer.style
    )
    return {index: each for index, each in found.items() if pairs[each.style] > each.is_plain}


def _may_speak_first(name: str) -> bool:
    """Whether this can be somebody, rather than what covers print: "B E F O R E", "HELD AT"."""
    name = name.replace(" ", "") if _SPACED.fullmatch(name) else name
    return bool(name) and _ON_COVERS.search(name.lower()) is None
