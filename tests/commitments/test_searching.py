"""Commitments by their words: the promise and its quotations together, the best first, and never by what a
reader may not read."""

import pytest

from commitments.models import Commitment, Moment
from commitments.searching import Texts, best, with_words
from hearings import search, withholding
from tests import cast

pytestmark = pytest.mark.django_db

LINES = (
    (10, "Council Member Odell", "How many lead pipes are left under the schools?"),
    (14, "Commissioner Fenn", "We will get back to you with the hydrant list."),
    (20, "Council Member Odell", "And when will every boiler have been inspected?"),
    (24, "Commissioner Fenn", "We will send the boiler list by Friday."),
)


@pytest.fixture
def where():
    return cast.hearing(lines=LINES)


@pytest.fixture
def pipes(where):
    return cast.published(where, words=LINES[1][2], what="Count the lead pipes under schools")


@pytest.fixture
def boilers(where):
    return cast.published(where, words=LINES[3][2], what="Send the list of boilers")


def found(words: str, texts: Texts | None = None) -> list[Commitment]:
    ordered = Commitment.objects.order_by("pk")
    return list(with_words(ordered, search.asked(words), texts or Texts.public()))


def ranked(words: str) -> list[str]:
    hits = best(Commitment.objects.public(), search.asked(words), Texts.public())
    return [each.what for each in hits]


@pytest.mark.parametrize(
    ("words", "finds_pipes", "finds_boilers"),
    [
        ("pipes", True, False),
        ("hydrant pipes", True, False),  # one stands in what was said, the other in the promise
        ('"lead pipes" hydrants', True, False),
        ('"hydrant pipes"', False, False),  # a phrase stands in one text
        ("the list", True, True),
        ("list -hydrant", False, True),
        ("list -pipes", False, True),
        ("pipes OR boilers", True, True),
        ("hydrant pipes OR friday boilers", True, True),
        ("pipes boilers OR submarines", False, False),
        ("boil*", False, True),
    ],
)
def test_all_terms_hold_somewhere_in_its_texts(pipes, boilers, words, finds_pipes, finds_boilers):
    assert found(words) == [pipes] * finds_pipes + [boilers] * finds_boilers


def test_words_of_the_promise_weigh_more_than_newer_words_of_a_quotation(where):
    older = cast.published(where, words=LINES[3][2], what="Map every hydrant")
    newer = cast.published(where, words=LINES[1][2], what="Count the lead pipes")
    assert ranked("hydrants") == [older.what, newer.what]


def test_a_corrected_quotation_is_found_in_both_forms(pipes):
    Moment.objects.filter(commitment=pipes).update(corrected_quote="the standpipe register")
    assert found("standpipe") == found("hydrant") == [pipes]


def test_a_reference_finds_its_commitment_alone(client, pipes, boilers):
    shown = client.get("/search/", {"q": f" {boilers.reference} "}).context["commitments"]
    assert shown == [boilers]


def test_what_is_withheld_neither_finds_nor_ranks_nor_rules_out(where, pipes, boilers):
    withholding.withhold_words(where, ["lead pipes"], by=cast.lea(), now=cast.NOON, reason="Asked.")
    assert found("pipes") == []
    assert found("hydrant") == found("hydrant -pipes") == [pipes]
    assert found("pipes", Texts.all()) == [pipes]
    withholding.withhold_words(where, ["hydrant list"], by=cast.lea(), now=cast.NOON, reason="Too.")
    assert found("hydrant") == []
    assert found("list -hydrant") == [boilers]
    assert ranked("list OR hydrant") == [boilers.what]


def test_the_words_are_marked_in_the_promise_and_in_what_was_said(client, pipes):
    page = client.get("/search/", {"q": "hydrants pipes"}).content.decode()
    assert "Count the lead <mark>pipes</mark> under schools" in page
    assert "with the <mark>hydrant</mark> list" in page
    register = client.get("/commitments/", {"q": "hydrants pipes"}).content.decode()
    assert "Count the lead <mark>pipes</mark> under schools" in register


def test_a_question_that_has_the_words_is_shown_with_its_answer(client, boilers):
    assert "boiler have been inspected" not in client.get("/commitments/").content.decode()
    page = client.get("/search/", {"q": "inspected"}).content.decode()
    assert "boiler have been <mark>inspected</mark>" in page


def test_marks_leave_what_is_typed_and_stored_harmless(client, where):
    cast.published(where, words=LINES[1][2], what="Count <b>lead</b> & copper pipes")
    page = client.get("/search/", {"q": "pipes <b>"}).content.decode()
    assert "Count &lt;b&gt;lead&lt;/b&gt; &amp; copper <mark>pipes</mark>" in page
