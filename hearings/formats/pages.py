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
from typing import NamedTuple

from hearings.formats.names import leading_name
from hearings.formats.wording import ends_sentence, tidy

_LINE_NUMBER = re.compile(r"([0-9]{1,2})(?: |$)")
_LINES_A_PAGE = 40
_LETTERS_LOOKED_AT = 200  # of a line, for its column
_PRINTED_NUMBER = re.compile(r"\s*[0-9]{1,2}")
_SET_OFF = re.compile(r"\s*\S+ {2}")
_EDGE = 6  # lines at the head or foot of a page that may be its header or footer
_ENOUGH = 3  # times that something comes back
_SHARE_OF_PAGES = 0.4  # that have a header, covers and certificates aside
_NO_LETTER = re.compile(r"[\W\d_]+")
_DIGITS = re.compile(r"[0-9]{1,6}")
_NUMBERS_LOOKED_AT = 3  # in a line such as "Page 3 of 8"
_MOST_AHEAD = 10  # pages that a cover or a table of contents may take, or not be counted in
_SHORTEST_PAGE = 3  # lines; twice as many where no number tells it
_RULE = re.compile(r"_{5,}")
_LONGEST_FOOTNOTE = 12  # lines
_CERTIFICATE = re.compile(r"(?:[A-Z’' ]{1,30} )?CERTIFICAT(?:E|ION)(?: OF [A-Z ]{1,30})?")
_SPACED = re.compile(r"[A-Z](?: [A-Z]){9,12}")


@dataclass(slots=True)
class Line:
    """A line with words on it."""

    number: int  # in the file
    text: str
    printed: str  # how it begins, with its spaces
    page: int  # by form feeds
    below_blank: bool
    place: int | None = None  # its printed number; 0 beside lines that have one
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
    if has_line_numbers(line.text for line in lines):
        lines = _without_line_numbers(lines)
    pages = _pages(lines)
    if len(pages) > 1:
        furniture = _furniture(pages)
        pages = [_without_furniture(page, index, furniture) for index, page in enumerate(pages)]
        for page in pages:
            _mark_footnote(page)
    return [line for page in pages for line in page if not _RULE.fullmatch(line.text)]


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
    """Whether many lines begin with a number, each with the one before plus one."""
    numbers = _in_sequence([_line_number(text) for text in texts])
    rising = len(numbers) - numbers.count(None)
    return rising >= 10 and rising * 3 > len(numbers)


def _line_number(text: str) -> int | None:
    number = _LINE_NUMBER.match(text)
    return int(number[1]) if number and int(number[1]) <= _LINES_A_PAGE else None


def _without_line_numbers(lines: list[Line]) -> list[Line]:
    """The lines that have words behind their number, or below it where it has a line of its own."""
    found = [_line_number(line.text) for line in lines]
    alone = [
        number if line.text.isdecimal() else None for line, number in zip(lines, found, strict=True)
    ]
    numbers = _in_sequence(found)
    stand_alone = _stand_alone(numbers, alone)
    kept: list[Line] = []
    last: int | None = None  # the number of an empty line above
    for line, number in zip(lines, _in_sequence(alone) if stand_alone else numbers, strict=True):
        if number is not None:
            line.strip_number()
        if line.text:
            line.place = number or (stand_alone and last) or 0
            line.below_blank |= last is not None and not stand_alone
            kept.append(line)
        last = None if line.text else number
    return kept


def _stand_alone(numbers: list[int | None], alone: list[int | None]) -> bool:
    """Whether more lines have their number above them than before their words."""
    before = sum(n is not None and bare is None for n, bare in zip(numbers, alone, strict=True))
    above = sum(
        bare is not None and below is None
        for bare, below in zip(alone[:-1], numbers[1:], strict=True)
    )
    return above > before


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


def _pages(lines: list[Line]) -> list[list[Line]]:
    begin = {index for index, (a, b) in enumerate(pairwise(lines), start=1) if a.page < b.page}
    begin |= set(_renumbered(lines))
    begin = begin or _page_marks(lines)
    begin |= {index for index, line in enumerate(lines) if begins_certificate(line.text)}
    bounds = [0, *sorted(begin - {0}), len(lines)]
    return [lines[first:last] for first, last in pairwise(bounds)]


def _renumbered(lines: list[Line]) -> Iterator[int]:
    """Where line numbers begin, and begin anew without a form feed; a footer may stand before."""
    last: int | None = None  # line with a number
    for index, line in enumerate(lines):
        if not line.place:
            continue
        if last is None:
            yield index if index > _EDGE else 0
        elif line.place <= (lines[last].place or 0) and line.page == lines[last].page:
            yield last + 1
        last = index


def begins_certificate(text: str) -> bool:
    """Whether the reporter's own words begin here: below "C E R T I F I C A T E"."""
    letters = text.replace(" ", "") if _SPACED.fullmatch(text) else text
    return _CERTIFICATE.fullmatch(letters) is not None


