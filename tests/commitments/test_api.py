"""The API says what the pages say: public things, word for word, and nothing of the staff."""

import json
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments import actions
from commitments.api import docs
from commitments.api.paging import CommitmentCursor
from commitments.filters import ORDERS
from commitments.lifecycle import ACTS
from commitments.mail import issue
from commitments.mail.weeks import week_due
from commitments.models import Commitment, EventText
from hearings.models import Committee, Hearing, Official, Side, Speaker
from tests import cast

pytestmark = pytest.mark.django_db
ALL = ("committees", "agencies", "officials", "hearings", "utterances", "commitments", "events", "digests")  # fmt: skip


def get(client, path: str, **query):
    answer = client.get(f"/api/v1/{path}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def results(client, path: str, **query) -> list[dict]:
    return get(client, path, **query)["results"]


def references(client, **query) -> list[str]:
    return [each["reference"] for each in results(client, "commitments/", **query)]


def follow(client, path: str, **query) -> list[list[dict]]:
    """Every page of a list."""
    pages = [get(client, path, **query)]
    while pages[-1]["next"]:
        link = urlsplit(pages[-1]["next"])
        pages.append(client.get(f"{link.path}?{link.query}").json())
    return [page["results"] for page in pages]


# What a commitment says


def test_a_commitment_in_the_fields_words(client):
    commitment = cast.published()
    told = get(client, f"commitments/{commitment.reference}/")
    assert told["reference"] == commitment.reference
    assert (told["state"], told["visibility"], told["kind"], told["type"]) == (
        "open",
        "public",
        "agreed",
        "information",
    )
    assert told["what"] == "Report how many lead pipes were replaced last winter"
    assert told["quote"] == cast.GET_BACK
    assert told["question"] == "Great. And how many were replaced last winter?"
    assert told["start"] == 8221
    assert told["agency"] == {
        "slug": "wa",
        "name": "Water Authority",
        "url": "http://testserver/agencies/wa/",
    }
    assert told["official"]["name"] == "Ingrid Fenn"
    assert told["owed_to"]["member"]["name"] == "Odalys Odell"
    assert told["owed_to"]["committee"] is None
    assert told["hearing"]["held_on"] == "2026-10-20"
    assert (told["due_on"], told["original_due_on"]) == ("2026-11-04", "2026-11-04")
    assert told["due_basis"] == "target"
    assert "14 days" in told["due_reason"]
    assert told["url"] == f"http://testserver/commitments/{commitment.reference}/"
    assert [moment["role"] for moment in told["moments"]] == ["question", "made"]


def test_lateness_is_asked_of_the_day(client, settings):
    commitment = cast.published()
    for day, late in (("2026-11-04T23:30", 0), ("2026-11-06T00:30", 2)):
        settings.CLOCK_AT = cast.datetime.fromisoformat(day).replace(tzinfo=cast.ZONE)
        told = get(client, f"commitments/{commitment.reference}/")
        assert (told["is_overdue"], told["days_late"]) == (late > 0, late)


# Public things only


def everything(client) -> str:
    return json.dumps([follow(client, f"{name}/") for name in ALL])


def test_drafts_internal_and_withdrawn_ones_are_nowhere(client):
    where = cast.hearing()
    cast.draft(where, what="Draft of a secret")
    opened = cast.opened(where, what="Internal secret")
    told = everything(client)
    assert "secret" not in told and opened.reference not in told
    assert client.get(f"/api/v1/commitments/{opened.reference}/").status_code == 404


def test_an_unlisted_hearing_is_nowhere_nor_anything_of_its(client):
    commitment = cast.published()
    Hearing.objects.update(is_unlisted=True)
    slug = commitment.hearing.slug
    told = everything(client)
    assert slug not in told and commitment.reference not in told and cast.GET_BACK not in told
    assert client.get("/api/v1/utterances/", {"hearing": slug}).status_code == 400
    assert client.get(f"/api/v1/commitments/{commitment.reference}/").status_code == 404


def test_a_moment_in_an_unlisted_hearing_stays_there(client):
    commitment = cast.published()
    closed = cast.hearing("Closed session", lines=((10, "Commissioner Fenn", "Between us only."),))
    actions.link(
        commitment,
        cast.selection(closed, "Between us only."),
        by=cast.cora(),
        now=cast.NOON,
        role="said_earlier",
    )
    Hearing.objects.filter(pk=closed.pk).update(is_unlisted=True)
    assert "Between us only." not in everything(client)


def test_only_the_current_transcript_is_told(client):
    where = cast.hearing()
    better = (*cast.LINES[:-1], (8240, "Speaker 7", "Yeah, we can look into it."))
    cast.hearing(lines=better)
    lines = [each["text"] for each in results(client, "utterances/", hearing=where.slug)]
    assert lines == [text for _start, _speaker, text in better]


def test_somebody_without_an_appointment_is_no_official(client):
    cast.hearing()
    Official.objects.create(name="Nora Nobody")
    neighbour = Official.objects.create(name="Nick Neighbour")
    Speaker.objects.filter(printed_name="Speaker 7").update(official=neighbour, is_settled=True)
    told = everything(client)
    assert "Nobody" not in told and "Neighbour" not in told
    assert client.get("/api/v1/officials/nora-nobody/").status_code == 404


def test_who_only_ever_spoke_for_the_public_is_no_official(client):
    cast.hearing()
    ana = cast.official("Ana Brill", "Resident", Side.PUBLIC)
    Speaker.objects.filter(printed_name="Speaker 7").update(official=ana, is_settled=True)
    assert "Brill" not in everything(client)
    assert client.get("/api/v1/officials/ana-brill/").status_code == 404
    assert client.get("/api/v1/utterances/?speaker=ana-brill").status_code == 400
    cast.official("Ana Brill", "Inspector", Side.AGENCY, agency=cast.water())
    assert client.get("/api/v1/officials/ana-brill/").status_code == 200


def test_members_of_the_public_stay_out_of_the_search(client):
    cast.hearing()
    assert len(results(client, "utterances/", q="look into")) == 1
    Speaker.objects.filter(printed_name="Speaker 7").update(side="public")
    assert results(client, "utterances/", q="look into") == []


def test_the_history_is_date_act_role_and_public_reason(client):
    commitment = cast.published()
    actions.extend(
        commitment,
        by=cast.rita(),
        now=cast.NOON,
        due_on=cast.date(2026, 12, 4),
        asked_by="agency",
        public_reason="They are counting.",
    )
    extended, *_rest = told = results(client, "events/", commitment=commitment.reference)
    assert [each["act"] for each in told] == ["extend", "publish", "confirm"]
    assert extended == {
        "id": extended["id"],
        "commitment": commitment.reference,
        "date": "2026-10-21",
        "act": "extend",
        "words": "Due date extended",
        "role": "reviewer",
        "state": "open",
        "due_on": "2026-12-04",
        "reason_code": "",
        "reason": "They are counting.",
    }


def test_no_name_of_staff_and_no_internal_act_is_told(client):
    commitment = cast.published(internal_note="Ask Bea at the agency")
    actions.send([commitment], by=cast.cora(), now=cast.NOON, sent_on=cast.NOON.date(), recipients="bea@example.org")  # fmt: skip
    told = everything(client)
    for word in ("Cora", "Rita", "cora@", "Bea", "bea@"):
        assert word not in told
    acts = {each["act"] for each in results(client, "events/")}
    assert acts and all(ACTS[act].told for act in acts)


# Gone


def test_a_merged_one_leads_on_for_good(client):
    where = cast.hearing()
    target, twin = cast.published(where), cast.published(where)
    actions.merge(twin, by=cast.rita(), now=cast.NOON, target=target)
    answer = client.get(f"/api/v1/commitments/{twin.reference}/")
    assert answer.status_code == 301
    assert answer["Location"] == f"/api/v1/commitments/{target.reference}/"
    assert references(client) == [target.reference]


def test_a_removed_one_leaves_its_tombstone(client):
    commitment = cast.published()
    actions.withdraw(commitment, by=cast.rita(), now=cast.NOON)
    answer = client.get(f"/api/v1/commitments/{commitment.reference}/")
    assert answer.status_code == 410
    assert answer.json() == {
        "reference": commitment.reference,
        "removed_on": "2026-10-21",
        "reason": "Entered in error",
    }
    assert references(client) == []


def test_a_tombstone_whose_words_were_taken_back_says_the_reason_as_the_page_does(client):
    commitment = cast.published()
    actions.withdraw(commitment, by=cast.rita(), now=cast.NOON, public_reason="Misheard.")
    EventText.objects.update(public_reason="")
    told = client.get(f"/api/v1/commitments/{commitment.reference}/").json()
    assert told["reason"] == "Entered in error"
    assert told == client.get(f"/commitments/{commitment.reference}.json").json()


# Choosing


def test_the_facets_are_those_of_the_page(client):
    where = cast.hearing()
    one = cast.published(where)
    two = cast.published(where, type="meeting", what="Meet the committee")
    assert references(client) == [two.reference, one.reference]
    assert references(client, type="meeting") == [two.reference]
    assert references(client, q="pipes") == [one.reference]
    assert references(client, agency="wa", hearing=where.slug, said_by="ingrid-fenn") == [
        two.reference,
        one.reference,
    ]
    assert references(client, state="fulfilled") == []


def test_a_facet_that_isnt_understood_is_named(client):
    answer = client.get("/api/v1/commitments/", {"agency": "no-such-agency", "sort": "colour"})
    assert answer.status_code == 400
    assert sorted(answer.json()) == ["agency", "sort"]


def test_every_order_of_the_page_is_an_order_here():
    assert CommitmentCursor.ORDERS.keys() == dict(ORDERS).keys()


@pytest.mark.parametrize("sort", dict(ORDERS))
def test_every_order_pages_through_all_once(client, sort):
    where = cast.hearing()
    days = [cast.date(2026, 12, 1), None, cast.date(2026, 11, 20), None, cast.date(2026, 12, 1)]
    made = [cast.published(where) for _ in days]
    for commitment, day in zip(made, days, strict=True):
        if day:
            actions.extend(commitment, by=cast.rita(), now=cast.NOON, due_on=day, asked_by="council", public_reason="So agreed.")  # fmt: skip
    pages = follow(client, "commitments/", sort=sort, page_size=2)
    told = [each for page in pages for each in page]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert {each["reference"] for each in told} == {each.reference for each in made}
    dates = [each["due_on"] for each in told]
    if sort in ("due", "-due"):
        assert dates == sorted(dates, reverse=sort == "-due")


def test_a_hearings_lines_come_in_the_order_spoken(client):
    where = Hearing.objects.create(title="By chapters", held_on=cast.HELD_ON)
    for lines in (cast.LINES[3:5], cast.LINES[:2]):
        chapter = cast.parsed(lines, covers_hearing=False)
        cast.import_transcript(
            where, chapter, digest=cast.digest_of(repr(lines).encode()), now=cast.NOON
        )
    pages = follow(client, "utterances/", hearing=where.slug, page_size=2)
    assert [each["start"] for page in pages for each in page] == [8200, 8208, 8216, 8221]


def test_lines_are_chosen_by_speaker_and_words(client):
    cast.hearing()
    said = results(client, "utterances/", speaker="ingrid-fenn")
    assert [each["text"] for each in said] == ["Absolutely.", cast.GET_BACK]
    assert said[0]["speaker"] == "Commissioner Fenn"
    assert said[0]["official"]["url"] == "http://testserver/officials/ingrid-fenn/"
    assert said[0]["url"].endswith(f"?u={said[0]['id']}#u{said[0]['id']}")
    assert [each["text"] for each in results(client, "utterances/", q="breakdowns")] == [
        "Can you get us that breakdown by ward?"
    ]


def test_hearings_are_chosen_by_committee_and_day(client):
    where = cast.hearing()
    Committee.objects.create(name="Committee on Parks")
    assert [each["slug"] for each in results(client, "hearings/", committee="committee-on-water")] == [where.slug]  # fmt: skip
    assert results(client, "hearings/", committee="committee-on-parks") == []
    assert results(client, "hearings/", held_after="2026-10-21") == []


def test_a_digest_names_what_is_still_public(client):
    commitment = cast.published()
    monday = cast.at(cast.date(2026, 11, 9))
    week = week_due(monday)
    issue.make(week, monday)
    told = get(client, f"digests/{week.period}/")
    assert told["sections"]["newly_overdue"] == [commitment.reference]
    assert told["figures"]["overdue"] == 1
    actions.unpublish(commitment, by=cast.rita(), now=monday, public_reason="Wrong speaker.")
    assert get(client, f"digests/{week.period}/")["sections"]["newly_overdue"] == []


# The rest of the promise


@pytest.mark.parametrize("name", ALL)
def test_queries_are_constant_and_nothing_is_counted(client, name):
    cast.published()
    few = ask(client, name)
    for number in range(4):
        where = cast.hearing(f"Oversight {number}", cast.date(2026, 10, 5 + number))
        cast.published(where)
    cast.official("Olu Okafor", "Director", "agency", agency=cast.water())
    many = ask(client, name)
    assert len(many) == len(few) <= 7
    assert not [query for query in many if "COUNT(" in query]


def ask(client, name: str) -> list[str]:
    client.get(f"/api/v1/{name}/")  # the council is read once and kept
    with CaptureQueriesContext(
        connection,
    ) as queries:
        get(client, f"{name}/")
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("cursor", ["nonsense", "cD1zb29u", "bz05OTk5OTk="])
@pytest.mark.parametrize("name", ["commitments", "hearings", "events"])
def test_a_cursor_that_isnt_ours_is_told_so(client, name, cursor):
    answer = client.get(f"/api/v1/{name}/", {"cursor": cursor})
    assert answer.status_code in (200, 404)
    assert answer["Content-Type"] == "application/json"


@pytest.mark.parametrize("path", ["nothing/", "commitments/2026-9999/", "hearings/no-such/"])
def test_errors_are_json(client, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code == 404
    assert answer.json()["detail"]


def test_it_is_read_only_and_sets_no_cookie(client):
    commitment = cast.published()
    client.force_login(cast.lea())
    for method in (client.post, client.put, client.patch, client.delete):
        answer = method(f"/api/v1/commitments/{commitment.reference}/")
        assert answer.status_code == 405
        assert answer.json()["detail"]
        assert not answer.cookies
    assert Commitment.objects.filter(pk=commitment.pk).exists()


def test_the_schema_is_whole_and_open(client, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "schema.yml"))
    answer = client.get("/api/v1/schema/", headers={"accept": "application/json"})
    assert answer.json()["openapi"].startswith("3.")
    assert f"/api/v1/{ALL[0]}/" in answer.json()["paths"]


def test_the_page_of_the_api_names_every_address_and_field(client):
    page = client.get("/api/v1/docs/").content.decode()
    assert "<script" not in page
    assert sorted(resource.name for resource in docs.resources()) == sorted(ALL)
    for resource in docs.resources():
        for address in resource.addresses:
            assert f"GET {address}" in page
        for named in (*resource.parameters, *resource.fields):
            assert f"<code>{named.name}</code>" in page


def test_the_root_leads_everywhere(client):
    assert sorted(get(client, "")) == sorted(ALL)
