"""What is public shows, everywhere; what is not shows nowhere. Both directions, on every page."""

import re

import pytest
from django.urls import reverse

from commitments import actions
from commitments.models import Commitment, Moment
from hearings.models import Hearing
from tests import cast

pytestmark = pytest.mark.django_db
WHAT = "Count the lead pipes under the school"


def everywhere(where: Hearing) -> list[str]:
    """Every public page on which a commitment of this hearing may stand."""
    return [
        "/",
        "/commitments/",
        "/hearings/",
        where.get_absolute_url(),
        reverse("hearing-follow-ups", args=[where.slug]),
        cast.water().get_absolute_url(),
        reverse("agency-open", args=[cast.water().slug]),
        cast.committee().get_absolute_url(),
        cast.fenn().get_absolute_url(),
        cast.odell().get_absolute_url(),
        "/search/?q=school",
        "/commitments/?q=school",
    ]


def all_of(client, addresses: list[str]) -> str:
    return "".join(client.get(address).content.decode() for address in addresses)


def addresses_of(commitment: Commitment) -> list[str]:
    names = ("commitment", "commitment-json", "commitment-ics")
    return [reverse(name, args=[commitment.reference]) for name in names]


def statuses(client, addresses: list[str]) -> set[int]:
    return {client.get(address).status_code for address in addresses}


def test_a_published_commitment_shows_wherever_it_belongs(client, settings):
    where = cast.hearing()
    commitment = cast.published(where, what=WHAT)
    settings.CLOCK_AT = cast.at(commitment.due_on.replace(day=30))
    for address in everywhere(where):
        shown = WHAT in re.sub("</?mark>", "", client.get(address).content.decode())
        assert shown or address == "/hearings/", address
    assert statuses(client, addresses_of(commitment)) == {200}


@pytest.mark.parametrize("make", [cast.draft, cast.opened], ids=["draft", "confirmed"])
def test_what_is_not_published_shows_nowhere(client, make):
    where = cast.hearing()
    commitment = make(where, what=WHAT)
    assert WHAT not in all_of(client, everywhere(where))
    if commitment.reference:
        assert statuses(client, addresses_of(commitment)) == {404}


def test_an_unlisted_hearing_and_all_that_is_in_it_show_nowhere(client):
    where = cast.hearing(title="Oversight: closed matters")
    commitment = cast.published(where, what=WHAT)
    Hearing.objects.update(is_unlisted=True)
    gone = [
        where.get_absolute_url(),
        reverse("hearing-follow-ups", args=[where.slug]),
        *(f"/hearings/{where.slug}.{kind}" for kind in ("vtt", "json", "csv", "txt")),
        *addresses_of(commitment),
    ]
    assert statuses(client, gone) == {404}
    seen = all_of(client, [*set(everywhere(where)) - set(gone), "/search/?q=pipes"])
    assert WHAT not in seen
    assert "closed matters" not in seen
    assert "lead pipes" not in seen
    assert "All 1 commitments" not in seen


def test_a_moment_in_an_unlisted_hearing_shows_on_no_other_page(client):
    commitment = cast.published()
    closed = cast.hearing(title="Closed matters", lines=((5, "Odalys Odell", "The owl report."),))
    actions.link(
        commitment, cast.selection(closed, "The owl report."),
        by=cast.cora(), now=cast.NOON, role=Moment.Role.QUESTION,
    )  # fmt: skip
    Hearing.objects.filter(pk=closed.pk).update(is_unlisted=True)
    pages = [*everywhere(commitment.hearing), *addresses_of(commitment)]
    seen = all_of(client, [*pages, "/search/?q=owl"])
    assert "owl report" not in seen
    assert "Closed matters" not in seen
    assert commitment.what not in all_of(client, ["/commitments/?q=owl"])


@pytest.mark.parametrize(
    "remove",
    [
        lambda each: actions.withdraw(each, by=cast.rita(), now=cast.NOON, public_reason="Misheard."),
        lambda each: actions.unpublish(each, by=cast.rita(), now=cast.NOON, public_reason="Misheard."),
    ],
    ids=["withdrawn", "unpublished"],
)  # fmt: skip
def test_of_what_was_removed_a_tombstone_stays(client, remove):
    where = cast.hearing()
    commitment = cast.published(where, what=WHAT)
    remove(commitment)
    for address in addresses_of(commitment):
        answer = client.get(address)
        words = answer.content.decode()
        assert answer.status_code == 410, address
        assert commitment.reference in words and "Misheard." in words
        for detail in (WHAT, "get back to you", "Ingrid Fenn", "Water Authority", "Odell"):
            assert detail not in words
    assert WHAT not in all_of(client, everywhere(where))


def test_what_was_removed_before_it_was_public_never_was(client):
    commitment = cast.opened()
    actions.withdraw(commitment, by=cast.rita(), now=cast.NOON)
    assert statuses(client, addresses_of(commitment)) == {404}


def test_what_was_merged_leads_to_its_last_target_at_every_address(client):
    where = cast.hearing()
    first, second, third = (cast.published(where) for _ in range(3))
    actions.merge(first, by=cast.rita(), now=cast.NOON, target=second)
    actions.merge(second, by=cast.rita(), now=cast.NOON, target=third)
    for address, target in zip(addresses_of(first), addresses_of(third), strict=True):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, target)
    assert first.reference not in all_of(client, everywhere(where))


def test_a_draft_merged_before_it_was_public_is_not_known(client):
    where = cast.hearing()
    hidden, target = cast.opened(where), cast.published(where)
    actions.merge(hidden, by=cast.rita(), now=cast.NOON, target=target)
    assert statuses(client, addresses_of(hidden)) == {404}


def test_an_unknown_reference_is_not_found(client):
    assert client.get("/commitments/2019-0001/").status_code == 404


def test_public_pages_name_no_staff_and_set_no_cookie(client):
    where = cast.hearing()
    commitment = cast.published(where)
    actions.pause(
        commitment, by=cast.rita(), now=cast.NOON, public_reason="They asked for two weeks."
    )
    for address in [*everywhere(where), *addresses_of(commitment), "/about/", "/robots.txt"]:
        answer = client.get(address)
        words = answer.content.decode()
        assert not answer.cookies, address
        assert "csrfmiddlewaretoken" not in words, address
        assert not {"Rita", "Cora", "rita", "cora"} & set(words.replace('"', " ").split()), address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_public_pages_are_only_read(client, method):
    where = cast.hearing()
    for address in [*everywhere(where), "/about/", "/agencies/", "/robots.txt"]:
        assert getattr(client, method)(address).status_code == 405, address


@pytest.mark.parametrize(
    "address",
    [
        "/commitments/?year=0",
        "/commitments/?year=99999999999999",
        "/commitments/?agency=nobody&state=draft&due=never&sort=up",
        "/commitments/?due_after=yesterday&page=-3",
        f"/search/?q={'long ' * 100}",
        "/search/?q=%22unfinished",
        "/hearings/?page=nan",
    ],
)
def test_nonsense_in_an_address_is_no_error(read, address):
    cast.published()
    read(address)


@pytest.mark.parametrize("place", ["t=nan", "t=inf", "t=-1", "u=1e400", "u=99999999999999999999", "t=", "u=x"])  # fmt: skip
def test_nonsense_for_a_place_shows_the_first_part(read, place):
    where = cast.hearing()
    assert "So I wanna go back" in read(f"{where.get_absolute_url()}?{place}")
