"""Words for offices and bodies, and for whom those who bear them speak. Pure.

Whole words count, never parts of words, and of phrases that begin alike the longest. What tells nothing
for certain, such as “Witness — Tech Forward”, names no side."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from hearings.words import folded, words_of

COUNCIL, AGENCY, ELECTED, PUBLIC = "council", "agency", "elected", "public"
Words = tuple[str, ...]

SPELLINGS = (
    (re.compile(r"[’'`]s\b"), ""),  # the Mayor's Office
    (re.compile(r"[’'`]"), ""),  # O'Mara
    (re.compile(r"\b(council|assembly|congress)\s?(?:member|man|woman|person)\b"), r"\1 member"),
    (re.compile(r"\bcouncill?or\b|\bcm\b"), "council member"),
    (re.compile(r"\balder(?:man|woman|person)\b"), "alder"),
    (re.compile(r"\bcochair"), "co chair"),
    (re.compile(r"\bchair\s?(?:person|man|woman)\b"), "chair"),
    (re.compile(r"\bsen\b"), "senator"),
    (re.compile(r"\bdep\b"), "deputy"),
    (re.compile(r"\basst\b"), "assistant"),
    (re.compile(r"\bcapt\b"), "captain"),
    (re.compile(r"\blt\b"), "lieutenant"),
    (re.compile(r"\bsgt\b"), "sergeant"),
)


@lru_cache(maxsize=4096)  # one name is looked at from many sides
def plain(text: str) -> Words:
    """The words of a text, folded, each office in one spelling."""
    text = folded(text)
    for spelling, usual in SPELLINGS:
        text = spelling.sub(usual, text)
    return tuple(words_of(text))


def _phrases(**by_side: str) -> dict[Words, str]:
    return {plain(each): side for side, list_ in by_side.items() for each in list_.split(", ")}


# An office tells for whom its holder speaks, wherever it stands.
OFFICES = _phrases(
    council="council member, council president, president of the council, deputy speaker,"
    " majority leader, minority leader, majority whip, minority whip, alder, committee counsel,"
    " committee clerk, committee staff, council staff, sergeant at arms",
    elected="mayor, vice mayor, public advocate, comptroller, borough president, governor,"
    " district attorney, county executive, county legislator, state legislator, senator,"
    " assembly member, congress member, member of congress, member of parliament,"
    " state representative",
    agency="commissioner, deputy commissioner, assistant commissioner, associate commissioner,"
    " deputy mayor, chancellor, captain, lieutenant, inspector, corporation counsel, city manager,"
    " city attorney, city clerk, city engineer, police chief, chief of police, chief of department,"
    " fire chief, sheriff",
)
# So does a body, unless an office says otherwise: “Office of Council Member Ash”.
BODIES = _phrases(
    council="city council",
    elected="state senate, state assembly, house of representatives",
    agency="department, bureau, authority, administration, office of, mayor's office,"
    " office of the mayor, board of elections, board of education, public library, public schools",
)
# These tell only where all else is understood: “Chair” is the council's, “Chair, Tech Forward” nobody's.
ALONE = _phrases(
    council="chair, co chair, vice chair, council, committee, committee on",
    agency="agency, director of",
)
# Who is called so speaks for the public; a “resident physician” or “tenant services” does not.
OF_THE_PUBLIC = _phrases(
    public="public, member of the public, members of the public, public comment, public testimony,"
    " private citizen, citizen, individual, tenant, tenants, resident, residents, homeowner,"
    " neighbor, neighbour, constituent, community member, advocate, advocates, activist, parent,"
    " student, tenant association, tenants association"
)
# Where one of these stands, only the name of a known agency tells more.
OUTSIDE = _phrases(
    nobody="former, formerly, ex, retired, community board, association, alliance, coalition,"
    " foundation, institute, university, college, professor, union, local, society, church, friends,"
    " llc, inc, corp, corporation, company, ltd, law office"
)
SAYING = OUTSIDE | ALONE | BODIES | OF_THE_PUBLIC | OFFICES

# In front of a name these are offices too, and on which side, where it is always the same.
TITLES = OFFICES | _phrases(
    council="speaker, chair, co chair, vice chair",
    agency="director, chief, sergeant, officer, secretary, administrator, superintendent",
    nobody="president, vice president, counsel, manager, attorney general, chief of staff, supervisor,"
    " trustee, delegate, representative, legislator",
)
# One member of the council may be printed with any of these.
MEMBERS = _phrases(
    council="council member, council president, president, alder, speaker, deputy speaker,"
    " majority leader, minority leader, majority whip, minority whip, chair, co chair, vice chair,"
    " mayor, vice mayor, commissioner, supervisor, trustee, delegate, representative, legislator",
)
HELD_BY_ONE = _phrases(council="speaker, majority leader, minority leader")
RANKS = {"deputy", "assistant", "associate", "executive", "general", "under", "co", "vice"}
ADORNMENTS = {"acting", "interim", "first", "senior", "the", "city", "state", "county", "nyc", "us"}
HONORIFICS = {"mr", "ms", "mrs", "mx", "miss", "dr", "hon", "honorable"}

WITNESS = {"witness", "witnesses", "panelist", "panel", "testifying", "commenter"}
# Words beside a name that say nothing of who bears it.
ASIDES = {
    "presiding", "continuing", "continued", "continues", "cont", "remote", "remotely", "via", "by",
    "zoom", "video", "phone", "telephone", "virtual", "virtually", "online", "in", "person", "on",
    "off", "mic", "microphone", "live", "recorded", "speaker", "district", "d", "r",
    "he", "him", "his", "she", "her", "hers", "they", "them", "theirs",
}  # fmt: skip

BETWEEN_PIECES = re.compile(r"\s+[—–-]\s+|[—,;:()\[\]|/]")
BEFORE_A_BODY = {"of", "for", "at", "with", "from", "to"}
LINKS = BEFORE_A_BODY | {"and", "in", "on", "the"}


def found_in(words: Words, phrases: Mapping[Words, str] = SAYING) -> Iterator[tuple[int, Words]]:
    """The phrases in these words, none within another, each with the place of its first word."""
    at = 0
    while at < len(words):
        phrase = phrase_at(words, at, phrases)
        if phrase:
            yield at, phrase
        at += len(phrase) or 1


def phrase_at(words: Words, at: int, phrases: Mapping[Words, str]) -> Words:
    """The longest phrase that begins with this word; () where none does."""
    sizes = range(min(4, len(words) - at), 0, -1)
    return next((words[at : at + size] for size in sizes if words[at : at + size] in phrases), ())


# Role words beside a name


def side_of(role: str, known: Collection[str] = (), member: str = "") -> str:
    """The side that role words name, or "" where they name none for certain. `known` are the agencies'
    names, folded, and `member` the council's own word for a member."""
    pieces = [(_without_witness(plain(each)), _names_one(each, known)) for each in _pieces(role)]
    if any(_is_of_the_public(words) for words, _is_known in pieces):
        return PUBLIC
    own = {plain(member): COUNCIL} if member else {}
    said = [phrase for words, _is_known in pieces for _at, phrase in found_in(words, SAYING | own)]
    if any(_is_outside(words) for words, is_known in pieces if not is_known):
        return ""
    held = OFFICES | own
    sides = [held[phrase] for phrase in said if phrase in held]
    sides += [AGENCY for _words, is_known in pieces if is_known]
    sides += [BODIES[phrase] for phrase in said if phrase in BODIES]
    if all(is_known or _is_understood(words) for words, is_known in pieces):
        sides += [ALONE[phrase] for phrase in said if phrase in ALONE]
    return sides[0] if sides else ""


