"""Word and PDF files as plain text, and the traps in them."""

import re
import zipfile
from io import BytesIO

import docx
from docx.document import Document
from docx.table import Table
from pypdf import PdfReader

from hearings.formats.parsed import TranscriptError

MAX_UNPACKED = 200_000_000  # bytes; a .docx of more is a zip bomb, not a hearing
_CHUNK = 1 << 20
_TORN = re.compile(  # that’ s, O’ Mara, $ 5: where a PDF sets letters one by one
    r"(?<=\w[’'])\ +(?=(?:s|t|d|m|ll|re|ve)(?![\w’'-]))|(?<=\b[OD][’'])\ +(?=[A-Z])|(?<=\$)\ +(?=[0-9])",
    re.IGNORECASE,
)


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


def docx_text(data: bytes) -> str:
    """The paragraphs and table rows of a Word file, a blank line between them."""
    try:
        _refuse_zip_bomb(data)
        return "\n\n".join(_blocks(docx.Document(BytesIO(data))))
    except TranscriptError:
        raise
    except Exception as error:
        # python-docx, zipfile and lxml share no base class for a damaged file.
        raise TranscriptError("This Word file is damaged and can't be opened.") from error


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


def _blocks(document: Document) -> list[str]:
    blocks = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            blocks.append(block.text)
    return blocks


def pdf_text(data: bytes) -> str:
    """The text of a PDF as laid out, a form feed between pages.

    Layout mode, because the plain one loses spaces in justified text; it sees a few too many.
    """
    try:
        pages = PdfReader(BytesIO(data)).pages
        text = "\n\f\n".join(page.extract_text(extraction_mode="layout") for page in pages)
        text = _TORN.sub("", text)
    except Exception as error:
        # pypdf lets errors of every kind through for a damaged file.
        raise TranscriptError("This PDF is damaged or locked and can't be read.") from error
    if not text.strip():
        raise TranscriptError(
            "This PDF holds pictures of pages, not text. Run it through OCR first."
        )
    return text
