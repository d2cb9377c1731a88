"""Hearings printed by the US Government Publishing Office, as text or as its `<pre>` page.

    Mr. Frank. The hearing will come to order.

A paragraph begins four spaces in, a speaker's name ends with a full stop: it has a title, or comes
back. Front matter, centred headings and what follows the adjournment were said by nobody and are
left out; what was handed in and is printed between the speeches is kept, as nobody's words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hearings.formats.decoding import Source
from hearings.formats.names import looks_like_name
from hearings.formats.parsed import (
    Format,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    TranscriptError,
)
from hearings.formats.wording import tidy

_PRINTER = re.compile(
    r"\[(?:House|Senate|Joint) (?:\w+ )?Hearing|GOVERNMENT P(?:RINT|UBLISH)ING OFFICE"
)
_OFFICE = (
    r"Senator|Representative|Delegate|Congress(?:wo)?man|Chair(?:wo)?man|Chair|Secretary|Ambassador"
    r"|Governor|Mayor|Director|Commissioner|Chief|Judge|Justice|Sheriff|Attorney General|General"
    r"|Admiral|Colonel|Captain|Major|Lieutenant|Commander|Sergeant|Officer|Agent|Professor"
    r"|Administrator|Inspector|Superintendent|Comptroller|President|Speaker|Reverend"
)
_RANK = r"(?:Acting|Assistant|Chief|Deputy|Lieutenant|Major|Principal|Rear|Special|Under|Vice)[ -]"
_NAME = r" (?:(?:al|da|de|de la|del|den|der|di|dos|du|el|la|le|ten|van|van de[nr]?|von) )?[A-Z](?:\.|[\w'’-]+)"
_SPEAKER = re.compile(
    rf"((?:(?:Mr|Mrs|Ms|Miss|Dr)\.?(?! (?:{_OFFICE}|Ranking)\b)|(?:Rev|Sen|Rep|Hon|Gen|Col|Lt)\."
    rf"|(?:{_RANK}){{0,2}}(?:{_OFFICE}))(?:{_NAME}){{1,4}}(?: of(?:{_NAME}){{1,3}})?"
    r"|The (?:Acting |Vice )?(?:Chair(?:wo)?man|Chair|Clerk|President|Secretary|Witness"
    r"|Presiding Officer)|Voices?|Unidentified \w+|Staff)( ?\[[^\[\]]{1,40}\])?\.(?: |$)"
)
_PARAGRAPH = re.compile(r" {2,6}(?=\S)")
_CENTRED = re.compile(r" {7}")
_RULE = re.compile(r"\s*[-_=*]{5,}\s*")
_HANDED_IN = re.compile(
    r"(?:[A-Z]\w+ ){0,2}(?:Statements?|Testimony|Letters?) (?:of|by|from|submitted)\b",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(r"\[.*\bfollows?[:.]?\]")
_OFTEN = 3  # times that a name without a title comes back


class Paragraph(NamedTuple):
    line: int
    text: str
    hands_in: bool = False  # a heading: what follows was handed in, not said


def _matches(source: Source) -> bool:
    lines = source.head.splitlines()
    return _PRINTER.search(source.head) is not None and any(map(_begins_speech, lines))


def _begins_speech(line: str) -> bool:
    indented = _PARAGRAPH.match(line)
    return indented is not None and _SPEAKER.match(line, indented.end()) is not None


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    paragraphs = list(_paragraphs(source.numbered_lines()))
    utterances = tuple(_utterances(paragraphs))
    if not utterances:
        raise TranscriptError(
            "No paragraph of this file begins with a name and a full stop (“Mr. Frank. …”)."
        )
    return ParsedTranscript("gpo", utterances)


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[Paragraph]:
    """Each indented paragraph with the lines that continue it, and headings of what was handed in."""
    paragraph: list[str] = []
    begun = 0
    for number, line in lines:
        line = line.rstrip()
        indented = _PARAGRAPH.match(line)
        outside = not line or _CENTRED.match(line) or _RULE.fullmatch(line)
        if paragraph and (indented or outside):
            yield Paragraph(begun, tidy(" ".join(paragraph)))
            paragraph = []
        if outside and _HANDED_IN.match(line.lstrip()):
            yield Paragraph(number, "", hands_in=True)
        if indented and not outside:
            begun = number
        if not outside and (indented or paragraph):
            paragraph.append(line)
    if paragraph:
        yield Paragraph(begun, tidy(" ".join(paragraph)))


def _utterances(paragraphs: list[Paragraph]) -> Iterator[ParsedUtterance]:
    """What is said from the first speaker to the adjournment."""
    often = _often_named(paragraphs)
    speaker: str | None = None
    for number, text, hands_in in paragraphs:
        name, words = _speaker(text, often)
        if name:
            speaker, text = name, words
        if text.startswith("[Whereupon") and "adjourned" in text:
            yield ParsedUtterance(text, line=number)
            return
        if speaker and (hands_in or _FOLLOWS.fullmatch(text)):
            speaker = ""
        if speaker is not None and text:
            is_note = text.startswith("[") and text.endswith("]")
            yield ParsedUtterance(text, "" if is_note else speaker, line=number)


def _speaker(text: str, often: set[str]) -> tuple[str | None, str]:
    """The name at the head of a paragraph, and its words; "[presiding]" is one of these."""
    if found := _SPEAKER.match(text):
        return found[1], f"{(found[2] or '').strip()} {text[found.end() :]}".strip()
    name, _, words = text.partition(". ")
    return (name, words) if name in often else (None, text)


def _often_named(paragraphs: Iterable[Paragraph]) -> set[str]:
    """What paragraphs begin with so often that it is a name, though it has no title."""
    heads = Counter(text.partition(". ")[0] for _, text, _ in paragraphs)
    return {
        head
        for head, times in heads.items()
        if times >= _OFTEN and " " in head and looks_like_name(head)
    }


FORMAT = Format(
    name="gpo",
    title="Printed hearings of the US Congress",
    origin="govinfo.gov (GPO)",
    matches=_matches,
    read=_read,
    reads_html=True,
)