def bodies_in(role: str) -> set[str]:
    """The names of bodies that role words may hold, folded: a whole piece, what follows “of” or “at”, what
    stands before an office. “Friends of Parks” is not Parks."""
    return {name for piece in _pieces(role) for name in _bodies_in_piece(piece)} - {""}


def is_silent(role: str) -> bool:
    """Whether role words say nothing of who somebody is: “via Zoom”, “District 4”."""
    return all(word in ASIDES or word.isdecimal() for word in plain(role))


def is_only_a_witness(role: str) -> bool:
    return is_silent(" ".join(_without_witness(plain(role))))


def _pieces(role: str) -> list[str]:
    """Role words cut where one thing ends and the next begins."""
    return [piece for piece in BETWEEN_PIECES.split(role) if piece.strip()]


def _without_witness(words: Words) -> Words:
    return tuple(word for word in words if word not in WITNESS)


def _is_of_the_public(words: Words) -> bool:
    """Whether the head of the piece is somebody of the public: the last word before “of” or “at”."""
    head = _head(words)
    last = [(at + len(phrase), phrase) for at, phrase in found_in(head)][-1:]
    return any(end == len(head) and phrase in OF_THE_PUBLIC for end, phrase in last)


def _head(words: Words) -> Words:
    at = 0
    while at < len(words) and words[at] not in LINKS:
        phrase = phrase_at(words, at, SAYING)
        at += len(phrase) or 1
        if phrase and phrase[-1] in LINKS:
            break
    return words[:at]