def _page_marks(lines: list[Line]) -> set[int]:
    """Where pages begin in a text that was pasted: at what comes back at even distances, a number
    that rises by one each time or, failing that, the same line from beginning to end.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        places[_letters(line.text)].append(index)
    often = {
        letters: indexes
        for letters, indexes in places.items()
        if len(indexes) >= _ENOUGH and not _is_speech(lines, indexes[0])
    }
    rising = {letters: _rising(lines, indexes) for letters, indexes in often.items()}
    marks = [found for letters, found in rising.items() if _are_numbers_of_pages(letters, found)]
    if not marks:
        marks = [indexes for indexes in often.values() if _run_through(lines, indexes)]
    longest: list[int] = max(marks, key=len, default=[])
    return set(longest)


def _are_numbers_of_pages(letters: str, indexes: list[int]) -> bool:
    return len(indexes) >= _ENOUGH and (letters.lower().startswith("page") or _are_even(indexes))


def _letters(text: str) -> str:
    """What makes a line the same on every page; of a number its shape, such as "- # -"."""
    return _NO_LETTER.sub("", text) or _DIGITS.sub("#", text)


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


class Mark(NamedTuple):
    """What is the same where a line comes back: its letters, or how far its number is ahead of the
    number of its page as well.
    """

    letters: str
    ahead: int | None = None


def _marks(line: Line, page: int) -> list[Mark]:
    letters = _letters(line.text)
    numbers = dict.fromkeys(_DIGITS.findall(line.text)[:_NUMBERS_LOOKED_AT])
    marks = [Mark(letters, int(number) - page) for number in numbers]
    is_number = "#" in letters and line.place != 0
    return marks if is_number else [*marks, Mark(letters)]


class Furniture(NamedTuple):
    """What comes back in one place of page after page and hardly elsewhere, by its marks."""

    sure: set[Mark]
    likely: set[Mark]  # between what is sure and the edge of the page: seen on two pages


def _furniture(pages: list[list[Line]]) -> Furniture:
    places: dict[tuple[int, Mark], list[int]] = defaultdict(list)
    at_edges: Counter[str] = Counter()
    for number, page in enumerate(pages):
        for index in _edge(page):
            line = page[index]
            at_edges[_letters(line.text)] += 1
            if not _is_speech(page, index):
                for mark in _marks(line, number):
                    places[index + 1 if line.place is None else line.place, mark].append(number)
                    places[index - len(page), mark].append(number)
    everywhere = Counter(_letters(line.text) for page in pages for line in page)
    found = {
        (place, mark): on
        for (place, mark), on in places.items()
        if "#" in mark.letters or everywhere[mark.letters] * 4 <= at_edges[mark.letters] * 5
    }
    return Furniture(
        sure={
            mark for (place, mark), on in found.items() if _comes_back(place, mark, on, len(pages))
        },
        likely={mark for (_, mark), on in found.items() if len(on) >= _on_every_second(on)},
    )


def _is_speech(page: list[Line], index: int) -> bool:
    """Whether a line goes on with a sentence, ends one or begins with a name, as no header does."""
    text = page[index].text
    if "#" in _letters(text):
        return False
    goes_on = text[0].islower() and " " in text and not text.startswith("page ")
    return goes_on or ends_sentence(text.rpartition(" ")[2]) or _begins_name(page, index)


def _begins_name(page: list[Line], index: int) -> bool:
    """Whether a name stands before a colon here, or before one at the margin of the next line."""
    line, below = page[index], page[min(index + 1, len(page) - 1)]
    if leading_name(line.text)[0] is not None:
        return True
    is_indented = line.column > below.column + 1
    return is_indented and leading_name(f"{line.text} {below.text}", lines=2)[0] is not None


def _edge(page: list[Line]) -> Iterable[int]:
    """Where headers and footers may stand."""
    return (index for index in range(len(page)) if min(index, len(page) - 1 - index) < _EDGE)


def _comes_back(place: int, mark: Mark, on: list[int], pages: int) -> bool:
    """Whether a line stands on every second page of a stretch, and on enough of them all.

    Two are enough for what rises with the number of the page or stands beside numbered lines.
    """
    is_page_number = mark.ahead is not None and abs(mark.ahead) <= _MOST_AHEAD
    enough = 2 if is_page_number or place == 0 else max(_ENOUGH, pages * _SHARE_OF_PAGES)
    return len(on) >= max(enough, _on_every_second(on))


def _on_every_second(on: list[int]) -> float:
    """How many there are if a line stands on every second page of a stretch, but two at least."""
    return max(2, (on[-1] - on[0] + 1) / 2)


def _without_furniture(page: list[Line], number: int, furniture: Furniture) -> list[Line]:
    """The lines below the header and above the footer."""
    edge = set(_edge(page))
    sure, likely = (
        [
            index in edge
            and not _is_speech(page, index)
            and not known.isdisjoint(_marks(line, number))
            for index, line in enumerate(page)
        ]
        for known in furniture
    )
    header = _length(zip(sure, likely, strict=True))
    footer = _length(zip(reversed(sure), reversed(likely), strict=True))
    kept = page[header : len(page) - footer]
    for line in kept[:1]:
        line.below_blank = True
    return kept


def _length(from_edge: Iterable[tuple[bool, bool]]) -> int:
    """How many lines a header or footer has, counted up to the last sure one."""
    length = 0
    for lines, (is_sure, is_likely) in enumerate(from_edge, start=1):
        if is_sure:
            length = lines
        elif not is_likely:
            break
    return length


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
