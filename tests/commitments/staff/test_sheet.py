"""A hearing's follow-ups in one table: changed in place, put in order, confirmed and published."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from docx.enum.section import WD_ORIENT

from commitments import actions
from commitments.lifecycle import State
from commitments.models import Commitment, Visibility
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return cast.hearing()


@pytest.fixture
def cora(client):
    client.force_login(cast.cora())
    return client


@pytest.fixture
def rita(client):
    client.force_login(cast.rita())
    return client


def sheet(where) -> str:
    return reverse("staff-follow-ups", args=[where.slug])


def as_shown(client, where) -> dict:
    """What a browser would send of the sheet as it arrives."""
    rows = client.get(sheet(where)).context["rows"]
    sent = {f"form-{name}": rows.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    for row in rows:
        for field in row:
            value = field.value()
            sent[field.html_name] = sent[field.html_initial_name] = "" if value is None else value
    return sent


def test_a_changed_cell_is_saved_with_an_event(cora, where):
    draft = cast.draft(where)
    sent = as_shown(cora, where) | {"form-0-what": "Send the count", "form-0-kind": "requested"}
    assert "1 row saved" in cora.post(sheet(where), sent, follow=True).text
    draft.refresh_from_db()
    assert (draft.what, draft.kind) == ("Send the count", "requested")
    assert draft.events.last().facts == {"changed": ["kind", "what"]}


def test_rows_nobody_touched_make_no_event(cora, where):
    draft = cast.draft(where)
    cora.post(sheet(where), as_shown(cora, where))
    assert draft.events.count() == 1


def test_of_two_who_change_a_row_one_is_told_and_keeps_what_was_typed(cora, where):
    draft = cast.draft(where)
    sent = as_shown(cora, where) | {"form-0-what": "Mine"}
    actions.edit(draft, by=cast.rita(), now=cast.NOON, what="Theirs")
    text = cora.post(sheet(where), sent).text
    draft.refresh_from_db()
    assert "Somebody else changed this commitment" in text and "Mine" in text
    assert draft.what == "Theirs"


def test_a_neighbours_change_in_another_row_is_kept(cora, where):
    cast.draft(where)
    other = cast.draft(where, "Absolutely.")
    sent = as_shown(cora, where) | {"form-0-what": "Mine"}
    actions.edit(other, by=cast.rita(), now=cast.NOON, what="Theirs")
    cora.post(sheet(where), sent)
    assert set(Commitment.objects.values_list("what", flat=True)) == {"Mine", "Theirs"}


def test_all_rows_or_none(cora, where):
    draft = cast.draft(where)
    cast.opened(where)
    sent = as_shown(cora, where) | {"form-0-what": "Changed", "form-1-due_on": "2026-12-24"}
    text = cora.post(sheet(where), sent).text
    draft.refresh_from_db()
    assert "is extended, with a reason" in text
    assert draft.what != "Changed"


def test_a_wording_of_the_record_is_a_reviewers(cora, where):
    cast.opened(where)
    sent = as_shown(cora, where) | {"form-0-what": "Changed"}
    assert "needs the role Reviewer" in cora.post(sheet(where), sent).text


def test_a_date_on_a_weekend_rolls_forward(cora, where):
    draft = cast.draft(where)
    cora.post(sheet(where), as_shown(cora, where) | {"form-0-due_on": "2026-12-05"})
    draft.refresh_from_db()
    assert draft.due_on == date(2026, 12, 7)


def test_nonsense_is_marked_and_nothing_is_lost(cora, where):
    cast.draft(where)
    text = cora.post(sheet(where), as_shown(cora, where) | {"form-0-due_on": "soon", "form-0-what": "Typed"}).text  # fmt: skip
    assert "Nothing was saved" in text and "Typed" in text


def test_rows_are_moved_down_and_up(cora, where):
    first, second = cast.draft(where), cast.draft(where, "Absolutely.")
    order = lambda: list(where.commitments.order_by("position").values_list("pk", flat=True))  # noqa: E731
    cora.post(sheet(where), as_shown(cora, where) | {"move": f"down:{first.pk}"})
    assert order() == [second.pk, first.pk]
    cora.post(sheet(where), as_shown(cora, where) | {"move": f"up:{first.pk}"})
    assert order() == [first.pk, second.pk]
    cora.post(sheet(where), as_shown(cora, where) | {"move": f"up:{first.pk}"})
    assert order() == [first.pk, second.pk]


@pytest.mark.parametrize("move", ["up:", "up:x", "down:²", "up:0", f"down:{10**30}"])
def test_a_row_that_is_not_there_moves_nothing(cora, where, move):
    draft = cast.draft(where)
    cora.post(sheet(where), as_shown(cora, where) | {"move": move, "form-0-what": "Changed"})
    draft.refresh_from_db()
    assert (draft.what, draft.position) == ("Changed", 1)


def test_only_rows_that_moved_are_written(where):
    drafts = [cast.draft(where) for _each in range(4)]
    with CaptureQueriesContext(connection) as asked:
        actions.move(drafts[3], by=cast.cora(), places=-1)
    assert sum(each["sql"].startswith("UPDATE") for each in asked) == 2


def test_the_order_is_a_clerks(where):
    with pytest.raises(actions.Refused, match="needs the role Clerk"):
        actions.move(cast.draft(where), by=cast.rob(), places=1)


NOTE = {"note-clock_time": "12:31 pm", "note-who": "Fenn", "note-owed_to": "Odell", "note-what": "Bring the roster by Friday"}  # fmt: skip


def test_a_note_is_added_and_rows_are_saved_with_it(cora, where):
    cast.draft(where)
    cora.post(sheet(where), as_shown(cora, where) | NOTE | {"form-0-what": "Changed", "add": 1})
    tagged, noted = where.commitments.order_by("position")
    assert tagged.what == "Changed"
    assert (noted.note.who, f"{noted.note.clock_time:%H:%M}") == ("Fenn", "12:31")
    assert noted.due_on == date(2026, 10, 23)  # the Friday of that week, as spoken


def test_who_said_it_brings_the_agency_along(cora, where):
    cora.post(sheet(where), {"form-TOTAL_FORMS": 0, "form-INITIAL_FORMS": 0} | NOTE)
    cora.post(sheet(where), as_shown(cora, where) | {"form-0-official": cast.fenn().pk})
    assert Commitment.objects.get().agency == cast.water()


def test_a_note_needs_its_words(cora, where):
    text = cora.post(sheet(where), {"note-who": "Fenn", "add": 1}).text
    assert "Nothing was saved" in text and not where.commitments.exists()


def test_notes_are_taken_before_there_is_a_transcript(cora):
    from hearings.importing import find_or_make_hearing

    bare, _ = find_or_make_hearing(title="Bare", held_on=cast.HELD_ON, committees=["Rules"])
    response = cora.post(reverse("notes"), NOTE | {"hearing": bare.slug}, follow=True)
    assert "Added: Bring the roster by Friday" in response.text
    assert Commitment.objects.get().hearing == bare


def test_confirming_asks_first_and_names_what_is_missing(rita, where):
    whole = cast.draft(where)
    partly = cast.draft(where, "Absolutely.", agency=None)
    asked = rita.get(reverse("sheet-act", args=[where.slug, "confirm"])).text
    assert whole.what in asked and "the agency that owes it" in asked
    assert not where.commitments.exclude(state=State.DRAFT).exists()
    rita.post(reverse("sheet-act", args=[where.slug, "confirm"]), {"chosen": [whole.pk]})
    whole.refresh_from_db(), partly.refresh_from_db()
    assert (whole.state, partly.state) == (State.OPEN, State.DRAFT)


def test_confirming_is_all_or_nothing(rita, where):
    whole, partly = cast.draft(where), cast.draft(where, "Absolutely.", agency=None)
    chosen = {"chosen": [whole.pk, partly.pk]}
    text = rita.post(reverse("sheet-act", args=[where.slug, "confirm"]), chosen).text
    assert "Before this can be confirmed" in text
    assert not where.commitments.exclude(state=State.DRAFT).exists()


def test_publishing_leaves_out_who_is_not_settled(rita, where):
    ready = cast.opened(where)
    actions.confirm(
        cast.draft(where, "Yeah, we can look into that."), by=cast.rita(), now=cast.NOON
    )
    asked = rita.get(reverse("sheet-act", args=[where.slug, "publish"]))
    assert [each for each, _missing in asked.context["candidates"]] == [ready]
    rita.post(reverse("sheet-act", args=[where.slug, "publish"]), {"chosen": [ready.pk]})
    ready.refresh_from_db()
    assert ready.visibility == Visibility.PUBLIC


@pytest.mark.parametrize("act", ["confirm", "publish"])
def test_a_clerk_neither_confirms_nor_publishes(cora, where, act):
    cast.draft(where)
    assert cora.post(reverse("sheet-act", args=[where.slug, act])).status_code == 403


def test_the_word_file_is_a_real_table(cora, where):
    draft = cast.draft(where)
    response = cora.get(reverse("staff-follow-ups-docx", args=[where.slug]))
    file = Document(io.BytesIO(response.content))
    header, row = file.tables[0].rows
    assert file.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert file.paragraphs[0].style.name == "Heading 1"
    assert header.cells[1].text == "What" and draft.what in row.cells[1].text
    assert row.cells[7].text == "2:17:01"


@pytest.mark.parametrize("who", [cast.rob, cast.adam])
def test_it_needs_a_clerk(client, where, who):
    client.force_login(who())
    for address in (sheet(where), reverse("notes"), reverse("staff-follow-ups-docx", args=[where.slug])):  # fmt: skip
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403


@pytest.mark.parametrize("count", [2, 12])
@pytest.mark.parametrize("made", [cast.draft, cast.opened])
def test_the_sheet_costs_the_same_for_any_length(
    cora, where, made, count, django_assert_max_num_queries
):
    for _each in range(count):
        made(where)
    with django_assert_max_num_queries(12):
        cora.get(sheet(where))
