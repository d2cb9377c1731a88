"""Where words of one transcript stand in another one of the same hearing. Pure.

Two transcripts of a hearing differ in segments, punctuation, mis-heard words and often in their clocks,
but say nearly the same in nearly the same order. So a place is found by its surroundings: runs of words
that occur exactly once in both are pins; between two near pins the words are aligned one by one. Only
what is pinned on both sides, or is itself unmistakable, is taken for found.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

RUN = 4  # words of a pin
REACH = 40  # words between a pin and the words it holds in place
COMPANY = 60  # words within which a pin must have another one that agrees with it
DRIFT = 12  # words by which two agreeing pins may differ in their distance
LIKENESS = 72  # per cent of the letters that have to agree where the words differ
SHORT = 3  # so few words say nothing without the same words around them
UNMISTAKABLE = 8  # so many words, the same and only once in both, need no pins
SECONDS = 45  # by which a place may be off the clock of the words around it
AROUND = 20  # pins on either side by which two clocks are compared where something was cut out
SAME_CLOCK = 2  # seconds by which two clocks may seem to differ that run together
PACE = 10  # letters a second, spoken slowly

WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)*")
UNITS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
fifteen sixteen seventeen eighteen nineteen"""
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {word: str(number) for number, word in enumerate(UNITS.split())}
NUMBERS |= {
    word: str(number) for number, word in zip(range(20, 100, 10), TENS.split(), strict=True)
}
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
NOES = """not no never cannot nor none nothing neither without refuse dont doesnt didnt isnt arent wasnt
werent hasnt havent hadnt wont wouldnt cant couldnt shouldnt mustnt neednt aint"""
NEGATIONS = frozenset(NOES.split())


@dataclass(frozen=True)
class Text:
    """One line of a transcript: its words, its start in seconds, and who spoke if that is settled."""

    words: str
    start: float | None = None
    voice: str = ""


@dataclass(frozen=True)
class Span:
    """From a character of one line to a character of the same or a later line, by their numbers."""

    line: int
    start_offset: int
    end_line: int
    end_offset: int


@dataclass(frozen=True)
class Found:
    """Where the words stand now, how like they are, in per cent (100 is word for word), and by how many
    seconds the newer clock is ahead there, if that is known."""

    span: Span
    score: float
    ahead: float | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Word:
    """A word as it is compared, and where it is printed."""

    folded: str
    line: int
    start: int
    end: int


def fold(word: str) -> str:
    """No case, no accents, no apostrophes; small numbers as figures."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(each for each in plain if each.isalnum())
    return NUMBERS.get(letters, letters)


def words_of(lines: Iterable[Text]) -> list[Word]:
    return [
        Word(fold(match[0]), number, match.start(), match.end())
        for number, line in enumerate(lines)
        for match in WORD.finditer(line.words)
    ]


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but case, accents, punctuation and how numbers are written."""
    folded = ([word.folded for word in words_of([Text(text)])] for text in (one, other))
    return next(folded) == next(folded)


