"""A stenographer of Marrow Bay: takes down who says what, and sets it on pages as minutes are."""

import random
import textwrap
from dataclasses import dataclass

SPEAKERS = [
    "CHAIRPERSON FERRÁN",
    "CO-CHAIR X",
    "COUNCIL MEMBER DE LA ROSA",
    "DEPUTY COMMISSIONER OKAFOR-LIND",
    "LIAM McQUILL",
    "MR. VAN DER BERG",
    "MS. O'DELL",
    "SERGEANT-AT-ARMS",
    "SPEAKER 1",
    "SPEAKER ADAMS",
    "UNIDENTIFIED SPEAKER",
    "COMMISSIONER FOR HARBORS AND TIDE GAUGES ADA QUILL",
]
SENTENCES = [
    "Good morning.",
    "Thank you.",
    "Thank you very much, and we will begin.",
    "I do.",
    "Yes.",
    "We will get back to the Committee with the list of all gauges by Friday.",
    "Who reads the 12 gauges, and when, and what does it cost the city in fiscal year 2027?",
    "The answer is simple: nobody does.",
    "We asked the Board of Education: how many schools stand below the tide line?",
    "The report on the Heron Trail: it was late.",
    "I have one question: Question 5 of our letter, which asks about Local Law 12: was it read?",
    "Our next speaker is here.",
    "MBPD and MBFD have 25 boats, and DEP has 3.",
    "In 2026 there were 15",
    "I went to A. Bela Vane High School, and Mr. Vane of St. Odo Place did not.",
    "[laughter] That is what we heard on October 5, 2026.",
    "We count 20 percent of 1,200 requests, 30 of 40 permits and all that",
    "and so on and so forth --",
    "I will say this: THE HARBOR IS OPEN.",
    "At 10:30 we eat.",
]
NOTES = [
    "(Whereupon, the gallery applauded.)",
    "(Whereupon, a recess was taken from 10:15 to 10:30 a.m., and the gauges were read.)",
    "(Laughter.)",
]
COVER = """
CITY COUNCIL OF MARROW BAY

---------------------- X

TRANSCRIPT OF THE MINUTES

          Of the

COMMITTEE ON HARBORS

                    March 3, 2026
                    Start:  10:12 a.m.
                    Recess: 12:31 p.m.

HELD AT:         Council Chambers

B E F O R E:     Odalys Ferrán, Chairperson

COUNCIL MEMBERS: Inés de la Rosa
                 Tomás Quill

     Harbor Scribes, 5 Quay Street, Marrow Bay
     Phone: 555-0100 * Fax: 555-0101
"""
CERTIFICATE = """
               C E R T I F I C A T E

Harbor Scribes certifies that the foregoing transcript is a true and accurate
record of the proceedings.

Date: March 20, 2026
"""


@dataclass(frozen=True)
class Speech:
    speaker: str
    paragraphs: list[str]  # among them notes, which nobody speaks


@dataclass(frozen=True)
class Layout:
    width: int = 45
    indent: int = 10
    gap: int = 2  # spaces behind the colon
    lines: int = 25  # a page
    numbered: bool = True
    form_feeds: bool = True
    double_spaced: bool = False
    header: tuple[str, ...] = ("COMMITTEE ON HARBORS   {page}",)
    footer: tuple[str, ...] = ()
    cover: bool = True
    certificate: bool = True


def dialogue(pick: random.Random) -> list[Speech]:
    """What is said at a hearing: sentences come back, some break off, all speakers speak again."""
    speakers = pick.sample(SPEAKERS, pick.randint(3, len(SPEAKERS)))
    speeches: list[Speech] = []
    for turn in range(pick.randint(20, 60)):
        before = speeches[-1].speaker if speeches else ""
        said = [" ".join(pick.choices(SENTENCES, k=pick.choice([1, 1, 2, 4, 8])))]
        if turn and pick.random() < 0.1:
            said[0] = f"[interposing] {said[0]}"
        while pick.random() < 0.2:
            said[-1] += " Now then."
            said += [pick.choice(NOTES)] if pick.random() < 0.5 else []
            said += [pick.choice(SENTENCES)]
        speeches.append(Speech(pick.choice([each for each in speakers if each != before]), said))
    return speeches


def minutes_of(speeches: list[Speech], layout: Layout) -> str:
    lines = [line for speech in speeches for line in _set(speech, layout)]
    room = layout.lines - (len(layout.header) if layout.numbered else 0)
    pages = [COVER] if layout.cover else []
    for first in range(0, len(lines), room):
        pages.append(_page(lines[first : first + room], len(pages) + 1, layout))
    pages += [CERTIFICATE] if layout.certificate else []
    text = ("\n\f" if layout.form_feeds else "\n\n").join(pages)
    return text.replace("\n", "\n\n") if layout.double_spaced else text


def _set(speech: Speech, layout: Layout) -> list[str]:
    first, *others = speech.paragraphs
    return [
        line
        for paragraph in [f"{speech.speaker}:{' ' * layout.gap}{first}", *others]
        for line in textwrap.wrap(
            paragraph, layout.width, initial_indent=" " * layout.indent, break_on_hyphens=False
        )
    ]


def _page(lines: list[str], number: int, layout: Layout) -> str:
    header = [line.format(page=number) for line in layout.header]
    footer = [line.format(page=number) for line in layout.footer]
    if not layout.numbered:
        return "\n".join([*header, "", *(f"    {line}" for line in lines), "", *footer])
    numbered = [f"{n:2}   {line}" for n, line in enumerate([*header, *lines], start=1)]
    empty = [f"{n:2}" for n in range(len(numbered) + 1, layout.lines + 1)]
    return "\n".join([*numbered, *empty, "", *footer])
