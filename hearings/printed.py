"""A name as a transcript prints it, in its pieces: titles, the name alone, words beside it, doubt. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from hearings import offices
from hearings.offices import Words
from hearings.words import are_nearly_the_same, folded

DOUBT = re.compile(r"[(\[]\s*(?:ph|phonetic|sp|unclear|uncertain|unsure)\b[^)\]]*[)\]]|\?", re.I)
BESIDE = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
DOTTED = re.compile(r"\b(\w)\.\s?(?=\w\.)")  # C.J.
SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
DEGREES = {"esq", "phd", "md", "pe", "aicp"}
LONG_FAMILY = 5  # letters from which a family name is known again under another spelling
PARTICLES = {
    "al", "ben", "bin", "da", "das", "de", "del", "dela", "della", "den", "der", "di", "do", "dos", "du",
    "el", "ibn", "la", "las", "le", "los", "mac", "mc", "san", "santa", "st", "ten", "ter", "van",
    "vander", "von", "y",
}  # fmt: skip


@dataclass(frozen=True)
class PrintedName:
    words: Words  # of the name alone, folded: no title, no middle initial, no Jr.
    family: int  # how many of these, from the end, are the family name
    marks: frozenset[str]  # middle initials, and Jr. or III
    titles: tuple[Words, ...]
    beside: str  # words in brackets or behind a comma
    is_doubtful: bool

    @property
    def is_whole(self) -> bool:
        return len(self.words) > 1

    @property
    def families(self) -> Iterator[Words]:
        """The family name, and with the names before it, but not the whole name."""
        return (self.words[-size:] for size in range(self.family, max(2, len(self.words))))

    def contradicts(self, other: "PrintedName") -> bool:
        """Whether both have an initial, or a Jr. or III, and not the same."""
        kinds = (SUFFIXES, {mark for mark in self.marks | other.marks if len(mark) == 1})
        pairs = ((self.marks & kind, other.marks & kind) for kind in kinds)
        return any(one and another and one != another for one, another in pairs)


def fold(name: str) -> str:
    """A name of a calendar to compare by: no accents, no case, no punctuation; the family name last."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first and not first.strip().endswith("."):
        name = f"{first} {last}"
    return " ".join(re.sub(r"[^\w\s-]", " ", folded(name)).split())


def readings(printed: str) -> list[PrintedName]:
    """How a printed name can be read: “Brill, Ana” both ways about the comma."""
    is_doubtful = bool(DOUBT.search(printed))
    text = DOUBT.sub(" ", printed)
    beside = BESIDE.findall(text)
    name, *behind = (each.strip() for each in BESIDE.sub(" ", text).strip(" :").split(","))
    suffixes = [each for each in behind if set(offices.plain(each)) <= SUFFIXES | DEGREES]
    behind = [each for each in behind if each not in suffixes]
    name = " ".join([name, *suffixes])
    straight = _read(name, "; ".join([*beside, *behind]), is_doubtful)
    if not behind:
        return [straight]
    first, *more = behind
    return [_read(f"{first} {name}", "; ".join([*beside, *more]), is_doubtful), straight]


def read(printed: str) -> PrintedName:
    """The name as it stands, what is behind a comma beside it."""
    return readings(printed)[-1]


def may_be_misspelled(printed: str, known: str) -> bool:
    """Whether a printed name may be a known one that was heard or spelled otherwise: the family names are
    nearly the same, and the given names don't speak against it."""
    return any(_is_nearly(one, other) for one in readings(printed) for other in readings(known))


def _is_nearly(one: PrintedName, other: PrintedName) -> bool:
    families = ["".join(name.words[-name.family :]) for name in (one, other) if name.family]
    if len(families) < 2 or min(map(len, families)) < LONG_FAMILY:
        return False
    given = zip(one.words[: -one.family], other.words[: -other.family], strict=False)
    return are_nearly_the_same(*families) and all(
        some.startswith(each) or each.startswith(some) or are_nearly_the_same(some, each)
        for some, each in given
    )


def side_of(
    printed_name: str, printed_role: str = "", known: Collection[str] = (), member: str = ""
) -> str:
    """The side that the words beside a name tell for certain, or where they tell nothing the title before
    it; "" for neither. Where there is doubt who it was, only the public's, for that protects somebody.
    `known` and `member` are as in `offices.side_of`."""
    name = read(printed_name)
    role = "; ".join(filter(None, (printed_role, name.beside)))
    if offices.is_silent(role):
        role = "; ".join(" ".join(title) for title in name.titles)
    side = offices.side_of(role, known, member)
    return side if side == offices.PUBLIC or not name.is_doubtful else ""


def _read(name: str, beside: str, is_doubtful: bool) -> PrintedName:
    name = DOTTED.sub(r"\1", folded(name))
    titles, begins = offices.titles_before(offices.plain(name))
    words = [word for word in offices.plain(name)[begins:] if word not in DEGREES]
    marks = {word for word in words[1:] if word in SUFFIXES}
    words = [word for word in words if word not in marks]
    marks |= {word for word in words[1:-1] if len(word) == 1}
    kept = tuple(
        word for at, word in enumerate(words) if at in (0, len(words) - 1) or len(word) > 1
    )
    return PrintedName(
        words=kept,
        family=_family(kept, name),
        marks=frozenset(marks),
        titles=tuple(titles),
        beside=beside,
        is_doubtful=is_doubtful,
    )


def _family(words: Words, name: str) -> int:
    """How many words the family name has: with its hyphens, and the particles before it."""
    ends = [part for part in name.split() if not set(offices.plain(part)) <= SUFFIXES | DEGREES]
    size = min(len(words), len(offices.plain(ends[-1]))) if ends and words else 0
    while 0 < size < len(words) - 1 and words[-size - 1] in PARTICLES:
        size += 1
    return size
