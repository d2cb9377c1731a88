"""Akoma Ntoso, the XML of parliaments: speeches by persons, paragraphs within them."""

from collections.abc import Mapping

from hearings.formats.decoding import Source
from hearings.formats.parsed import Format, ParsedTranscript, ParsedUtterance, Problems
from hearings.formats.telling import Progress
from hearings.formats.wording import tidy
from hearings.formats.xml import Walk

_SPEECHES = frozenset({"speech", "question", "answer"})
_BLOCKS = frozenset({"p", "scene", "narrative", "summary"})


class _Debate(Walk):
    """Collects the paragraphs of a debate."""

    def __init__(self, text: str, progress: Progress) -> None:
        super().__init__(text, progress)
        self.utterances: list[ParsedUtterance] = []
        self.unspoken = 0  # paragraphs outside speeches: motions, papers, notes of the clerk
        self._shown: dict[str, str] = {}  # names of people and roles by their id
        self._speaker = self._role = ""
        self._from: list[str] | None = None  # the words of an open <from>
        self._block: list[str] | None = None  # the words of an open paragraph
        self._begun = 0  # the line on which it began

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
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
            self._begun = self.line

    def _lookup(self, reference: str | None) -> str:
        return tidy(self._shown.get((reference or "").lstrip("#"), ""))

    def said(self, text: str) -> None:
        for words in (self._from, self._block):
            if words is not None:
                words.append(text)

    def ended(self, name: str) -> None:
        if name == "from" and self._from is not None:
            self._speaker = tidy("".join(self._from)).rstrip(":").rstrip() or self._speaker
            self._from = None
        elif name in _BLOCKS and self._block is not None:
            self._close_block()
        elif name in _SPEECHES:
            self._speaker = self._role = ""

    def _close_block(self) -> None:
        self.tell()
        text = tidy("".join(self._block or []))
        if text and self._speaker:
            self.utterances.append(
                ParsedUtterance(text, self._speaker, line=self._begun, role=self._role)
            )
        elif text:
            self.unspoken += 1
        self._block = None


def _matches(source: Source) -> bool:
    start = source.head[:4000]
    return start.lstrip().startswith("<") and "akomantoso" in start.lower()


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    debate = _Debate(source.text, source.progress)
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
