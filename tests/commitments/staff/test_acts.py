"""One commitment on the desk: each act asks for what it must carry, and for nothing else."""

from datetime import date

import pytest
from django.urls import reverse

from commitments import actions
from commitments.lifecycle import State, Visibility
from commitments.models import Commitment, Moment
from hearings import clock
from tests import cast

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: cast.at(TODAY))


def logged_in(client, who):
    client.force_login(who())
    return client


def do(client, commitment, act: str, follow=True, **given):
    commitment.refresh_from_db()
    address = reverse("act", args=[commitment.get_staff_ref(), act])
    return client.post(address, {"version": commitment.version} | given, follow=follow)


def fresh(commitment) -> Commitment:
    return Commitment.objects.get(pk=commitment.pk)


WORDS = "The department wrote to us."


def test_the_page_tells_the_whole_record(client):
    commitment = cast.answered(cast.published())
    text = logged_in(client, cast.rob).get(commitment.get_staff_url()).text
    assert cast.GET_BACK in text.replace("&#x27;", "'")
    assert "And how many were replaced last winter?" in text
    assert "Cora, clerk" in text and "Rita, reviewer" in text


def test_a_reader_is_offered_no_act(client):
    response = logged_in(client, cast.rob).get(cast.draft().get_staff_url())
    assert response.context["acts"] == []


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        (cast.cora, {"link", "check", "discard"}),
        (cast.rita, {"link", "check", "discard", "confirm", "merge", "withdraw"}),
    ],
)
def test_acts_are_those_the_role_allows(client, who, wanted):
    response = logged_in(client, who).get(cast.draft().get_staff_url())
    offered = {act.name for act in response.context["acts"]}
    assert wanted <= offered and ("confirm" in offered) == ("confirm" in wanted)


def test_every_act_that_is_offered_has_its_page(client):
    logged_in(client, cast.lea)
    where = cast.hearing()
    for commitment in (cast.draft(where), cast.opened(where), cast.published(where), cast.answered(cast.opened(where))):  # fmt: skip
        page = client.get(commitment.get_staff_url())
        for act in page.context["acts"]:
            address = reverse("act", args=[commitment.get_staff_ref(), act.name])
            assert address in page.text
            assert client.get(address).status_code == 200


def test_confirm_publish_unpublish(client):
    logged_in(client, cast.rita)
    commitment = cast.draft()
    assert "2026-0001" in do(client, commitment, "confirm").text
    do(client, commitment, "publish")
    assert fresh(commitment).visibility == Visibility.PUBLIC
    do(client, commitment, "unpublish", public_reason="Wrong speaker.")
    assert fresh(commitment).visibility == Visibility.REMOVED


def test_send_respond_judge(client):
    logged_in(client, cast.rita)
    commitment = cast.opened()
    do(client, commitment, "send", sent_on="2026-11-02", recipients="Liaison")
    do(client, commitment, "respond", received_on="2026-11-20", summary=WORDS)
    assert fresh(commitment).state == State.RESPONSE_RECEIVED
    do(client, commitment, "judge", outcome="fulfilled", evidence="Letter", public_reason=WORDS)
    assert (fresh(commitment).state, fresh(commitment).fulfilled_on) == (State.FULFILLED, date(2026, 11, 20))  # fmt: skip


def test_an_answer_says_where_it_answers_and_in_confidence_is_not_public(client):
    logged_in(client, cast.cora)
    commitment = cast.opened()
    given = {"received_on": "2026-11-20", "page": "3", "excerpt": WORDS}
    both = {"is_public": "on", "confidence_basis": "Privacy law"}
    assert "isn’t public" in do(client, commitment, "respond", **given, **both).text
    do(client, commitment, "respond", **given, confidence_basis="Privacy law")
    answer = commitment.answers.get()
    assert (answer.page, answer.excerpt) == ("3", WORDS)
    assert answer.response.confidence_basis == "Privacy law"


