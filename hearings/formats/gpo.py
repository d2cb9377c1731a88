"""Hearings printed by the US Government Publishing Office, as text or as its `<pre>` page.

    Mr. Frank. The hearing will come to order.

A paragraph begins four spaces in, a speaker's name ends with a full stop. Front matter, centred
headings and what follows the adjournment were said by nobody and are left out.
"""

import re
from collections.abc import Iterable, Iterator

from hearings.formats.decoding import Source
from hearings.formats.parsed import (
    Format,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    TranscriptError,
)
from hearings.formats.wording import split_long_turns, tidy

_PRINTER = re.compile(
    r"\[(?:House|Senate|Joint) (?:\w+ )?Hearing|GOVERNMENT P(?:RINT|UBLISH)ING OFFICE"
)
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Dr|Rev|Sen|Rep|Hon|Gen|Col|Lt)\.|Senator|Representative|Congress(?:wo)?man"
    r"|Chair(?:wo)?man|Chair|Secretary|Ambassador|Governor|Mayor|Director|Commissioner|Chief|Judge"
    r"|Sheriff|General|Admiral|Colonel|Captain|Major|Lieutenant|Professor|Administrator|Inspector"
)
_SPEAKER = re.compile(
    rf"((?:{_TITLE})(?: [A-Z]\.| [A-Z][\w'’-]+| of| [a-z]{{2,3}}(?= [A-Z])){{1,5}}"
    r"|The (?:Acting )?(?:Chair(?:wo)?man|Chair|Clerk|President|Secretary|Witness"
    r"|Presiding Officer)|Voices?|Unidentified \w+|Staff)\.(?: |$)"
)
_PARAGRAPH = re.compile(r" {2,6}(?=\S)")
_CENTRED = re.compile(r" {7}")
_RULE = re.compile(r"\s*[-_=*]{5,}\s*")


def _matches(source: Source) -> bool:
    return _PRINTER.search(source.head) is not None and next(_speakers(source), None) is not None


def _speakers(source: Source) -> Iterator[str]:
    for line in source.head.splitlines():
        indented = _PARAGRAPH.match(line)
        if indented and (found := _SPEAKER.match(line, indented.end())):
            yield found[1]


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    paragraphs = _paragraphs(source.numbered_lines())
    utterances = split_long_turns(_utterances(paragraphs))
    if not utterances:
        raise TranscriptError(
            "No paragraph of this file begins with a name and a full stop (“Mr. Frank. …”)."
        )
    return ParsedTranscript("gpo", utterances)


def _paragraphs(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Number and text of each indented paragraph with the lines that continue it."""
    paragraph: list[str] = []
    begun = 0
    for number, line in lines:
        line = line.rstrip()
        indented = _PARAGRAPH.match(line)
        outside = not line or _CENTRED.match(line) or _RULE.fullmatch(line)
        if paragraph and (indented or outside):
            yield begun, tidy(" ".join(paragraph))
            paragraph = []
        if indented and not outside:
            begun = number
        if not outside and (indented or paragraph):
            paragraph.append(line)
    if paragraph:
        yield begun, tidy(" ".join(paragraph))


def _utterances(paragraphs: Iterable[tuple[int, str]]) -> Iterator[ParsedUtterance]:
    speaker = ""
    for number, text in paragraphs:
        if found := _SPEAKER.match(text):
            speaker, text = found[1], text[found.end() :]
        if text.startswith("[Whereupon") and "adjourned" in text:
            yield ParsedUtterance(text, line=number)
            return
        if speaker and text:
            is_note = text.startswith("[") and text.endswith("]")
            yield ParsedUtterance(text, "" if is_note else speaker, line=number)


FORMAT = Format(
    name="gpo",
    title="Printed hearings of the US Congress",
    origin="govinfo.gov (GPO)",
    matches=_matches,
    read=_read,
    reads_html=True,
)
