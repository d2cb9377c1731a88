"""Words to compare by, in any script, and where they stand in a text. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from urllib.parse import unquote

from rapidfuzz import fuzz

WORD = re.compile(r"\w+")
CHAIN = re.compile(  # letters one by one, or pieces with hyphens: "Q-U-A", "Q U A", "Quacken-bush"
    r"(?<!\w)(?:\w(?:[\s.,·‐-–-]{1,3}\w(?!\w))+(?:[‐-–-]\w+)*|\w+(?:[‐-–-]\w+)+)"
)
LONG = 6  # letters of a word that is looked for under another spelling
SPELLABLE = 5  # letters of a word that is known again where it is cut into pieces
NEARLY = 80  # per cent of likeness: two of 3,486 pairs of common surnames are so alike
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

    A cutout, such as a quotation, may hold only the end or the beginning of a phrase; that counts too, and
    so does one of their longer words that is spelled out or cut by a hyphen.
    """
    wanted = [list(phrase) for phrase in phrases]
    places = [(folded(found[0]), *found.span()) for found in WORD.finditer(text)]
    words = [word for word, _start, _end in places]
    found = [
        (places[first][1], places[last][2])
        for phrase in wanted
        for first, last in _runs(phrase, words, is_cutout)
    ]
    return _joined([*found, *_spelled_out(wanted, text)])


def _spelled_out(phrases: Iterable[Sequence[str]], text: str) -> Iterator[tuple[int, int]]:
    wanted = {
        word for phrase in phrases for word in (*phrase, "".join(phrase)) if len(word) >= SPELLABLE
    }
    longest = max(map(len, wanted), default=0)
    for chain in CHAIN.finditer(text) if wanted else ():
        pieces = [(folded(each[0]), *each.span()) for each in WORD.finditer(text, *chain.span())]
        for first, (joined, start, _end) in enumerate(pieces):
            for piece, _start, end in pieces[first + 1 : first + longest]:
                joined += piece
                if joined in wanted:
                    yield start, end


def are_nearly_the_same(some: str, other: str) -> bool:
    """Whether one folded word may be the other one, heard or spelled otherwise."""
    return fuzz.ratio(some, other) >= NEARLY


def nearly(phrases: Iterable[Sequence[str]], texts: Iterable[str]) -> Counter[str]:
    """The capitalised words of these texts, and those spelled out, that are like a longer word of the
    phrases but none of theirs; how often each. Where a text has capitals only, any word is capitalised."""
    known = {word for phrase in phrases for word in phrase}
    wanted = [word for word in known if len(word) >= LONG]
    if not wanted:
        return Counter()
    said: Counter[str] = Counter()
    for text in texts:
        said.update(each for each in WORD.findall(text) if each[0].isupper())
        said.update(each[0] for each in CHAIN.finditer(text))
    return Counter(
        {word: times for word, times in said.items() if _is_like_one(word, wanted, known)}
    )


def _is_like_one(printed: str, wanted: Sequence[str], known: Collection[str]) -> bool:
    word = "".join(words_of(printed))
    if len(word) < LONG or word in known:
        return False
    return any(are_nearly_the_same(word, each) for each in wanted)


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
