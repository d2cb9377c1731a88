"""Printed pages: line numbers, headers, footers and footnotes told from the words between them.

A page begins at a form feed, where line numbers begin anew, or, failing both, at a line that comes
back at even distances. What stands in the same place of page after page, and hardly anywhere else,
is the page's and not a speaker's; a line that opens with a name never is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from hearings.formats.names import leading_name
from hearings.formats.wording import ends_sentence, tidy

_LINE_NUMBER = re.compile(r"([0-9]{1,2})(?: |$)")
_LINES_A_PAGE = 40
_LETTERS_LOOKED_AT = 200  # of a line, for its column
_PRINTED_NUMBER = re.compile(r"\s*[0-9]{1,2}")
_SET_OFF = re.compile(r"\s*\S+ {2}")
_EDGE = 6  # lines at the head or foot of a page that may be its header or footer
_ENOUGH = 3  # times that something comes back
_NO_LETTER = re.compile(r"[\W\d_]+")
_DIGITS = re.compile(r"[0-9]{1,6}")
_NUMBERS_LOOKED_AT = 3  # in a line such as "Page 3 of 8"
_SHORTEST_PAGE = 3  # lines; twice as many where no number tells it
_RULE = re.compile(r"_{5,}")
_LONGEST_FOOTNOTE = 12  # lines


@dataclass(slots=True)
class Line:
    """A line with words on it."""

    number: int  # in the file
    text: str
    printed: str  # how it begins, with its spaces
    page: int  # by form feeds
    below_blank: bool
    is_footnote: bool = False

    @property
    def column(self) -> int:
        """Where the text begins."""
        return len(self.printed) - len(self.printed.lstrip())

    @property
    def is_set_off(self) -> bool:
        """Whether more than a space follows the first word."""
        return _SET_OFF.match(self.printed) is not None

    def strip_number(self) -> None:
        self.text = self.text.partition(" ")[2]
        self.printed = _PRINTED_NUMBER.sub(lambda number: " " * len(number[0]), self.printed, 1)


def spoken_lines(numbered: Iterable[tuple[int, str]]) -> list[Line]:
    """The lines between headers and footers; a footnote is marked as one."""
    lines = list(_lines(numbered))
    begin = {index for index, (a, b) in enumerate(pairwise(lines), start=1) if a.page < b.page}
    if has_line_numbers(line.text for line in lines):
        lines, begin = _without_line_numbers(lines, begin)
    pages = _split(lines, begin or _page_marks(lines))
    furniture = _furniture(pages)
    words = [_without_furniture(page, index, furniture) for index, page in enumerate(pages)]
    if len(pages) > 1:
        for page in words:
            _mark_footnote(page)
    return [line for page in words for line in page if not _RULE.fullmatch(line.text)]


def _lines(numbered: Iterable[tuple[int, str]]) -> Iterator[Line]:
    page = 0
    below_blank = True
    for number, printed in numbered:
        page += "\f" in printed
        text = tidy(printed)
        if text:
            head = printed[:_LETTERS_LOOKED_AT].replace("\f", "").expandtabs()
            yield Line(number, text, head, page, below_blank)
        below_blank = not text


def has_line_numbers(texts: Iterable[str]) -> bool:
    """Whether most lines begin with a number, each with the one before plus one."""
    found = [_line_number(text) for text in texts]
    numbers = [number for number in found if number is not None]
    rising = sum(1 for a, b in pairwise(numbers) if b == a + 1)
    return rising >= 10 and rising * 3 > len(found)


def _line_number(text: str) -> int | None:
    number = _LINE_NUMBER.match(text)
    return int(number[1]) if number and int(number[1]) <= _LINES_A_PAGE else None


def _without_line_numbers(lines: list[Line], begin: set[int]) -> tuple[list[Line], set[int]]:
    """The lines that have words behind their number, and where a page begins among them."""
    kept: list[Line] = []
    begin_kept: set[int] = set()
    above = seam = 0  # the number above, and how many lines were kept up to it
    blank_above = False
    for index, (line, number) in enumerate(zip(lines, _numbers_of(lines), strict=True)):
        if index in begin:
            begin_kept.add(len(kept))
        if number is not None:
            if number <= above and begin_kept.isdisjoint(range(seam, len(kept) + 1)):
                begin_kept.add(seam)
            line.strip_number()
        if line.text:
            line.below_blank |= blank_above
            kept.append(line)
        blank_above = not line.text
        if number is not None:
            above, seam = number, len(kept)
    return kept, begin_kept - {0}


def _numbers_of(lines: list[Line]) -> list[int | None]:
    """The number of each line, None where there is none: printed before its words, or above them."""
    alone = [line.text.isdecimal() for line in lines]
    found = [_line_number(line.text) for line in lines]
    numbers = _in_sequence(found)
    before = sum(
        number is not None and not bare for number, bare in zip(numbers, alone, strict=True)
    )
    above = sum(bare and below is None for bare, below in zip(alone, numbers[1:], strict=False))
    if before >= above:
        return numbers
    return _in_sequence(
        [number if bare else None for number, bare in zip(found, alone, strict=True)]
    )


def _in_sequence(found: list[int | None]) -> list[int | None]:
    """Without the numbers that are words: those neither one more than the number above nor one
    less than that below, like the 25 of "25 million" on line 2.
    """
    below: list[int | None] = []
    following = None
    for number in reversed(found):
        below.append(following)
        following = following if number is None else number
    expected = 1
    numbers: list[int | None] = []
    for number, following in zip(found, reversed(below), strict=True):
        if number is None or (number != expected and following != number + 1):
            numbers.append(None)
        else:
            numbers.append(number)
            expected = number + 1
    return numbers


def _split(lines: list[Line], begin: set[int]) -> list[list[Line]]:
    bounds = [0, *sorted(begin), len(lines)]
    return [lines[first:last] for first, last in pairwise(bounds)]


def _page_marks(lines: list[Line]) -> set[int]:
    """Where pages begin in a text that was pasted: at what comes back at even distances, a number
    that rises by one each time or the same line from beginning to end.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        places[_letters(line.text)].append(index)
    marks: list[int] = []
    for letters, indexes in places.items():
        if len(indexes) >= _ENOUGH and not _is_speech(lines[indexes[0]]):
            found = _rising(lines, indexes)
            if len(found) < _ENOUGH or not (_are_even(found) or letters.startswith("page")):
                found = indexes if _run_through(lines, indexes) else []
            marks = max(marks, found, key=len)
    return set(marks) - {0}


