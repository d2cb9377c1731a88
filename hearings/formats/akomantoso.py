"""Akoma Ntoso, the XML of parliaments: speeches by persons, paragraphs within them.

Read by expat in one pass. A document that declares entities is refused: that is how XML is made
to grow without end or to fetch other files, and debates need none.
"""

from xml.parsers import expat

from hearings.formats.decoding import Source
from hearings.formats.parsed import (
    Format,
    ParsedTranscript,
    ParsedUtterance,
    Problems,
    TranscriptError,
)
from hearings.formats.telling import Progress
from hearings.formats.wording import tidy

_SPEECHES = frozenset({"speech", "question", "answer"})
_BLOCKS = frozenset({"p", "scene", "narrative", "summary"})
_DEEPEST = 500  # elements within elements


class _Debate:
    """Collects the paragraphs of a debate while expat walks through it."""

    def __init__(self, data: bytes, progress: Progress) -> None:
        self.utterances: list[ParsedUtterance] = []
        self.unspoken = 0  # paragraphs outside speeches: motions, papers, notes of the clerk
        self._data = data
        self._progress = progress
        self._shown: dict[str, str] = {}  # names of people and roles by their id
        self._depth = 0
        self._speaker = self._role = ""
        self._from: list[str] | None = None  # the words of an open <from>
        self._block: list[str] | None = None  # the words of an open paragraph
        self._line = 0
        # The text is decoded already, whatever encoding the document declares.
        self._parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._refuse_entities

    def read(self) -> None:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise TranscriptError(f"The XML is broken here ({reason}).", error.lineno) from None

    def _refuse_entities(self, *_: object) -> None:
        line = self._parser.CurrentLineNumber
        raise TranscriptError("The XML declares entities; they are never followed.", line)

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            line = self._parser.CurrentLineNumber
            raise TranscriptError("The XML is nested too deeply to be a debate.", line)
        name = element.rpartition(" ")[2]
        if name in ("TLCPerson", "TLCRole"):
            shown = attributes.get("showAs", "")
            self._shown[attributes.get("eId") or attributes.get("id") or ""] = shown
        elif name in _SPEECHES:
            self._speaker = self._lookup(attributes.get("by"))
            self._role = self._lookup(attributes.get("as"))
        elif name == "from":
            self._from = []
        elif name in _BLOCKS and self._block is None:
            self._block = []
            self._line = self._parser.CurrentLineNumber

    def _lookup(self, reference: str | None) -> str:
        return tidy(self._shown.get((reference or "").lstrip("#"), ""))

    def _characters(self, text: str) -> None:
        for words in (self._from, self._block):
            if words is not None:
                words.append(text)

    def _end(self, element: str) -> None:
        self._depth -= 1
        name = element.rpartition(" ")[2]
        if name == "from" and self._from is not None:
            self._speaker = tidy("".join(self._from)).rstrip(":").rstrip() or self._speaker
            self._from = None
        elif name in _BLOCKS and self._block is not None:
            self._close_block()
        elif name in _SPEECHES:
            self._speaker = self._role = ""

    def _close_block(self) -> None:
        self._progress(self._parser.CurrentByteIndex / len(self._data))
        text = tidy("".join(self._block or []))
        if text and self._speaker:
            self.utterances.append(
                ParsedUtterance(text, self._speaker, line=self._line, role=self._role)
            )
        elif text:
            self.unspoken += 1
        self._block = None


def _matches(source: Source) -> bool:
    start = source.head[:4000]
    return start.lstrip().startswith("<") and "akomantoso" in start.lower()


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    debate = _Debate(source.text.encode(), source.progress)
    debate.read()
    if debate.unspoken:
        problems.warn(
            f"Paragraphs outside of speeches (motions, notes) were left out: {debate.unspoken:,}."
        )
    return ParsedTranscript("akomantoso", tuple(debate.utterances))


FORMAT = Format(
    name="akomantoso",
    title="Debates as Akoma Ntoso XML",
    origin="parliaments, mySociety",
    matches=_matches,
    read=_read,
)