class Alignment:
    """An older transcript beside a newer one. Building it takes time linear in their words."""

    def __init__(self, old: Sequence[Text], new: Sequence[Text]) -> None:
        self.old_lines, self.new_lines = old, new
        self.old, self.new = words_of(old), words_of(new)
        self.old_places = [(word.line, word.start) for word in self.old]
        self.old_folded = [word.folded for word in self.old]
        self.new_folded = [word.folded for word in self.new]
        self.pins = _with_company(_in_order(_shared_runs(self.old_folded, self.new_folded)))
        self.pins_old = [old for old, _new in self.pins]
        self.shifts = [self._shift(pin) for pin in self.pins]

    def find(self, span: Span) -> Found | None:
        """Where the words of this span of the older transcript stand in the newer one; None unless that
        is beyond doubt."""
        first, last = self._words_within(span)
        if first == last:
            return None
        here = self._between_pins(first, last) or self._unmistakable(first, last)
        if here is None:
            return None
        found = self._judged(first, last, *here)
        return found if found and self._is_the_same_voice(span, found.span) else None

    def stands_at(self, span: Span) -> Span | None:
        """The words between the same neighbours, whatever they say; None where no pins are near."""
        first, last = self._words_within(span)
        here = self._between_pins(first, last) if first < last else None
        return self._span(*here) if here else None

    def ahead_at(self, span: Span) -> float | None:
        """Seconds by which the newer clock is ahead around these words; None where that isn't known."""
        return self._ahead(self._words_within(span)[0])

    # The words of a span

    def _words_within(self, span: Span) -> tuple[int, int]:
        """The first word of the span, and the one after its last."""
        first = bisect_left(self.old_places, (span.line, span.start_offset))
        last = bisect_left(self.old_places, (span.end_line, span.end_offset))
        return first, last

    def _span(self, first: int, last: int) -> Span:
        start, end = self.new[first], self.new[last - 1]
        closing = self._closing(end)
        return Span(start.line, start.start, end.line, closing)

    def _closing(self, word: Word) -> int:
        """After the sentence mark that follows a word, where one does."""
        words = self.new_lines[word.line].words
        end = word.end
        while end < len(words) and words[end] in '.?!,;:"”’)]…':
            end += 1
        return end if words[word.end : end].strip(",;:") else word.end

    # Looking

    def _between_pins(self, first: int, last: int) -> tuple[int, int] | None:
        """The words of the newer transcript that answer to these, by aligning what stands between the
        nearest pins before and after them."""
        before = bisect_right(self.pins_old, first) - 1
        after = bisect_left(self.pins_old, last - RUN)
        if before < 0 or after >= len(self.pins):
            return None
        (old_from, new_from), (old_to, new_to) = self.pins[before], self.pins[after]
        old_to, new_to = old_to + RUN, new_to + RUN
        far = first - old_from > REACH + RUN or old_to - last > REACH + RUN
        if far or new_to <= new_from:
            return None
        places = _matching(self.old_folded[old_from:old_to], self.new_folded[new_from:new_to])
        start = new_from + places[first - old_from]
        end = new_from + places[last - old_from]
        return (start, end) if start < end else None

    def _unmistakable(self, first: int, last: int) -> tuple[int, int] | None:
        """The place of many words that both transcripts hold word for word, once."""
        wanted = self.old_folded[first:last]
        if len(wanted) < UNMISTAKABLE or _count(self.old_folded, wanted) != 1:
            return None
        places = _places(self.new_folded, wanted)
        return (places[0], places[0] + len(wanted)) if len(places) == 1 else None

    # Judging

    def _judged(self, first: int, last: int, start: int, end: int) -> Found | None:
        wanted, there = self.old_folded[first:last], self.new_folded[start:end]
        score = fuzz.ratio(" ".join(wanted), " ".join(there))
        alike = wanted == there or (score >= LIKENESS and _says_the_same(wanted, there))
        sure = (
            alike
            and (len(wanted) > SHORT or self._has_the_same_neighbours(first, last, start, end))
            and not self._is_ambiguous(first, last, start, end)
            and self._is_on_time(first, start)
        )
        return Found(self._span(start, end), score, self._ahead(first)) if sure else None

    def _has_the_same_neighbours(self, first: int, last: int, start: int, end: int) -> bool:
        """At least three of the two words before and the two words after are the same."""
        before = zip(
            self.old_folded[max(0, first - 2) : first][::-1],
            self.new_folded[max(0, start - 2) : start][::-1],
            strict=False,
        )
        after = zip(self.old_folded[last : last + 2], self.new_folded[end : end + 2], strict=False)
        return sum(a == b for a, b in [*before, *after]) >= 3

    def _is_ambiguous(self, first: int, last: int, start: int, end: int) -> bool:
        """Whether the same words stand near both places, but not equally often."""
        wanted = self.old_folded[first:last]
        near_old = self.old_folded[max(0, first - REACH) : last + REACH]
        near_new = self.new_folded[max(0, start - REACH) : end + REACH]
        times_old, times_new = _count(near_old, wanted), _count(near_new, wanted)
        return times_new > 1 and times_old != times_new

    def _is_on_time(self, first: int, start: int) -> bool:
        shift = self._shift((first, start))
        near = bisect_left(self.pins_old, first)
        around = [each for each in self.shifts[max(0, near - 5) : near + 5] if each is not None]
        if shift is None or not around:
            return True
        return abs(shift - median(around)) <= SECONDS

    @cached_property
    def _seconds_apart(self) -> list[tuple[int, float]]:
        """The pins whose words have a time in both, by the word of the older, and by how many seconds
        the newer one's is later."""
        apart = []
        for old, new in self.pins:
            then = _second(self.old_lines, self.old[old])
            now = _second(self.new_lines, self.new[new])
            if then is not None and now is not None:
                apart.append((old, now - then))
        return apart

    @cached_property
    def _apart_everywhere(self) -> float:
        return median(apart for _word, apart in self._seconds_apart)

    def _ahead(self, first: int) -> float | None:
        """By how many seconds the newer clock is ahead at a word of the older: as in all of the
        transcript, which is exact although the lines are cut elsewhere, unless the words around it say
        that something was cut out."""
        if not self._seconds_apart:
            return None
        near = bisect_left(self._seconds_apart, (first, 0.0))
        around = self._seconds_apart[max(0, near - AROUND) : near + AROUND]
        here = median(apart for _word, apart in around)
        is_cut = abs(here - self._apart_everywhere) > SECONDS
        ahead = here if is_cut else self._apart_everywhere
        return 0.0 if abs(ahead) < SAME_CLOCK else ahead

    def _shift(self, pair: tuple[int, int]) -> float | None:
        """Seconds by which the newer clock is ahead in the lines of a pair of words."""
        old = self.old_lines[self.old[pair[0]].line].start
        new = self.new_lines[self.new[pair[1]].line].start
        return None if old is None or new is None else new - old

    def _is_the_same_voice(self, old: Span, new: Span) -> bool:
        voices = {self.old_lines[old.line].voice, self.new_lines[new.line].voice} - {""}
        return len(voices) < 2


