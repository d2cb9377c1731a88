"""The look-alike files beside the tests: quirks of the wild, people of Marrow Bay."""

from io import BytesIO
from pathlib import Path

import docx

from hearings.formats import ParsedTranscript, parse
from tests.hearings.formats.pdf import pdf_of

SAMPLES = Path(__file__).parent / "samples"


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for each in paragraphs:
        document.add_paragraph(each)
    packed = BytesIO()
    document.save(packed)
    return packed.getvalue()


FILES = {path.name: path.read_bytes() for path in sorted(SAMPLES.iterdir())}
FILES |= {
    "letter.docx": word_file("Odalys Ferrán: Who reads them?"),
    "page.pdf": pdf_of([["Chair Vane: We do."]]),
}


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def read(name: str) -> ParsedTranscript:
    """The sample, its format recognised from what it holds."""
    return parse(sample(name))


def said(transcript: ParsedTranscript) -> list[tuple[float | None, str, str]]:
    return [(line.start, line.speaker, line.text) for line in transcript.utterances]
