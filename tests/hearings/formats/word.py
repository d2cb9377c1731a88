"""Word files made of their XML."""

import zipfile
from io import BytesIO

TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(document: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return data.getvalue()


def word_file(body: str, namespace: str = TRANSITIONAL) -> bytes:
    return packed(
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{namespace}"'
        f' xmlns:mc="{COMPATIBILITY}"><w:body>{body}</w:body></w:document>'.encode()
    )


def run(words: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def row(*cells: str) -> str:
    """Each cell in paragraphs, a line each."""
    found = "".join(f"<w:tc>{''.join(map(paragraph, cell.split('|')))}</w:tc>" for cell in cells)
    return f"<w:tr>{found}</w:tr>"


def paragraph(words: str) -> str:
    return f"<w:p>{run(words)}</w:p>"
