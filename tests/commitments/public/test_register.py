"""The list of all: facets, order, words, pages, and a cost that doesn't grow with the rows."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from commitments import actions
from commitments.filters import CommitmentFilter
from commitments.models import Commitment, Type
from hearings.models import Agency, Side
from tests import cast

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 4)


@pytest.fixture
def two():
    """One of the Water Authority from October, one of the Fire Board from June, planned."""
    first = cast.published(cast.hearing())
    fire = Agency.objects.create(name="Fire Board")
    chief = cast.official("Ansgar Pell", "Chief", Side.AGENCY, agency=fire)
    lines = (
        (10, "Council Member Quill", "When will the hydrant map be out?"),
        (14, "Chief Pell", "The hydrant map will be out by the end of June."),
    )
    quill = cast.official("Bea Quill", "Council Member", Side.COUNCIL)
    june = cast.hearing("Hydrants", date(2026, 6, 2), lines)
    second = cast.published(
        june, cast.at(date(2026, 6, 3)), words=lines[1][2], what="Publish the hydrant map",
        agency=fire, official=chief, kind="planned", type=Type.DOCUMENT, owed_to_member=quill,
    )  # fmt: skip
    return first, second


def found(**picked) -> list[str]:
    query = QueryDict(urlencode(picked, doseq=True))
    chosen = CommitmentFilter(query, Commitment.objects.public())
    assert chosen.is_valid(), chosen.errors
    return [each.reference for each in chosen.qs]


@pytest.mark.parametrize(
    ("picked", "first", "second"),
    [
        ({}, True, True),
        ({"agency": "wa"}, True, False),
        ({"agency": "fire-board"}, False, True),
        ({"kind": "planned"}, False, True),
        ({"kind": "agreed"}, True, False),
        ({"type": "document"}, False, True),
        ({"state": ["open", "fulfilled"]}, True, True),
        ({"state": "fulfilled"}, False, False),
        ({"said_by": "ingrid-fenn"}, True, False),
        ({"said_by": "ansgar-pell"}, False, True),
        ({"owed_to": "odalys-odell"}, True, False),
        ({"owed_to": "bea-quill"}, False, True),
        ({"committee": "committee-on-water"}, True, True),
        ({"hearing": "2026-06-02-hydrants"}, False, True),
        ({"year": "2026"}, True, True),
        ({"year": "2025"}, False, False),
        ({"due": "overdue"}, False, True),
        ({"due": "long"}, False, True),
        ({"due": "soon"}, False, False),
        ({"due": "none"}, False, False),
        ({"due_after": "2026-11-01"}, True, False),
        ({"due_before": "2026-11-01"}, False, True),
        ({"q": "hydrants"}, False, True),
        ({"q": "get back to you"}, True, False),
        ({"q": "2026-0001"}, True, False),
        ({"q": "hydrant -june"}, False, False),  # its own line has no June, but what was said has
        ({"q": "submarine"}, False, False),
        ({"agency": "wa", "kind": "planned"}, False, False),
    ],
)  # fmt: skip
def test_facets(two, settings, picked, first, second):
    settings.CLOCK_AT = cast.NOON
    expected = {each.reference for each, is_in in zip(two, (first, second), strict=True) if is_in}
    assert set(found(**picked)) == expected


def test_a_facet_of_time_turns_with_the_day(two, settings):
    first, _ = two
    settings.CLOCK_AT = cast.at(DUE)
    assert first.reference in found(due="soon")
    settings.CLOCK_AT = cast.at(DUE + timedelta(days=1))
    assert first.reference in found(due="overdue")
    settings.CLOCK_AT = cast.at(DUE + timedelta(days=31))
    assert first.reference in found(due="long")


def test_orders(two):
    first, second = (each.reference for each in two)
    assert found(sort="due") == [second, first]
    assert found(sort="-due") == [first, second]
    assert found(sort="-said") == [first, second]
    assert found(sort="agency") == [second, first]


def test_the_page_shows_what_was_picked_and_the_way_back(read, two):
    words = read("/commitments/?agency=wa")
    assert "Publish the hydrant map" not in words
    assert "lead pipes were replaced" in words
    assert "show all" in words
    assert '<option value="wa" selected>' in words
    assert "show all" not in read("/commitments/")


def test_an_empty_list_says_so(read, two):
    assert "No commitment fits what you picked." in read("/commitments/?state=dropped")


def test_what_is_not_known_is_said_and_nothing_shown(read, two):
    words = read("/commitments/?agency=nobody")
    assert "Something picked is not known here" in words
    assert "hydrant map" not in words


def test_twenty_a_page_and_the_facets_go_along(read):
    where = cast.hearing()
    for _ in range(21):
        cast.published(where)
    first, second = read("/commitments/?agency=wa"), read("/commitments/?agency=wa&page=2")
    assert (first.count('class="entry"'), second.count('class="entry"')) == (20, 1)
    assert 'href="?agency=wa&amp;page=2"' in first


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/commitments/", 9),
        ("/commitments/?due=overdue&sort=due", 7),
        ("/", 21),
        ("/hearings/", 9),
        ("/agencies/", 7),
        ("/agencies/wa/", 21),
        ("/agencies/wa/open/", 7),
        ("/committees/committee-on-water/", 21),
        ("/officials/ingrid-fenn/", 10),
        ("/officials/odalys-odell/", 10),
        ("/search/?q=pipes", 12),
        ("/hearings/2026-10-20-oversight-lead-pipes/", 18),
        ("/hearings/2026-10-20-oversight-lead-pipes/follow-ups/", 8),
    ],
)
def test_what_a_list_costs_does_not_grow_with_its_rows(
    read, django_assert_max_num_queries, address, most
):
    where = cast.hearing()
    cast.published(where)
    read(address)
    with django_assert_max_num_queries(most) as few:
        read(address)
    for number in range(4):
        cast.published(where)
        other = cast.hearing(f"Pipes, part {number}", cast.HELD_ON - timedelta(days=number))
        actions.send(
            [cast.published(other)], by=cast.cora(), now=cast.NOON, sent_on=cast.NOON.date()
        )
    with django_assert_max_num_queries(len(few)):
        read(address)
