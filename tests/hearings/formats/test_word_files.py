"""The words of a Word file, whatever stands around them in its XML."""

import zipfile
from io import BytesIO

import docx
import pytest

from commitments.benching.measuring import memory_of, peak
from hearings.formats import TranscriptError, documents, parse, told_to_nobody
from tests.hearings.formats.sample import said
from tests.hearings.formats.word import STRICT, TRANSITIONAL, packed, paragraph, row, run, word_file


def docx_text(data: bytes) -> str:
    return documents.docx_text(data, told_to_nobody)


@pytest.mark.parametrize(
    ("inside", "read"),
    [
        (f"<w:ins>{run('never ')}</w:ins>", "We will never send it."),
        ("<w:del><w:r><w:delText>never </w:delText></w:r></w:del>", "We will send it."),
        (f"<w:moveFrom>{run('never ')}</w:moveFrom>", "We will send it."),
        (f"<w:moveTo>{run('never ')}</w:moveTo>", "We will never send it."),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{run('never ')}</w:sdtContent></w:sdt>", "We will never send it."),
        (f"<w:smartTag><w:smartTag>{run('never ')}</w:smartTag></w:smartTag>", "We will never send it."),
        (f"<w:hyperlink>{run('never ')}</w:hyperlink>", "We will never send it."),
        (f"<w:fldSimple>{run('never ')}</w:fldSimple>", "We will never send it."),
        ("<w:r><w:instrText>PAGE </w:instrText></w:r>", "We will send it."),
        ("<w:r><w:tab/></w:r>", "We will \tsend it."),
        ("<w:r><w:br/></w:r>", "We will \nsend it."),
        ("<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail </w:t></w:r>", "We will e-mail send it."),
        ("<w:r><w:t>R&amp;D &lt; </w:t></w:r>", "We will R&D < send it."),
    ],
)  # fmt: skip
def test_what_a_paragraph_says(inside: str, read: str):
    body = f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>{run('We will ')}{inside}{run('send it.')}</w:p>"

    assert docx_text(word_file(body)) == read
    assert docx_text(word_file(body, STRICT)) == read


def test_a_paragraph_in_a_content_control_keeps_its_speaker():
    control = f"<w:sdt><w:sdtContent>{paragraph('Bram Vane: We do.')}</w:sdtContent></w:sdt>"

    transcript = parse(word_file(f"{paragraph('Ada Quill: Who reads them?')}{control}"))

    assert said(transcript) == [
        (None, "Ada Quill", "Who reads them?"),
        (None, "Bram Vane", "We do."),
    ]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{paragraph('Page one')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}"
        f"</mc:Fallback></mc:AlternateContent></w:r>{run('We do.')}</w:p>"
    )

    assert docx_text(word_file(body)) == "Page one\n\nWe do."


@pytest.mark.parametrize(
    "columns",
    [
        ("0:00:05", "Ada Quill", "Who|reads them?"),
        ("Ada Quill", "0:00:05", "Who|reads them?"),
        ("[0:00:05 - 0:00:07]", "Ada Quill:", "Who|reads them?"),
        ("0:00:05", "0:00:07", "Ada Quill", "Who|reads them?"),
    ],
)
def test_a_table_of_times_and_names_is_turns(columns: tuple[str, ...]):
    table = f"<w:tbl>{row(*columns)}{row('0:00:09', 'Bram Vane', 'We do: daily.')}</w:tbl>"

    transcript = parse(word_file(paragraph("MARROW BAY COUNCIL") + table))

    assert said(transcript) == [
        (None, "", "MARROW BAY COUNCIL"),
        (5, "Ada Quill", "Who reads them?"),
        (9, "Bram Vane", "We do: daily."),
    ]


def test_a_table_below_a_header_is_turns():
    rows = row("Time", "Speaker", "Text") + row("0:00:05", "Ada Quill", "Who|reads them?")

    assert said(parse(word_file(f"<w:tbl>{rows}</w:tbl>"))) == [(5, "Ada Quill", "Who reads them?")]


def test_a_merged_cell_is_read_once():
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Ada Quill: Who reads them?"
    for cell, text in zip(table.rows[1].cells, ("Bram Vane:", "We do.", "Daily."), strict=True):
        cell.text = text
    data = BytesIO()
    document.save(data)

    assert said(parse(data.getvalue())) == [
        (None, "Ada Quill", "Who reads them?"),
        (None, "Bram Vane", "We do. Daily."),
    ]


def test_a_cell_of_paragraphs_keeps_them_where_names_may_stand():
    item = row("Item 3", "Ada Quill: Who reads them?|Bram Vane: We do.")
    alone = row("Ada Quill: And when?|Bram Vane: Daily.")

    assert docx_text(word_file(f"<w:tbl>{item}{alone}</w:tbl>")) == (
        "Item 3\tAda Quill: Who reads them?\nBram Vane: We do.\n\nAda Quill: And when?\n\n"
        "Bram Vane: Daily."
    )


def test_a_table_in_a_cell_is_read():
    inner = f"<w:tbl>{row('a', 'b')}</w:tbl>"

    assert docx_text(word_file(f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>")) == "a\tb"


def test_a_row_without_cells_is_nothing():
    assert docx_text(word_file(f"<w:tbl><w:tr/>{row('a')}</w:tbl>")) == "a"


def test_a_picture_of_any_size_stays_packed():
    data = BytesIO(word_file(paragraph("Ada Quill: We do.")))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/plan.bmp", b"\0" * (documents.MAX_UNPACKED + 1))

    assert docx_text(data.getvalue()) == "Ada Quill: We do."


@pytest.mark.parametrize(
    "inside",
    [
        "<w:r>" * 600 + "</w:r>" * 600,
        "".join(f"<a{number}/>" for number in range(11_000)),
        "".join(f'<w:p a{number}=""/>' for number in range(11_000)),
        f"<!--{'x' * 3_000_000}-->",
        f"<w:p w:rsidR='{'0' * 3_000_000}'/>",
    ],
    ids=["deep", "elements", "attributes", "comment", "attribute"],
)
def test_what_no_word_processor_writes_is_refused(inside: str):
    with pytest.raises(TranscriptError, match="was not made by a word processor"):
        parse(word_file(paragraph("Ada Quill: We do.") + inside))


def reading(data: bytes) -> float:
    """Read a Word file; the memory held before, in MiB."""
    before = peak()
    docx_text(data)
    return before


@pytest.mark.long
@pytest.mark.parametrize(
    "unit", ["<w:p/>", "<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<w:tr><w:tc><w:p/></w:tc></w:tr>"]
)
def test_the_largest_file_that_is_opened_takes_little_memory(unit: str):
    data = word_file(unit * ((documents.MAX_UNPACKED - 1_000) // len(unit)))

    assert memory_of(reading, data) < 100


def test_entities_are_refused():
    document = f'<!DOCTYPE a [<!ENTITY b "ha">]><w:document xmlns:w="{TRANSITIONAL}"/>'

    with pytest.raises(TranscriptError, match="was not made by a word processor"):
        parse(packed(document.encode()))


def test_an_archive_of_thousands_of_parts_is_not_opened():
    data = BytesIO(word_file(paragraph("Ada Quill: We do.")))
    with zipfile.ZipFile(data, "a") as archive:
        for number in range(10_001):
            archive.writestr(str(number), b"")

    with pytest.raises(TranscriptError, match=r"^This is a zip archive\."):
        parse(data.getvalue())
