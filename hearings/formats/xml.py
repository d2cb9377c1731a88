"""XML by expat, in one pass. A document that declares entities is refused: that is how XML is made to grow
without end or to fetch other files, and transcripts need none."""

from collections.abc import Mapping
from xml.parsers import expat

from hearings.formats.parsed import TranscriptError
from hearings.formats.telling import Progress

_DEEPEST = 500  # elements within elements


class Walk:
    """Walks through a document and calls `started`, `said` and `ended`, with names without namespaces."""

    def __init__(self, text: str, progress: Progress) -> None:
        self._data = text.encode()
        self._progress = progress
        self._depth = 0
        # The text is decoded already, whatever encoding the document declares.
        self._parser = expat.ParserCreate("UTF-8", namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.said
        self._parser.EntityDeclHandler = self._refuse_entities

    def started(self, name: str, attributes: Mapping[str, str]) -> None: ...

    def said(self, text: str) -> None: ...

    def ended(self, name: str) -> None: ...

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber

    def read(self) -> None:
        """Raises TranscriptError where the document is broken."""
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise TranscriptError(f"The XML is broken here ({reason}).", error.lineno) from None

    def tell(self) -> None:
        """Say how far it is."""
        self._progress(self._parser.CurrentByteIndex / len(self._data))

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TranscriptError("The XML is nested too deeply to be a transcript.", self.line)
        self.started(_local(element), {_local(name): value for name, value in attributes.items()})

    def _end(self, element: str) -> None:
        self._depth -= 1
        self.ended(_local(element))

    def _refuse_entities(self, *_: object) -> None:
        raise TranscriptError("The XML declares entities; they are never followed.", self.line)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
