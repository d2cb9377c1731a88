"""The act table, the actions, their forms and the database agree."""

from inspect import signature

import pytest
from django.db import IntegrityError, connection, transaction

from commitments import actions, lifecycle
from commitments.lifecycle import State
from commitments.models import Commitment, Event
from commitments.staff.acts import ELSEWHERE
from commitments.staff.forms import form_for
from tests import cast

pytestmark = pytest.mark.django_db


def force_checks() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_confirmed_has_a_reference_and_its_first_date():
    commitment = cast.opened()
    assert (commitment.reference, commitment.state) == ("2026-0001", State.OPEN)
    assert commitment.due_on == commitment.original_due_on
    assert commitment.due_reason.startswith("Council's target for information: 14 days")


def test_the_first_fourteen_days_end_on_election_day_and_roll_forward():
    assert str(cast.opened().due_on) == "2026-11-04"


def test_a_state_without_its_event_is_refused():
    commitment = cast.opened()
    with pytest.raises(IntegrityError, match="no event says so"), transaction.atomic():
        Commitment.objects.filter(pk=commitment.pk).update(state=State.DRAFT, reference=None)
        force_checks()


def test_an_event_without_its_state_is_refused():
    commitment = cast.opened()
    last = commitment.events.last()
    with pytest.raises(IntegrityError, match="never stood so"), transaction.atomic():
        last.pk, last.number = None, last.number + 1
        last.save(force_insert=True)
        force_checks()


@pytest.mark.parametrize("spoil", [lambda e: e.delete(), lambda e: e.update(act="tag")])
def test_history_is_append_only(spoil):
    cast.draft()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        spoil(Event.objects.all())


def test_history_can_not_be_truncated():
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE commitments_event CASCADE")


def test_a_move_outside_the_table_is_refused():
    commitment = cast.draft()
    with pytest.raises(IntegrityError, match="event_is_in_the_act_table"), transaction.atomic():
        Event.objects.create(
            commitment=commitment, number=9, act="confirm", at=cast.NOON, by=cast.rita(),
            role="reviewer", state_before="fulfilled", state="open", visibility="internal",
        )  # fmt: skip


def test_the_database_knows_exactly_the_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s",
            ["event_is_in_the_act_table"],
        )
        condition = cursor.fetchone()[0]
    for act, before, after in lifecycle.moves():
        assert all(f"'{word}'" in condition for word in (act, before, after))
    assert condition.count("act)::text =") == len(list(lifecycle.moves()))


OF_PEOPLE = [act for act in lifecycle.TABLE if act.role]
ONE_VERB = {"ask_again": "send", "amend": "edit"}
ACTED_ON = {"hearing", "commitment", "commitments", "by", "now", "version"}


@pytest.mark.parametrize("act", OF_PEOPLE, ids=lambda act: act.name)
def test_a_verb_takes_what_its_act_carries(act):
    verb = signature(getattr(actions, ONE_VERB.get(act.name, act.name)))
    must = {each.name for each in verb.parameters.values() if each.default is each.empty}
    assert must - ACTED_ON - {"facts"} <= set(act.carries) <= set(verb.parameters)


@pytest.mark.parametrize(
    "act", [act for act in OF_PEOPLE if act.name not in ELSEWHERE], ids=lambda act: act.name
)
def test_a_form_asks_for_what_its_act_carries(act):
    fields = {("selection" if name == "link" else name): field for name, field in form_for(act.name).base_fields.items()}  # fmt: skip
    must = {name for name, field in fields.items() if field.required}
    assert must - ACTED_ON <= set(act.carries) <= set(fields)


def test_a_clerk_can_not_confirm():
    with pytest.raises(actions.Refused, match="needs the role Reviewer"):
        actions.confirm(cast.draft(), by=cast.cora(), now=cast.NOON)


def test_of_two_who_act_at_once_one_is_told():
    commitment = cast.draft()
    seen = commitment.version
    actions.edit(commitment, by=cast.cora(), now=cast.NOON, version=seen, what="Send the list")
    with pytest.raises(actions.Conflict, match="Somebody else"):
        actions.edit(commitment, by=cast.rita(), now=cast.NOON, version=seen, what="Send it")


def test_an_unsettled_speaker_is_not_published():
    where = cast.hearing()
    commitment = cast.draft(where, "Yeah, we can look into that.")
    actions.confirm(commitment, by=cast.rita(), now=cast.NOON)
    with pytest.raises(actions.Refused, match="Speaker 7"):
        actions.publish(commitment, by=cast.rita(), now=cast.NOON)