def test_judged_partly_it_needs_what_remains(client):
    logged_in(client, cast.rita)
    commitment = cast.answered(cast.opened())
    given = {"outcome": "partly_fulfilled", "evidence": "Letter", "public_reason": WORDS}
    assert "Write down what remains" in do(client, commitment, "judge", **given).text
    do(client, commitment, "judge", **given, remaining="The south side", due_on="2026-12-15")
    assert (fresh(commitment).state, fresh(commitment).due_on) == (State.PARTLY_FULFILLED, date(2026, 12, 15))  # fmt: skip


def test_extend_pause_resume_refer(client):
    logged_in(client, cast.rita)
    commitment = cast.opened()
    do(client, commitment, "extend", due_on="2026-12-05", asked_by="agency", public_reason=WORDS)
    assert fresh(commitment).due_on == date(2026, 12, 7)  # the 5th is a Saturday
    do(client, commitment, "pause", public_reason=WORDS)
    assert fresh(commitment).is_paused
    do(client, commitment, "resume")
    assert not fresh(commitment).is_paused
    other = type(cast.water()).objects.create(name="Department of Pipes")
    do(client, commitment, "refer", agency=other.pk, public_reason=WORDS)
    assert fresh(commitment).agency == other


def test_close_reopen_drop_merge_withdraw(client):
    logged_in(client, cast.lea)
    where = cast.hearing()
    commitment, twin, wrong = cast.opened(where), cast.opened(where), cast.opened(where)
    do(client, commitment, "close", reason_code="refused", public_reason=WORDS)
    assert fresh(commitment).state == State.NOT_FULFILLED
    do(client, commitment, "reopen", public_reason=WORDS)
    do(client, commitment, "drop", reason_code="overtaken", public_reason=WORDS)
    assert fresh(commitment).state == State.DROPPED
    do(client, twin, "merge", target=commitment.reference)
    assert fresh(twin).merged_into == commitment
    do(client, wrong, "withdraw", reason_code="entered_in_error")
    assert fresh(wrong).state == State.WITHDRAWN


def test_a_moment_of_another_hearing_is_linked_by_its_address(client):
    logged_in(client, cast.cora)
    commitment = cast.draft()
    earlier = cast.hearing("An earlier day", date(2026, 9, 1))
    line = cast.said(earlier, "Absolutely.")
    link = f"https://tracker.example/hearings/{earlier.slug}/?u={line.pk}#u{line.pk}"
    do(client, commitment, "link", role="said_earlier", link=link)
    moment = commitment.moments.get(role=Moment.Role.SAID_EARLIER)
    assert (moment.hearing, moment.quote) == (earlier, "Absolutely.")


def test_a_moment_is_linked_by_its_second_too(client):
    logged_in(client, cast.cora)
    commitment = cast.draft()
    earlier = cast.hearing("An earlier day", date(2026, 9, 1))
    link = f"/hearings/{earlier.slug}/?t=8214#t=8214"
    do(client, commitment, "link", role="raised_again", link=link)
    assert commitment.moments.get(role=Moment.Role.RAISED_AGAIN).quote == "Absolutely."


@pytest.mark.parametrize("link", ["", "nonsense", "/hearings/x/?u=99999999999999999999", "?u=0"])
def test_a_link_to_nothing_is_told(client, link):
    logged_in(client, cast.cora)
    commitment = cast.draft()
    response = do(client, commitment, "link", role="said_earlier", link=link)
    assert response.status_code == 200 and response.context["form"].errors
    assert commitment.moments.count() == 2


def test_words_are_checked_against_the_recording(client):
    logged_in(client, cast.cora)
    commitment = cast.draft()
    do(client, commitment, "check", checked_on="2026-11-20")
    assert commitment.moments.filter(checked_by=cast.cora()).count() == 2


