"""From bytes to text: encodings, Word and PDF files, and what we refuse to read."""

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import TextIOWrapper
from typing import Any

from hearings.formats.documents import docx_text, is_docx, is_pdf, pdf_text
from hearings.formats.parsed import TranscriptError
from hearings.formats.telling import Item, Progress, ToldBytes, share, told, told_to_nobody

MAX_BYTES = 100_000_000
MAX_LINE_BYTES = 500_000  # a line of text; JSON files may well be one line
_HEAD = 64 * 1024
_CONTROL = bytes({*range(32), 127} - {*b"\t\n\r\f\v\x1b"})
_JSON_BEGINS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")  # not the "[" of [00:01:02]
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass
class Source:
    """A file as text: whole, line by line, or as the JSON document it may be."""

    data: bytes
    encoding: str = "utf-8-sig"
    errors: str = "strict"
    origin: str = "text"  # "docx" and "pdf" are read as text first
    warnings: list[str] = field(default_factory=list)
    progress: Progress = told_to_nobody  # of text; Word and PDF files tell as they are unpacked
    passes: int = 1  # times that the reader goes over it all
    _begun: int = field(default=0, init=False)  # of these

    @cached_property
    def text(self) -> str:
        return self._stream().read()

    @cached_property
    def head(self) -> str:
        """The first 64 KB, enough to recognise a format by."""
        return self._stream().read(_HEAD)

    @cached_property
    def json(self) -> Any:
        """The JSON document, or None if the file isn't one."""
        if not self.is_json_like:
            return None
        try:
            return json.load(self._stream())
        except (ValueError, RecursionError):
            return None

    @property
    def is_json_like(self) -> bool:
        return _JSON_BEGINS.match(self.head) is not None

    @property
    def is_html(self) -> bool:
        start = self.head.lstrip()[:2000].lower()
        return start.startswith("<") and any(tag in start for tag in ("<html", "!doctype html"))

    def lines(self) -> Iterator[str]:
        """The lines with their ends, streamed: the text is never held twice."""
        return self._stream(self._next_pass())

    def numbered_lines(self) -> Iterator[tuple[int, str]]:
        return enumerate(self.lines(), start=1)

    def told(self, items: Sequence[Item]) -> Iterator[Item]:
        """The items of a list that was made of the file, told of as they go by."""
        return told(items, self._next_pass())

    def numbered(self, items: Sequence[Item]) -> Iterator[tuple[int, Item]]:
        return enumerate(self.told(items), start=1)

    def _next_pass(self) -> Progress:
        self._begun += 1
        return share(self.progress, self._begun, self.passes)

    def _stream(self, progress: Progress = told_to_nobody) -> TextIOWrapper:
        data = ToldBytes(self.data, progress)
        return TextIOWrapper(data, encoding=self.encoding, errors=self.errors)


def decode(data: bytes, progress: Progress = told_to_nobody) -> Source:
    """The file as text; raises TranscriptError for what is empty, too big or no text at all."""
    if len(data) > MAX_BYTES:
        raise TranscriptError(
            f"The file has {len(data) / 1e6:,.0f} MB;"
            f" at most {MAX_BYTES // 1_000_000} MB can be read."
        )
    source = _source(data, progress)
    if not source.head.strip() and not source.text.strip():
        raise TranscriptError("The file is empty.")
    if not source.is_json_like:
        _refuse_endless_line(source.data)
    return source


def _source(data: bytes, progress: Progress) -> Source:
    if is_pdf(data):
        return Source(pdf_text(data, progress).encode(), origin="pdf")
    if is_docx(data):
        return Source(docx_text(data, progress).encode(), origin="docx")
    if data.startswith(_UTF16):
        return Source(_from_utf16(data), progress=progress)
    _refuse_binary(data)
    return _eight_bit(Source(data, progress=progress))


def _from_utf16(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").replace("\0", "").encode()
    except UnicodeError:
        raise TranscriptError("The file says it is UTF-16 text, but it isn't.") from None


def _refuse_binary(data: bytes) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise TranscriptError("This is an old Word file (.doc). Save it as .docx or as text.")
    if data.startswith(b"{\\rtf"):
        raise TranscriptError("This is a rich text file (.rtf). Save it as .docx or as text.")
    if data.startswith(b"PK"):
        raise TranscriptError("This is a zip archive. Unpack it and choose the transcript inside.")
    sample = data[:_HEAD]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if b"\0" in data or control > len(sample) / 100:
        raise TranscriptError("This is not a text file: it holds binary data.")


def _eight_bit(source: Source) -> Source:
    """UTF-8 where it is; else Windows-1252, unless UTF-8 is only broken in a few places."""
    data = source.data
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if _is_damaged_utf8(data):
            warning = f"Line {line:,} holds a character that can't be read; it is shown as \ufffd."
            return replace(source, errors="replace", warnings=[warning])
        warning = (
            f"The file isn't UTF-8 (line {line:,}); it was read as Windows-1252. Check the accents."
        )
        return replace(source, encoding="cp1252", errors="replace", warnings=[warning])
    return source


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what isn't ASCII is good UTF-8."""
    text = data.decode(errors="replace")
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    return text.count("\ufffd") * 2 < beyond_ascii


def _refuse_endless_line(data: bytes) -> None:
    """Stop at a stretch of the limit's length without a line end, found in a few leaps."""
    step = MAX_LINE_BYTES
    for start in range(0, len(data) - step, step):
        if data.find(b"\n", start, start + step) < 0 and data.find(b"\r", start, start + step) < 0:
            line = data.count(b"\n", 0, start) + 1
            raise TranscriptError(
                f"This line is longer than {step // 1000:,} KB; no transcript has such lines.", line
            )
