"""A hearing's follow-ups as a Word document: the file that staff used to type."""

import io
from datetime import date

from django.utils.translation import gettext as _
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from commitments.dates import long_date
from commitments.models import Commitment
from commitments.standing import standing
from hearings.formats import timecode
from hearings.models import Hearing


def as_docx(hearing: Hearing, commitments: list[Commitment], today: date) -> bytes:
    """A landscape page with a real heading and a table whose header row repeats."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    title = _("Follow-ups: %s") % hearing.title
    document.core_properties.title = title
    document.core_properties.language = "en-US"
    document.add_heading(title, level=1)
    committees = ", ".join(map(str, hearing.committee_list))
    document.add_paragraph(f"{committees}. {long_date(hearing.held_on)}.")
    columns = [
        _("No."),
        _("What"),
        _("Who"),
        _("Owed to"),
        _("Kind"),
        _("Due"),
        _("State"),
        _("Said at"),
    ]
    table = document.add_table(rows=1, cols=len(columns), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, columns, strict=True):
        cell.text = words
    _repeat_on_every_page(table.rows[0])
    for each in commitments:
        for cell, words in zip(table.add_row().cells, _row(each, today), strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _row(commitment: Commitment, today: date) -> list[str]:
    made = commitment.made
    due = (
        long_date(commitment.due_on) if commitment.due_on else commitment.due_words or _("No date")
    )
    return [
        commitment.reference or _("Draft"),
        commitment.what + (f"\n“{made.spoken}”" if made else ""),
        ", ".join(filter(None, [str(commitment.official or ""), commitment.agency.short if commitment.agency else ""])),
        commitment.owed_to,
        str(commitment.get_kind_display()),
        due,
        standing(commitment, today).words,
        timecode.clock(made.start) if made and made.start is not None else "",
    ]  # fmt: skip


def _repeat_on_every_page(row) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)
