"""Words and nothing else, in paragraphs: the last resort for whatever is text."""

import re
from itertools import chain

from hearings.formats.decoding import Source
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems
from hearings.formats.wording import tidy

_FEWEST_WORDS = 3
_RULE = re.compile(r"[^\w]*")  # a line of ===== or * * *


def _matches(source: Source) -> bool:
    if source.is_json_like or source.head.lstrip().startswith("<"):
        return False
    return len(re.findall(r"[^\W\d_]{2,}", source.head[:4000])) >= _FEWEST_WORDS


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    utterances: list[ParsedUtterance] = []
    paragraph: list[str] = []
    begun = 0
    for number, line in chain(source.numbered_lines(), [(0, "")]):
        text = tidy(line)
        if text and not _RULE.fullmatch(text):
            begun = begun if paragraph else number
            paragraph.append(text)
        elif paragraph:
            utterances.append(ParsedUtterance(" ".join(paragraph), line=begun))
            paragraph = []
    return ParsedTranscript("plain", tuple(utterances))


FORMAT = Format(
    name="plain",
    title="Text without names or times",
    origin="anything else that is text",
    matches=_matches,
    read=_read,
)
