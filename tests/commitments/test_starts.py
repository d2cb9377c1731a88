"""When a moment begins: where its line does, until somebody has heard it and sets the second."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from commitments import actions
from commitments.models import Commitment, Moment
from hearings.models import Hearing, Utterance
from tests import cast
from tests.commitments.staff.test_tagging import filled, page

pytestmark = pytest.mark.django_db
LINE = 8221  # of cast.GET_BACK, 2:17:01


@pytest.fixture(autouse=True)
def _on_a_day(settings):
    settings.CLOCK_AT = cast.NOON


@pytest.fixture
def where():
    return cast.hearing()


@pytest.fixture
def cora(client):
    client.force_login(cast.cora())
    return client


def tagged(client, where, **given) -> Moment:
    """What the form makes of the answer, with these fields changed."""
    sent = filled(client, where, u=cast.said(where, cast.GET_BACK).pk)
    client.post(page(where), sent | given)
    return Commitment.objects.latest("pk").made


def start_of(moment: Moment) -> tuple[float | None, bool]:
    moment.refresh_from_db()
    return moment.start, moment.is_start_set


# Tagging


def test_the_form_arrives_with_the_lines_second(cora, where):
    line = cast.said(where, cast.GET_BACK)
    assert filled(cora, where, u=line.pk)["starts_at"] == "2:17:01"
    Utterance.objects.filter(pk=line.pk).update(start=8221.46, place=8221.46)
    assert filled(cora, where, u=line.pk)["starts_at"] == "2:17:01.5"


def test_what_nobody_touched_is_the_lines_own(cora, where):
    Utterance.objects.update(end=8229.4)
    made = tagged(cora, where)
    assert start_of(made) == (LINE, False)
    assert made.end == 8229.4


@pytest.mark.parametrize(("typed", "second"), [("2:17:02.4", 8222.4), ("137:03", 8223), ("8220.5", 8220.5)])  # fmt: skip
def test_what_somebody_heard_is_kept_with_the_act(cora, where, typed, second):
    made = tagged(cora, where, starts_at=typed)
    assert start_of(made) == (second, True)
    assert made.commitment.events.get().facts == {"start": second}


def test_an_empty_field_leaves_it_to_the_line(cora, where):
    assert start_of(tagged(cora, where, starts_at="")) == (LINE, False)


def test_an_untimed_line_is_given_a_second(cora, where):
    Utterance.objects.update(start=None)
    assert filled(cora, where, u=cast.said(where, cast.GET_BACK).pk).get("starts_at") == ""
    assert start_of(tagged(cora, where, starts_at="2:17:03")) == (8223, True)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("soon", "Write the time as 2:30:50"),
        ("-5", "Write the time as 2:30:50"),
        ("2:99:01", "Write the time as 2:30:50"),
        ("2:15:50", "2:15:50 is more than a minute away from these words (2:17:01)"),
        ("3:17:01", "more than a minute away"),
    ],
)
def test_a_second_that_cannot_be_is_refused_and_nothing_is_lost(cora, where, typed, told):
    sent = filled(cora, where, u=cast.said(where, cast.GET_BACK).pk)
    response = cora.post(page(where), sent | {"starts_at": typed, "what": "Send the count"})
    assert told in response.text and "Send the count" in response.text
    assert f'value="{typed}"' in response.text
    assert not Commitment.objects.exists()


def test_the_acts_refuse_it_too(where):
    with pytest.raises(actions.Refused, match="more than a minute away"), transaction.atomic():
        cast.draft(where, start=9000)
    assert not Commitment.objects.exists()
    draft = cast.draft(where)
    with pytest.raises(actions.Refused, match="more than a minute away"):
        actions.edit(draft, by=cast.cora(), now=cast.NOON, start=9000.0)


def test_an_end_that_is_then_before_it_is_not_known(where):
    Utterance.objects.update(end=8224)
    assert cast.draft(where, start=8222.5).made.end == 8224
    assert cast.draft(where, start=8225).made.end is None


def test_undo_takes_it_back_with_the_draft(cora, where):
    tagged(cora, where, starts_at="2:17:03")
    cora.post(reverse("hearing-undo", args=[where.slug]))
    assert not where.commitments.exclude(state="withdrawn").exists()
    assert filled(cora, where, u=cast.said(where, cast.GET_BACK).pk)["starts_at"] == "2:17:01"


# Editing


def saved(client, commitment, **given):
    """The commitment's own form, sent as it came but for these fields."""
    address = commitment.get_staff_url()
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields} | {"version": commitment.version}
    sent = {name: getattr(value, "pk", value) for name, value in (sent | given).items()}
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    response = client.post(address, sent)
    commitment.refresh_from_db()
    return response


def test_a_draft_is_given_another_start_and_loses_it_again(cora, where):
    draft = cast.draft(where)
    saved(cora, draft, starts_at="2:16:59.5")
    assert start_of(draft.made) == (8219.5, True)
    assert draft.events.latest("number").facts == {"start": 8219.5, "changed": ["start"]}
    saved(cora, draft, what="Report the number")
    assert start_of(draft.made) == (8219.5, True)
    saved(cora, draft, starts_at="")
    assert start_of(draft.made) == (LINE, False)


def test_a_start_far_away_is_told_at_the_field(cora, where):
    draft = cast.draft(where)
    response = saved(cora, draft, starts_at="1:00:00")
    assert "more than a minute away" in response.text
    assert start_of(draft.made) == (LINE, False)


def test_on_the_list_it_is_a_correction_of_the_record(client, where):
    commitment = cast.published(where)
    client.force_login(cast.rita())
    saved(client, commitment, starts_at="2:17:03")
    assert commitment.events.latest("number").act == "amend"
    assert start_of(commitment.made) == (8223, True)


def test_what_came_from_notes_has_none(cora, where):
    due = actions.date_set_by_staff(None)
    note = actions.note(where, by=cast.cora(), now=cast.NOON, due=due, what="Send the map")
    assert "starts_at" not in cora.get(note.get_staff_url()).context["form"].fields
    with pytest.raises(actions.Refused, match="no start in the recording"):
        actions.edit(note, by=cast.cora(), now=cast.NOON, start=3.0)


@pytest.mark.parametrize("row", [{"start": -1}, {"start": None, "is_start_set": True}])
def test_the_database_refuses_nonsense(where, row):
    made = cast.draft(where).made
    with pytest.raises(IntegrityError, match="moment_start"), transaction.atomic():
        Moment.objects.filter(pk=made.pk).update(**row)


# Where it is read


def test_pages_video_links_and_json_have_the_second_that_was_set(client, where):
    Hearing.objects.update(video_url="https://www.youtube.com/watch?v=abc", video_offset=10)
    where.refresh_from_db()
    Utterance.objects.update(is_interpolated=True)
    commitment = cast.published(where, start=8223.6)
    text = client.get(commitment.get_absolute_url()).content.decode()
    assert "2:17:03" in text and "2:17:01" not in text
    assert "watch?v=abc&amp;t=8233s" in text and "start=8233" in text
    assert not re.search(r"about\s+2:17", text)
    facts = client.get(f"{commitment.get_absolute_url()[:-1]}.json").json()
    assert facts["start"] == 8223.6
    sheet = client.get(f"{where.get_absolute_url()}follow-ups/").content.decode()
    assert "2:17:03" in sheet and not re.search(r"about\s+2:17", sheet)
