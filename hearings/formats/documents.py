"""Word and PDF files as plain text, and the traps in them."""

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import docx
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph
from pypdf import PageObject, PdfReader

from hearings.formats.parsed import TranscriptError
from hearings.formats.telling import Progress, told

MAX_UNPACKED = 200_000_000  # bytes; a .docx of more is a zip bomb, not a hearing
_CHUNK = 1 << 20


def is_pdf(data: bytes) -> bool:
    return data[:1024].lstrip().startswith(b"%PDF-")


def is_docx(data: bytes) -> bool:
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
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
    return "\n\n".join(map(_block_text, told(_blocks(data), progress)))


@_damage_is(_DAMAGED_WORD)
def _blocks(data: bytes) -> list[Paragraph | _Row]:
    _refuse_zip_bomb(data)
    blocks: list[Paragraph | _Row] = []
    for block in docx.Document(BytesIO(data)).iter_inner_content():
        blocks += block.rows if isinstance(block, Table) else [block]
    return blocks


@_damage_is(_DAMAGED_WORD)
def _block_text(block: Paragraph | _Row) -> str:
    if isinstance(block, Paragraph):
        return block.text
    return "\t".join(cell.text for cell in block.cells)


def _refuse_zip_bomb(data: bytes) -> None:
    """Add up the sizes that the archive declares, then those it really unpacks to."""
    bomb = TranscriptError(
        f"This Word file unpacks to more than {MAX_UNPACKED // 1_000_000} MB; it was not opened."
    )
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > MAX_UNPACKED:
            raise bomb
        unpacked = 0
        for member in members:
            with archive.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    unpacked += len(chunk)
                    if unpacked > MAX_UNPACKED:
                        raise bomb


def pdf_text(data: bytes, progress: Progress) -> str:
    """The text of a PDF as laid out, a form feed between pages.

    Layout mode, because the plain one loses spaces in justified text and is no faster.
    """
    text = "\n\f\n".join(map(_page_text, told(_pages(data), progress)))
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