@pytest.mark.parametrize(
    ("act", "given", "sentence"),
    [
        ("extend", {"due_on": "2026-10-30", "asked_by": "agency", "public_reason": WORDS}, "later date"),
        ("respond", {"received_on": "2027-01-01"}, "in the future"),
        ("respond", {"received_on": "2026-10-01"}, "before the hearing"),
        ("send", {"sent_on": "2027-01-01"}, "in the future"),
        ("merge", {"target": "2026-0001"}, "into itself"),
        ("extend", {"due_on": "2026-13-45", "asked_by": "agency", "public_reason": WORDS}, "valid date"),
        ("close", {"reason_code": "because", "public_reason": WORDS}, "valid choice"),
        ("pause", {}, "required"),
    ],
)  # fmt: skip
def test_a_refusal_is_a_sentence_and_what_was_typed_stands(client, act, given, sentence):
    commitment = cast.opened()
    logged_in(client, cast.lea)
    before = commitment.version
    text = do(client, commitment, act, **given).text
    assert sentence in text
    assert all(value in text for value in given.values() if value == WORDS)
    assert fresh(commitment).version == before


def test_of_two_who_act_the_second_is_told(client):
    commitment = cast.opened()
    logged_in(client, cast.rita)
    stale = {"version": commitment.version, "public_reason": WORDS}
    actions.check(commitment, by=cast.cora(), now=cast.NOON, checked_on=cast.NOON.date())
    response = client.post(reverse("act", args=[commitment.reference, "pause"]), stale)
    assert "Somebody else changed this commitment" in response.text and WORDS in response.text
    assert not fresh(commitment).is_paused


def test_an_act_that_no_longer_fits_is_told_on_the_commitments_page(client):
    commitment = cast.opened()
    logged_in(client, cast.rita)
    response = client.post(reverse("act", args=[commitment.reference, "confirm"]), follow=True)
    assert response.redirect_chain == [(commitment.get_staff_url(), 302)]
    assert "can’t be done" in response.text or "can&#x27;t be done" in response.text


@pytest.mark.parametrize("act", ["flag", "edit", "nonsense"])
def test_what_is_no_act_of_a_person_is_not_found(client, act):
    commitment = cast.opened()
    logged_in(client, cast.lea)
    assert client.get(reverse("act", args=[commitment.reference, act])).status_code == 404


@pytest.mark.parametrize("act", ["confirm", "publish", "judge", "extend", "drop"])
def test_what_the_role_forbids_is_refused(client, act):
    where = cast.hearing()
    commitment = {"confirm": cast.draft, "judge": lambda w: cast.answered(cast.opened(w))}.get(act, cast.opened)(where)  # fmt: skip
    before = commitment.version
    for who in (cast.rob, cast.cora):
        logged_in(client, who)
        do(client, commitment, act, public_reason=WORDS)
        assert fresh(commitment).version == before


# Wording


def edit_form(client, commitment) -> dict:
    form = client.get(commitment.get_staff_url()).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False)} | {
        "version": commitment.version
    }


def test_a_draft_is_edited(client):
    commitment = cast.draft()
    logged_in(client, cast.cora)
    client.post(commitment.get_staff_url(), edit_form(client, commitment) | {"what": "Send it"})
    assert fresh(commitment).what == "Send it"


def test_the_record_is_corrected_by_a_reviewer_only(client):
    commitment = cast.opened()
    for who, wanted in ((cast.cora, commitment.what), (cast.rita, "Send it")):
        logged_in(client, who)
        client.post(commitment.get_staff_url(), edit_form(client, commitment) | {"what": "Send it"})
        assert fresh(commitment).what == wanted


def test_a_stale_edit_is_told_and_kept(client):
    commitment = cast.draft()
    logged_in(client, cast.cora)
    sent = edit_form(client, commitment) | {"what": "Mine"}
    actions.edit(commitment, by=cast.rita(), now=cast.NOON, what="Theirs")
    text = client.post(commitment.get_staff_url(), sent).text
    assert "Somebody else" in text and "Mine" in text
    assert fresh(commitment).what == "Theirs"


@pytest.mark.parametrize("ref", ["2026-9999", "d-999999", "d-99999999999999999999999"])
def test_an_unknown_one_is_not_found(client, ref):
    logged_in(client, cast.rob)
    assert client.get(f"/staff/commitments/{ref}/").status_code == 404
