"""The words of a Word file as its reader sees them, out of its XML while that is unpacked.

Tracked insertions are words, tracked deletions are none. Links, tags, content controls and text
boxes are walked through, whatever stands around a run. A row of a table is one line, a tab between
its cells; a merged cell is printed once.
"""

from xml.parsers import expat

from hearings.formats.parsed import TranscriptError

_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_TAGS = ("p", "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "tr", "tc", "pPr", "del", "moveFrom")
_FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
_KNOWN = {f"{space} {tag}": tag for space in _NAMESPACES for tag in _TAGS} | {_FALLBACK: "Fallback"}
_LEFT_OUT = {"pPr", "del", "moveFrom", "Fallback"}  # a fallback says again what was said
_PRINTED_AS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}

# No honest file comes near these; without them a small file takes gigabytes.
_DEEPEST = 500  # elements within elements
_LONGEST_TAG = 1 << 16  # bytes
_MOST_NAMES = 10_000  # of elements and attributes


class Document:
    """Collects paragraphs while expat walks through the file; those of a text box come first."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._paragraphs: list[list[str]] = []  # open ones, their words; a text box stands in one
        self._rows: list[list[list[str]]] = []  # open ones, by cell and paragraph
        self._depth = 0
        self._left_out = 0  # open elements that count for nothing
        self._is_text = False
        self._size = 0
        self._names: dict[str, str] = {}
        self._parser = expat.ParserCreate(namespace_separator=" ", intern=self._names)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.EntityDeclHandler = self._refuse

    def read(self, piece: bytes) -> None:
        self._parser.Parse(piece)
        self._size += len(piece)
        unread = self._size - self._parser.CurrentByteIndex
        if unread > _LONGEST_TAG or len(self._names) > _MOST_NAMES:
            self._refuse()

    def finished(self) -> list[str]:
        """The paragraphs and table rows."""
        self._parser.Parse(b"", True)
        return self._blocks

    def _refuse(self, *_: object) -> None:
        raise TranscriptError("This Word file was not made by a word processor; it was not read.")

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._refuse()
        tag = _KNOWN.get(element)
        if tag is None:
            return
        if tag in _LEFT_OUT:
            self._left_out += 1
        elif tag == "p":
            self._paragraphs.append([])
        elif tag == "t":
            self._is_text = True
        elif tag == "tr":
            self._rows.append([])
        elif tag == "tc" and self._rows:
            self._rows[-1].append([])
        elif tag in _PRINTED_AS:
            self._add(_PRINTED_AS[tag])

    def _end(self, element: str) -> None:
        self._depth -= 1
        tag = _KNOWN.get(element)
        if tag in _LEFT_OUT:
            self._left_out -= 1
        elif tag == "t":
            self._is_text = False
        elif tag == "p":
            self._close("".join(self._paragraphs.pop()))
        elif tag == "tr":
            for line in _lines(self._rows.pop()):
                self._close(line)

    def _characters(self, text: str) -> None:
        if self._is_text:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._paragraphs and not self._left_out:
            self._paragraphs[-1].append(text)

    def _close(self, text: str) -> None:
        """A paragraph or a row is complete: it stands in a cell or for itself."""
        if not text.strip():
            return
        if self._rows and self._rows[-1]:
            self._rows[-1][-1].append(text)
        else:
            self._blocks.append(text)


def _lines(row: list[list[str]]) -> list[str]:
    """A row as one line; the paragraphs of a single cell stay, and of the second of two their lines."""
    if len(row) < 2:
        return [line for cell in row for line in cell]
    *labels, text = (" ".join(" ".join(cell).split()) for cell in row)
    if len(row) == 2:
        text = "\n".join(row[1])
    return ["\t".join([*labels, text])]
