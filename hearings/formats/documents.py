"""Word and PDF files as plain text, and the traps in them."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pypdf import PageObject, PdfReader

from hearings.formats import word_file
from hearings.formats.parsed import TranscriptError
from hearings.formats.telling import Progress, told

MAX_UNPACKED = 50_000_000  # bytes of XML; eight hours of a real meeting take 4,000,000
_WORDS = "word/document.xml"
_MOST_PARTS = 10_000  # of an archive; a .docx has some twenty, and one for each picture
_PIECES = 100
_TORN = re.compile(  # that’ s, O’ Mara, $ 5: where a PDF sets letters one by one
    r"(?<=\w[’'])\ +(?=(?:s|t|d|m|ll|re|ve)(?![\w’'-]))|(?<=\b[OD][’'])\ +(?=[A-Z])|(?<=\$)\ +(?=[0-9])",
    re.IGNORECASE,
)


def is_pdf(data: bytes) -> bool:
    return data[:1024].lstrip().startswith(b"%PDF-")


def is_docx(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04") or data.count(b"PK\x01\x02") > _MOST_PARTS:
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _WORDS in archive.namelist()
    except Exception:
        # A broken archive fails in many ways; what isn't a .docx is refused as a zip file.
        return False


@contextmanager
def _damage_is(sentence: str) -> Iterator[None]:
    """Whatever fails in here is damage to the file: these libraries share no base class for it."""
    try:
        yield
    except TranscriptError:
        raise
    except Exception as error:
        raise TranscriptError(sentence) from error


_DAMAGED_WORD = "This Word file is damaged and can't be opened."
_DAMAGED_PDF = "This PDF is damaged or locked and can't be read."


def docx_text(data: bytes, progress: Progress) -> str:
    """The paragraphs and table rows of a Word file, a blank line between them."""
    document = word_file.Document()
    for fraction, piece in _unpacked(data):
        progress(fraction)
        with _damage_is(_DAMAGED_WORD):
            document.read(piece)
    with _damage_is(_DAMAGED_WORD):
        return "\n\n".join(document.finished())


def _unpacked(data: bytes) -> Iterator[tuple[float, bytes]]:
    """The words in the archive, a piece at a time, and how far that is; all else stays packed."""
    with _damage_is(_DAMAGED_WORD), zipfile.ZipFile(BytesIO(data)) as archive:
        size = archive.getinfo(_WORDS).file_size  # zipfile never unpacks more than that
        if size > MAX_UNPACKED:
            raise TranscriptError(
                f"This Word file unpacks to more than {MAX_UNPACKED // 1_000_000} MB;"
                " it was not opened."
            )
        done = 0
        with archive.open(_WORDS) as stream:
            while piece := stream.read(size // _PIECES + 1):
                done += len(piece)
                yield done / size, piece


def pdf_text(data: bytes, progress: Progress) -> str:
    """The text of a PDF as laid out, a form feed between pages.

    Layout mode, because the plain one loses spaces in justified text and is no faster; it sees a few
    too many.
    """
    text = "\n\f\n".join(map(_page_text, told(_pages(data), progress)))
    text = _TORN.sub("", text)
    if not text.strip():
        raise TranscriptError(
            "This PDF holds pictures of pages, not text. Run it through OCR first."
        )
    return text


@_damage_is(_DAMAGED_PDF)
def _pages(data: bytes) -> list[PageObject]:
    return list(PdfReader(BytesIO(data)).pages)


@_damage_is(_DAMAGED_PDF)
def _page_text(page: PageObject) -> str:
    return page.extract_text(extraction_mode="layout")
