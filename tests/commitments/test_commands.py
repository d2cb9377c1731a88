"""`suggest`, `generate` and `verify` from the command line."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from commitments.lifecycle import State, Visibility
from commitments.models import Commitment, Event, Moment, Subscriber, Subscription
from hearings.models import Hearing, Utterance
from tests import cast

LOAD = {"hearings": 6, "utterances": 600, "commitments": 240, "subscribers": 50}


def run(*arguments, **options) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue()


# suggest


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "lead.jsonl"
    said = [
        (20, "Odalys Odell", "Can you get us that breakdown by ward?"),
        (10, "Commissioner Fenn", "Good morning."),
        (30, "Commissioner Fenn", "We will get back to you with that number by next Friday."),
    ]
    path.write_text(
        "\n\n".join(
            json.dumps({"start": start, "speaker": who, "text": text}) for start, who, text in said
        )  # fmt: skip
    )
    return path


def suggested(*arguments) -> list[dict]:
    return [json.loads(line) for line in run("suggest", *arguments).splitlines()]


def test_a_file_is_read_without_a_database(page):
    """Any query would fail: this test has no database."""
    (found,) = suggested(page, "--date", "2026-10-20", "--min-score", "0.3")
    assert list(found) == [
        "utterance", "end_utterance", "start", "speaker", "quote", "score", "strength", "type",
        "kind", "how", "cue", "reason", "asked_by", "asked_for", "request", "due_words",
        "due_on", "due_basis", "answered_later",
    ]  # fmt: skip
    assert found["utterance"] == found["end_utterance"] == 2
    assert (found["start"], found["speaker"]) == (30, "Commissioner Fenn")
    assert found["kind"] == "agreed"
    assert "next Friday" in found["due_words"]
    assert (found["due_on"], found["due_basis"]) == ("2026-10-30", "spoken")


def test_without_a_date_no_due_date_is_guessed(page):
    (found,) = suggested(page, "--min-score", "0.3")
    assert (found["due_on"], found["due_basis"]) == (None, None)
    assert found["due_words"]


def test_a_holiday_moves_a_spoken_date(page):
    page.write_text(page.read_text().replace("next Friday", "November 26th"))
    (found,) = suggested(page, "--date", "2026-10-20", "--min-score", "0.3")
    assert found["due_on"] == "2026-11-27"  # the 26th is Thanksgiving


def test_what_role_words_say_the_public_promised_is_not_suggested(page):
    said = page.read_text()
    page.write_text(
        said.replace('"Commissioner Fenn",', '"Mel Tenant", "role": "Witness — public",')
    )
    assert suggested(page, "--min-score", "0.3") == []


def test_as_one_object(page):
    told = json.loads(run("suggest", page, "--json", "--min-score", "0.3"))
    assert [each["utterance"] for each in told["suggestions"]] == [2]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--date", "soon"), "--date must be a date"),
        (("--min-score", "2"), "between 0 and 1"),
        (("--format", "runes"), "no format 'runes'"),
    ],
)
def test_bad_options_are_named(page, arguments, why):
    with pytest.raises(CommandError, match=why):
        suggested(page, *arguments)


@pytest.mark.django_db
def test_a_hearing_is_read_by_its_own_date_and_holidays():
    where = cast.hearing()
    found = suggested(where.slug, "--min-score", "0.3")
    assert cast.GET_BACK in [each["quote"] for each in found]
    assert [each["start"] for each in found] == sorted(each["start"] for each in found)
    with pytest.raises(CommandError, match="no file and no hearing"):
        suggested("no-such-hearing")


# generate


@pytest.fixture
def load(db) -> dict:
    options = [f"--{name}={count}" for name, count in LOAD.items()]
    return json.loads(run("generate", *options, "--seed", "3", "--json"))


def test_a_load_is_as_large_as_asked(load):
    assert Hearing.objects.count() == LOAD["hearings"]
    assert Utterance.objects.current().count() == LOAD["utterances"]
    assert Commitment.objects.count() == LOAD["commitments"]
    assert Subscriber.objects.active().count() == LOAD["subscribers"]
    assert Subscription.objects.exclude(confirmed_at=None).count() == LOAD["subscribers"]
    assert load["rows"] == sum(load["tables"].values()) > 1000


def test_the_load_keeps_every_constraint_and_trigger(load):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert run("verify").startswith(f"{LOAD['commitments']} commitments replayed, 0 not")


def test_the_load_stands_in_every_state(load):
    states = set(Commitment.objects.values_list("state", flat=True))
    assert states == set(State.values) - {State.MERGED}
    shown = Commitment.objects.public()
    assert 0 < shown.count() < LOAD["commitments"]
    assert not Commitment.objects.filter(state=State.DRAFT, reference__isnull=False).exists()


def test_a_quote_of_the_load_is_what_was_said(load):
    for moment in Moment.objects.select_related("utterance", "utterance__part", "commitment"):
        assert moment.quote == moment.utterance.text
        assert moment.speaker_id == moment.utterance.speaker_id
        assert moment.utterance.part.hearing_id == moment.commitment.hearing_id


def test_the_acts_go_on_from_the_load(load):
    from commitments import actions

    waiting = Commitment.objects.filter(state=State.RESPONSE_RECEIVED).first()
    met = actions.judge(
        waiting, by=cast.rita(), now=cast.at(cast.date(2027, 1, 4)), outcome="fulfilled",
        public_reason="It came.", evidence="The list",
    )  # fmt: skip
    assert met.state == State.FULFILLED


def test_the_same_seed_tells_the_same(db, django_db_blocker):
    def told(seed: int) -> list:
        options = [f"--{name}={count}" for name, count in LOAD.items()]
        run("generate", *options, "--seed", seed)
        newest = Commitment.objects.order_by("-pk")[: LOAD["commitments"]]
        return [(c.what, c.state, c.due_on, c.confirmed_on) for c in newest]

    first, again, other = told(5), told(5), told(6)
    assert first == again != other


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("numbers", "why"),
    [((-1, 0, 0, 0), "below zero"), ((0, 5, 0, 0), "at least one hearing"), ((2, 3, 1, 0), "two utterances")],
)  # fmt: skip
def test_an_impossible_load_is_refused(numbers, why):
    options = [f"--{name}={count}" for name, count in zip(LOAD, numbers, strict=True)]
    with pytest.raises(CommandError, match=why):
        run("generate", *options)


@pytest.mark.django_db
def test_subscribers_alone_need_no_hearing():
    run("generate", "--hearings=0", "--utterances=0", "--commitments=0", "--subscribers=3")
    assert Subscriber.objects.count() == 3


# verify


def unexplained() -> list[dict]:
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify", "--json", stdout=out)
    assert ended.value.code == 1
    return json.loads(out.getvalue())["unexplained"]


@pytest.mark.django_db
def test_a_register_made_by_acts_is_explained():
    where = cast.hearing()
    cast.answered(cast.published(where)), cast.draft(where)
    told = json.loads(run("verify", "--json"))
    assert told == {"checked": 2, "unexplained": []}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("visibility", Visibility.REMOVED),
        ("due_on", cast.date(2027, 3, 1)),
        ("version", 1),
    ],
)
def test_a_row_changed_behind_the_acts_is_found(field, value):
    commitment = cast.published()
    without_triggers("UPDATE commitments_commitment SET {} = %s", field, value)
    (fact,) = unexplained()
    assert fact["commitment"] == commitment.reference
    assert fact["stands"][field] == (str(value) if field == "due_on" else value)
    assert fact["stands"][field] != fact["events_say"][field]


@pytest.mark.django_db
def test_a_hole_in_the_history_is_found():
    commitment = cast.published()
    without_triggers("DELETE FROM commitments_event WHERE {} = %s", "number", 2)
    (fact,) = unexplained()
    assert fact["broken_at"] == 3
    assert Event.objects.filter(commitment=commitment).count() == 2


def without_triggers(statement: str, column: str, value) -> None:
    """As somebody with the database's own password could."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement.format(column), [value])
        cursor.execute("SET LOCAL session_replication_role = origin")