def _letters(text: str) -> str:
    """What makes a line the same on every page."""
    return _NO_LETTER.sub("", text).lower()


def _rising(lines: list[Line], indexes: list[int]) -> list[int]:
    """The longest chain of these lines in which one of their numbers is one more each time."""
    longest: list[int] = []
    chains: dict[tuple[int, int], list[int]] = {}
    for index in indexes:
        numbers = _DIGITS.findall(lines[index].text)[:_NUMBERS_LOOKED_AT]
        for place, number in enumerate(map(int, numbers)):
            chain = chains.pop((place, number - 1), [])
            chain.append(index)
            chains[place, number] = chain
            longest = max(longest, chain, key=len)
    return longest


def _are_even(indexes: list[int]) -> bool:
    """Whether most distances are about a page's length."""
    gaps = [b - a for a, b in pairwise(indexes)]
    usual = median(gaps)
    near = sum(1 for gap in gaps if usual / 2 <= gap <= usual * 2)
    return usual >= _SHORTEST_PAGE and near * 5 >= len(gaps) * 4


def _run_through(lines: list[Line], indexes: list[int]) -> bool:
    """Whether the line comes back at nearly the same distance from the first page to the last."""
    gaps = [b - a for a, b in pairwise(indexes)]
    page = median(gaps)
    same = all(page * 0.8 <= gap <= page * 1.25 for gap in gaps)
    left = max(indexes[0], len(lines) - indexes[-1])
    return page >= 2 * _SHORTEST_PAGE and same and left <= page * 1.25


def _furniture(pages: list[list[Line]]) -> set[str]:
    """The marks of what comes back in one place of page after page, and hardly elsewhere."""
    places: dict[tuple[int, str], list[int]] = defaultdict(list)
    at_edges: Counter[str] = Counter()
    for number, page in enumerate(pages):
        for index in _edge(page):
            mark = _mark(page[index], number)
            at_edges[mark] += 1
            if not _is_speech(page[index]):
                places[index, mark].append(number)
                places[index - len(page), mark].append(number)
    found = {mark for (_, mark), on in places.items() if _comes_back(on, len(pages))}
    everywhere = Counter(_mark(line, number) for number, page in enumerate(pages) for line in page)
    return {mark for mark in found if everywhere[mark] * 4 <= at_edges[mark] * 5}


def _is_speech(line: Line) -> bool:
    """Whether the line ends a sentence or begins with a name, as no header does."""
    if not _letters(line.text):
        return False
    last_word = line.text.rpartition(" ")[2]
    return ends_sentence(last_word) or leading_name(line.text)[0] is not None


def _edge(page: list[Line]) -> Iterable[int]:
    return (index for index in range(len(page)) if min(index, len(page) - 1 - index) < _EDGE)


def _mark(line: Line, page: int) -> str:
    """The letters of a line; of a number, how far it is from the number of its page."""
    if letters := _letters(line.text):
        return letters
    digits = _DIGITS.search(line.text)
    return f"#{int(digits[0]) - page}" if digits else line.text


def _comes_back(on: list[int], pages: int) -> bool:
    """Whether a line stands on every second page of a stretch of them, or on both of two."""
    stretch = on[-1] - on[0] + 1
    return len(on) == pages == 2 or len(on) >= max(_ENOUGH, stretch / 2)


def _without_furniture(page: list[Line], number: int, furniture: set[str]) -> list[Line]:
    edge = {
        index
        for index in _edge(page)
        if _mark(page[index], number) in furniture and not _is_speech(page[index])
    }
    kept = [line for index, line in enumerate(page) if index not in edge]
    for line in kept[:1]:
        line.below_blank = True
    return kept


def _mark_footnote(page: list[Line]) -> None:
    """Mark what stands below a rule at the foot of the page, if it begins like a footnote."""
    for index, line in enumerate(
        page[-_LONGEST_FOOTNOTE:-1], start=max(0, len(page) - _LONGEST_FOOTNOTE)
    ):
        below = page[index + 1 :]
        if _RULE.fullmatch(line.text) and below[0].text[0] in "0123456789*†":
            for note in below:
                note.is_footnote = leading_name(note.text)[0] is None
            return
