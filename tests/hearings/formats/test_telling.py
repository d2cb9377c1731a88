"""Reading tells how far it is, in one direction, and whoever hears it can stop it at any time."""

import json
from itertools import pairwise

import pytest

from hearings.formats import parse
from tests.hearings.formats.pdf import pdf_of
from tests.hearings.formats.sample import FILES, word_file

LINES = [f"Chair Vane: We read gauge {number}." for number in range(4_000)]
PAGES = [LINES[first : first + 40] for first in range(0, len(LINES), 40)]
LONG = {
    "text": "\n\n".join(LINES).encode(),
    "minutes": "\n\f\n".join("\n".join([*page, "1", "COUNCIL", "2"]) for page in PAGES).encode(),
    "UTF-16": "\n\n".join(LINES).encode("utf-16"),
    "a table": "\n".join(["start,text", *(f"1,{line}" for line in LINES)]).encode(),
    "JSON": json.dumps([{"start": 1, "text": line} for line in LINES]).encode(),
    "XML": "\n".join(
        [
            '<akomaNtoso><speech by="#a"><from>Chair Vane</from>',
            *(f"<p>{line}</p>" for line in LINES),
            "</speech></akomaNtoso>",
        ]
    ).encode(),
    "a PDF": pdf_of(PAGES),
    "a Word file": word_file(*LINES[:400]),
}


class Enough(Exception):
    """Somebody has heard enough."""


def heard(data: bytes) -> list[float]:
    """The fractions that are told while it is read."""
    fractions: list[float] = []
    parse(data, progress=fractions.append)
    return fractions


@pytest.mark.parametrize("data", [*FILES.values(), *LONG.values()], ids=[*FILES, *LONG])
def test_what_is_told_lies_between_nought_and_one_and_never_goes_back(data: bytes):
    fractions = heard(data)

    assert all(0 <= fraction <= 1 for fraction in fractions)
    assert all(earlier <= later for earlier, later in pairwise(fractions))


@pytest.mark.parametrize("data", LONG.values(), ids=LONG)
def test_of_a_long_file_much_is_told(data: bytes):
    fractions = heard(data)

    assert fractions[0] < 0.1 and fractions[-1] > 0.9
    assert max(later - earlier for earlier, later in pairwise(fractions)) < 0.1


def test_a_pdf_is_told_of_by_its_pages():
    assert heard(pdf_of(PAGES[:4])) == [0, 0.25, 0.5, 0.75]


@pytest.mark.parametrize("data", [*FILES.values(), *LONG.values()], ids=[*FILES, *LONG])
def test_it_stops_where_whoever_hears_it_has_heard_enough(data: bytes):
    def stop(fraction: float) -> None:
        fractions.append(fraction)
        if fraction >= middle:
            raise Enough

    middle = heard(data)[-1] / 2
    fractions: list[float] = []
    with pytest.raises(Enough):
        parse(data, progress=stop)

    assert all(fraction < middle for fraction in fractions[:-1])