def _second(lines: Sequence[Text], word: Word) -> float | None:
    """About when a word was spoken: its share of the way from its line's start to the next one's."""
    line = lines[word.line]
    if line.start is None:
        return None
    following = lines[word.line + 1].start if word.line + 1 < len(lines) else None
    spoken = len(line.words) / PACE
    length = spoken if following is None else max(0, min(spoken, following - line.start))
    return line.start + length * word.start / len(line.words)


def _shared_runs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs of words stand that occur exactly once in each, in the order of the older."""
    in_old, in_new = _once(old), _once(new)
    return [(place, in_new[run]) for run, place in in_old.items() if run in in_new]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    again = set()
    for place in range(len(words) - RUN + 1):
        run = tuple(words[place : place + RUN])
        if run in places:
            again.add(run)
        places[run] = place
    return {run: place for run, place in places.items() if run not in again}


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest chain of pairs that goes forward in both (patience sorting)."""
    ends: list[int] = []
    heads: list[int] = []
    before: list[int] = []
    for number, (_old, new) in enumerate(pairs):
        pile = bisect_left(ends, new)
        before.append(heads[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [new]
        heads[pile : pile + 1] = [number]
    chain = []
    number = heads[-1] if heads else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _with_company(pins: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without pins that stand alone: the same four words by chance."""
    agree = {pair for one, other in pairwise(pins) if _agree(one, other) for pair in (one, other)}
    return [pin for pin in pins if pin in agree]


def _agree(one: tuple[int, int], other: tuple[int, int]) -> bool:
    distance, elsewhere = other[0] - one[0], other[1] - one[1]
    return distance <= COMPANY and abs(elsewhere - distance) <= DRIFT


def _matching(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each place between words of the older, the place in the newer that answers to it."""
    places = [0] * (len(old) + 1)
    for step in Levenshtein.opcodes(old, new):
        for place in range(step.src_start, step.src_end):
            through = (place - step.src_start) / (step.src_end - step.src_start)
            places[place] = step.dest_start + round(through * (step.dest_end - step.dest_start))
    places[len(old)] = len(new)
    return places


def _says_the_same(wanted: Sequence[str], there: Sequence[str]) -> bool:
    """Whether two wordings agree in every number and every no."""
    return _telling(wanted) == _telling(there)


def _telling(words: Sequence[str]) -> list[str]:
    nos = ["not" for word in words if word in NEGATIONS]
    mixed = [word for word in words if not word.isdigit() and any(map(str.isdigit, word))]
    return sorted([*nos, *mixed, *map(str, _numbers(words))])


def _numbers(words: Sequence[str]) -> list[int]:
    """The numbers among folded words: "5 hundred thousand" is one, 500000."""
    values: list[int] = []
    total, current, is_open = 0, 0, False
    for word in [*words, ""]:
        if scale := SCALES.get(word):
            current = max(current, 1) * scale
            if scale > 100:
                total, current = total + current, 0
            is_open = True
        elif word.isdigit() and is_open and not current % 10 ** len(word):
            current += int(word)
        else:
            if is_open:
                values.append(total + current)
            total, is_open = 0, word.isdigit()
            current = int(word) if is_open else 0
    return values


def _places(words: Sequence[str], wanted: Sequence[str]) -> list[int]:
    first, length = wanted[0], len(wanted)
    return [
        place
        for place in range(len(words) - length + 1)
        if words[place] == first and words[place : place + length] == wanted
    ]


def _count(words: Sequence[str], wanted: Sequence[str]) -> int:
    return len(_places(words, wanted))