def _is_outside(words: Words) -> bool:
    return any(phrase in OUTSIDE for _at, phrase in found_in(words))


def _is_understood(words: Words) -> bool:
    """Whether every word of the piece is one we know; “on” and “of” take all that follows."""
    at = 0
    while at < len(words):
        phrase = phrase_at(words, at, SAYING)
        if phrase and phrase[-1] in ("of", "on"):
            return True
        if not phrase and words[at] not in LINKS | RANKS | ADORNMENTS and not is_silent(words[at]):
            return False
        at += len(phrase) or 1
    return True


def _names_one(piece: str, known: Collection[str]) -> bool:
    return any(name in known for name in _bodies_in_piece(piece))


def _bodies_in_piece(piece: str) -> Iterator[str]:
    yield from _with_and_without_article(words_of(piece))
    words = plain(piece)
    if _is_outside(words):
        return
    for at, word in enumerate(words):
        if word in BEFORE_A_BODY:
            yield from _with_and_without_article(words[at + 1 :])
    for at, _title in list(found_in(words, TITLES))[:1]:
        while at and words[at - 1] in RANKS | ADORNMENTS:
            at -= 1
        yield " ".join(words[:at])


def _with_and_without_article(words: Iterable[str]) -> Iterator[str]:
    name = " ".join(words)
    yield from (name, name.removeprefix("the "))


# Titles in front of a name


def titles_before(words: Words) -> tuple[list[Words], int]:
    """The offices in front of a name, and at which word the name begins."""
    titles, begins, ranks = [], 0, 0
    while begins + ranks < len(words):
        at = begins + ranks
        title = phrase_at(words, at, TITLES)
        if title:
            kept = tuple(word for word in words[begins:at] if word in RANKS)
            titles.append(kept + title)
            begins, ranks = at + len(title), 0
        elif words[at] in RANKS | ADORNMENTS:
            ranks += 1
        elif words[begins] in HONORIFICS | {"the"}:
            begins, ranks = begins + 1, 0
        else:
            break
    return titles, begins


def side_of_title(title: Words) -> str:
    """The side of an office, whatever its rank; "" where holders of it speak for different sides."""
    known = next((title[at:] for at in range(len(title)) if title[at:] in TITLES), ())
    side = TITLES.get(known, "")
    return "" if side == "nobody" else side


def offices_named(role: str) -> list[Words]:
    """The offices that a role names, with their ranks; “Chief of Staff to the Mayor” names no mayor."""
    words = plain(role)
    words = words[: words.index("to")] if "to" in words else words
    named = []
    for at, office in found_in(words, TITLES):
        while at and words[at - 1] in RANKS:
            at, office = at - 1, (words[at - 1], *office)
        named.append(office)
    return named


def suits(title: Words, role: str, side: str) -> bool:
    """Whether a title can be that of somebody with this role on this side. The council's members are also
    chairs and leaders; an agency's people have an office that their role names, if it names one, and their
    rank may be left out; whoever else is elected has the very office."""
    held = offices_named(role)
    if title in held[:1]:
        return True
    if side != side_of_title(title):
        return False
    if side == COUNCIL:
        is_member = not held or any(each in MEMBERS for each in held)
        return title in held or (title in MEMBERS and is_member)
    if side == AGENCY:
        return not held or any(each[-len(title) :] == title for each in held)
    return title in held
