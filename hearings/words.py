"""Words to compare by, in any script, and where they stand in a text. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import unquote

WORD = re.compile(r"\w+")
HONORIFICS = {"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam"}


def folded(word: str) -> str:
    """A word to compare by: no case, no accents, in any script."""
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word)
    return "".join(each for each in letters if not unicodedata.combining(each)).casefold()


def words_of(text: str) -> list[str]:
    return [folded(word) for word in WORD.findall(text)]


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of characters, widened to the whole words that it touches."""
    if start >= end:
        return start, end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return start, end


def folded_words(text: str) -> str:
    """A name to compare by: its words, folded."""
    return " ".join(words_of(text))


def occurrences(
    phrases: Iterable[Sequence[str]], text: str, *, is_cutout: bool = False
) -> list[tuple[int, int]]:
    """Where these phrases, in folded words, stand in a text: (first character, character after the last).

    A cutout, such as a quotation, may hold only the end or the beginning of a phrase; that counts too.
    """
    places = [(folded(found[0]), *found.span()) for found in WORD.finditer(text)]
    words = [word for word, _start, _end in places]
    found = [
        (places[first][1], places[last][2])
        for phrase in map(list, phrases)
        for first, last in _runs(phrase, words, is_cutout)
    ]
    return _joined(found)


def share_in_common(some: Iterable[str], others: Iterable[str]) -> float:
    """How much of the shorter of two texts, each in lines, stands in the other, by runs of five words: 0
    to 1."""
    one, other = _runs_of_five(some), _runs_of_five(others)
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def _runs_of_five(lines: Iterable[str]) -> set[tuple[str, ...]]:
    words = words_of(" ".join(lines))
    return set(zip(*(words[start:] for start in range(5)), strict=False))


def may_be_called(name: str, known: str) -> bool:
    """Whether a name, with or without a given name or its first letter, may stand for a known one."""
    some, all_ = (
        [word for word in words_of(each) if word not in HONORIFICS] for each in (name, known)
    )
    if not some or not all_ or some[-1] != all_[-1]:
        return False
    given = zip(some[:-1], all_[:-1], strict=False)
    return all(one.startswith(other) or other.startswith(one) for one, other in given)


def stands_in_address(phrases: Iterable[Sequence[str]], address: str) -> bool:
    """Whether one of these phrases, in folded words, stands in an address, however its words are joined."""
    letters = _letters(folded(unquote(address)))
    return any(phrase in letters for phrase in map(_letters, map("".join, phrases)) if phrase)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _runs(phrase: list[str], words: list[str], is_cutout: bool) -> Iterator[tuple[int, int]]:
    """The first and the last word of each place of a phrase."""
    size, count = len(phrase), len(words)
    if not phrase or not words:
        return
    for first in range(count - size + 1):
        if words[first] == phrase[0] and words[first : first + size] == phrase:
            yield first, first + size - 1
    if not is_cutout:
        return
    if any(phrase[at : at + count] == words for at in range(size - count + 1)):
        yield 0, count - 1
    for shared in range(1, min(size, count + 1)):
        if words[:shared] == phrase[-shared:]:
            yield 0, shared - 1
        if words[-shared:] == phrase[:shared]:
            yield count - shared, count - 1


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
