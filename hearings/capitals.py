"""Words that a transcript prints in capitals only, written as people read them. The record keeps what was
printed; this is for showing, letter by letter, so that every place in a line stays where it was."""

import re
from collections.abc import Iterable

ENOUGH = 20  # words; of fewer nobody can say that a file has no small letters
NEARLY_ALL = 0.95  # of the letters: small ones creep in as "McDONALD" or a marker
SHORTEST_ACRONYM = 3  # letters, so that the agency IT doesn't take every "it"
TITLES = ("Mr", "Mrs", "Ms", "Dr", "Chair", "Chairman", "Chairwoman", "Chairperson", "President", "Speaker", "Mayor", "Commissioner", "Director", "Chief", "Secretary", "Senator", "Member", "Supervisor", "Vice Mayor", "Council Member", "Councilmember", "Assembly Member", "Assemblymember")  # fmt: skip
ALWAYS = ("I", "Mr", "Mrs", "Ms", "Dr", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "April", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_IRISH = re.compile(r"O['’]\w{2,}$")
_ENDS = re.compile(r"[.?!][\"”’')\]]*(?:\s|$)|[:>]")


def are_capitals(texts: Iterable[str]) -> bool:
    """Whether these lines have no small letters, and enough words to tell."""
    lines = list(texts)
    if 2 * sum(map(str.isupper, lines)) < len(lines):
        return False  # most files, seen without counting their letters
    words = capitals = letters = 0
    for text in lines:
        words += text.count(" ") + 1
        capitals += sum(map(str.isupper, text))
        letters += sum(map(str.isalpha, text))
    return words >= ENOUGH and capitals > NEARLY_ALL * letters


def names_in(texts: Iterable[str], people: Iterable[str], acronyms: Iterable[str]) -> list[str]:
    """The names among these that stand in the lines, as they are written: of people in full, their last
    names after a title; of bodies only what is written in capitals anyway."""
    everything = "\n".join(texts).upper()
    known = [each for each in acronyms if each.isupper() and len(each) >= SHORTEST_ACRONYM]
    for name in people:
        last = name.split()[-1] if name.split() else ""
        known += [name, *(f"{title} {last}" for title in TITLES if last)]
    return sorted({each for each in known if each and _stands_in(everything, each)})


def _stands_in(everything: str, name: str) -> bool:
    if name.upper() not in everything:
        return False
    return re.search(rf"\b{re.escape(name.upper())}\b", everything) is not None


def in_sentence_case(text: str, names: Iterable[str] = (), *, begins: bool = True) -> str:
    """The same letters, small but where a sentence, “I” or one of these names begins. `begins`: whether
    the text does not go on with a sentence. Words that have small letters already stay."""
    pieces, here, is_first = [], 0, begins
    for word in _WORD.finditer(text):
        gap = text[here : word.start()]
        is_first = is_first or _ENDS.search(gap) is not None
        pieces += [gap, word[0] if _is_initial(word) else _written(word[0], is_first)]
        here, is_first = word.end() + _is_initial(word), False
        pieces += [text[word.end() : here]]
    small = "".join([*pieces, text[here:]])
    for name in (*ALWAYS, *names):
        if name.upper() in text:
            small = _with_name(small, name)
    return small


def _is_initial(word: re.Match[str]) -> bool:
    return len(word[0]) == 1 and word.string[word.end() : word.end() + 1] == "."


def _written(printed: str, is_first: bool) -> str:
    if not printed.isupper():
        return printed
    small = "".join(each.lower() if len(each.lower()) == 1 else each for each in printed)
    if _IRISH.match(printed):
        return printed[:3] + small[3:]
    return small[0].upper() + small[1:] if is_first else small


def _with_name(text: str, name: str) -> str:
    found = re.compile(rf"\b{re.escape(name)}\b", re.IGNORECASE)
    return found.sub(lambda match: name if len(match[0]) == len(name) else match[0], text)


def ends_a_sentence(text: str) -> bool:
    """Whether what comes after these words begins anew."""
    last = text.rstrip()
    return not last or _ENDS.search(last[-3:]) is not None
