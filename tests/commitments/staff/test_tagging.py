"""Select words, look at the filled form, save: a draft. Suggestions are taken over or put away."""

from datetime import date

import pytest
from django.urls import reverse

from commitments import actions, suggesting
from commitments.dates import Basis
from commitments.lifecycle import State
from commitments.models import Commitment, Suggestion
from hearings.importing import digest_of, import_transcript
from hearings.models import Hearing, Utterance
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def where():
    return cast.hearing()


@pytest.fixture
def cora(client):
    client.force_login(cast.cora())
    return client


def page(where, **query) -> str:
    return reverse("hearing-tag", args=[where.slug]) + ("?" if query else "") + "&".join(
        f"{name}={value}" for name, value in query.items()
    )  # fmt: skip


def filled(client, where, **query) -> dict:
    """What a browser would send of the form as it arrives."""
    context = client.get(page(where, **query)).context
    form, chosen = context["form"], context["proposal"].selection
    sent = {name: form[name].value() for name in form.fields}
    sent |= {"u": chosen.first.pk, "to": chosen.last.pk, "start": chosen.start_offset, "end": chosen.end_offset}  # fmt: skip
    sent["question"] = getattr(context["proposal"].question, "pk", "")
    values = {name: getattr(value, "pk", value) for name, value in sent.items()}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_the_form_arrives_filled_and_saves_as_it_comes(cora, where):
    answer = cast.said(where, cast.GET_BACK)
    sent = filled(cora, where, u=answer.pk)
    response = cora.post(page(where), sent)
    draft = Commitment.objects.get()
    assert response.url == f"{page(where, at=answer.pk)}#u{answer.pk}"
    assert (draft.made.quote, draft.made.start) == (cast.GET_BACK, 8221)
    assert draft.official.name == "Ingrid Fenn"
    assert draft.agency == cast.water()
    assert draft.owed_to_member == cast.odell()
    assert draft.question.quote == "Great. And how many were replaced last winter?"
    assert draft.due_on == date(2026, 11, 4)
    assert draft.due_reason.startswith("Council's target for information: 14 days")


def test_words_within_a_line_are_quoted_exactly(cora, where):
    answer = cast.said(where, cast.GET_BACK)
    start, end = cast.GET_BACK.index("we can"), len(cast.GET_BACK) - 1
    cora.post(page(where), filled(cora, where, u=answer.pk, start=start, end=end))
    assert Commitment.objects.get().made.quote == "we can get back to you on that"


def test_several_lines_make_one_quote(cora, where):
    first, last = cast.said(where, "Absolutely."), cast.said(where, cast.GET_BACK)
    cora.post(page(where), filled(cora, where, u=first.pk, to=last.pk))
    quote = Commitment.objects.get().made.quote
    assert quote.startswith("Absolutely. Great.") and quote.endswith("on that.")


def test_another_type_has_another_date_if_nobody_touched_it(cora, where):
    sent = filled(cora, where, u=cast.said(where, cast.GET_BACK).pk)
    cora.post(page(where), sent | {"type": "action"})
    draft = Commitment.objects.get()
    assert draft.due_reason.startswith("Council's target for action: 90 days")
    assert draft.due_on == date(2027, 1, 19)  # the 18th is a holiday


def test_a_date_somebody_set_stays_whatever_the_type(cora, where):
    sent = filled(cora, where, u=cast.said(where, cast.GET_BACK).pk)
    sent |= {"type": "action", "due_on": "2026-12-04", "due_basis": "spoken"}
    cora.post(page(where), sent)
    draft = Commitment.objects.get()
    assert (draft.due_on, draft.due_basis) == (date(2026, 12, 4), Basis.SPOKEN)


def test_another_question_can_be_chosen_or_none(cora, where):
    answer = cast.said(where, cast.GET_BACK)
    other = cast.said(where, "Can you get us that breakdown by ward?")
    sent = filled(cora, where, u=answer.pk)
    cora.post(page(where), sent | {"question": other.pk})
    cora.post(page(where), sent | {"question": ""})
    chosen, none = Commitment.objects.order_by("pk")
    assert (chosen.question.utterance, none.question) == (other, None)


def test_only_lines_before_the_answer_can_be_the_question(cora, where):
    answer = cast.said(where, cast.GET_BACK)
    offered = cora.get(page(where, u=answer.pk)).context["questions"]
    assert answer not in offered
    assert {line.pk for line in offered} == set(
        Utterance.objects.filter(place__lt=answer.place).values_list("pk", flat=True)
    )


def test_a_fragment_is_only_the_form(cora, where):
    line = cast.said(where, "Absolutely.")
    response = cora.get(page(where, u=line.pk), headers={"X-Fragment": "form"})
    assert "<html" not in response.text and "data-draft" in response.text


def test_a_fragment_of_the_due_date_follows_the_type(cora, where):
    line = cast.said(where, "Absolutely.")
    response = cora.get(page(where, u=line.pk, type="meeting"), headers={"X-Fragment": "due"})
    assert "target for meeting: 30 days" in response.text and "data-draft" not in response.text


def test_what_was_typed_stands_after_an_error(cora, where):
    sent = filled(cora, where, u=cast.said(where, cast.GET_BACK).pk)
    response = cora.post(page(where), sent | {"what": "Send the count", "due_on": "soon"})
    assert "Send the count" in response.text and "Nothing was saved" in response.text
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(
    "query",
    [{"u": 10**30}, {"u": 0}, {"u": "{line}", "start": 900}, {"u": "{line}", "start": 5, "end": 5}],
)
def test_a_selection_that_is_none_is_told(cora, where, query):
    line = cast.said(where, "Absolutely.").pk
    query = {name: str(value).format(line=line) for name, value in query.items()}
    response = cora.get(page(where, **query), follow=True)
    assert response.status_code == 200
    assert "No words are selected" in response.text or "Select the words again" in response.text


@pytest.mark.parametrize("query", [{"at": "x"}, {"t": "2:99:x"}, {"t": "2:16:54"}, {"q": "pipes"}])
def test_odd_places_show_the_page(cora, where, query):
    assert cora.get(page(where, **query)).status_code == 200


@pytest.mark.parametrize(
    ("video", "may_play"),
    [
        ("", "media-src blob:"),
        ("https://www.youtube.com/watch?v=abc", "media-src blob:"),
        ("https://archive.example/clip.mp4", "media-src blob: https://archive.example"),
    ],
)
def test_this_page_alone_may_play_a_file(cora, where, video, may_play):
    Hearing.objects.update(video_url=video)
    policy = cora.get(page(where))["Content-Security-Policy"].split("; ")
    assert may_play in policy and "default-src 'self'" in policy
    for elsewhere in (where.get_absolute_url(), "/staff/", reverse("staff-hearing", args=[where.slug])):  # fmt: skip
        assert "media-src" not in cora.get(elsewhere)["Content-Security-Policy"]


def test_a_time_goes_to_the_line_said_then(cora, where):
    assert cora.get(page(where, t="2:16:55")).context["current"].text == "Absolutely."


def test_search_finds_lines_of_this_hearing(cora, where):
    hits = cora.get(page(where, q="breakdown")).context["hits"]
    assert [line.text for line in hits] == ["Can you get us that breakdown by ward?"]


def test_it_opens_where_i_left_off(cora, where):
    cora.post(page(where), filled(cora, where, u=cast.said(where, "Absolutely.").pk))
    assert cora.get(page(where)).context["current"].text == "Absolutely."


def test_a_hearing_without_a_transcript_says_so(cora):
    from hearings.importing import find_or_make_hearing

    bare, _ = find_or_make_hearing(title="Bare", held_on=cast.HELD_ON, committees=["Rules"])
    assert "There is no transcript yet" in cora.get(page(bare)).text


@pytest.mark.parametrize("who", [cast.rob, cast.adam])
def test_it_needs_a_clerk(client, where, who):
    client.force_login(who())
    assert client.get(page(where)).status_code == 403
    assert client.post(page(where)).status_code == 403


def test_strangers_are_asked_to_log_in(client, where):
    assert reverse("login") in client.get(page(where)).url


@pytest.mark.parametrize("number", [1, 100, 400])
def test_any_line_of_a_transcript_without_times_can_be_tagged(cora, number):
    words = [f"We will send you list {n}." for n in range(1, 401)]
    untimed = tuple((None, "Commissioner Fenn", each) for each in words)
    where = cast.hearing("Minutes", lines=untimed)
    line = cast.said(where, words[number - 1])
    shown = cora.get(page(where, u=line.pk)).context
    assert [each.text for each in shown["questions"]] == words[: number - 1][-12:][::-1]
    assert [each.text for each in shown["longer"]] == words[number - 1 :][:9]
    cora.post(page(where), filled(cora, where, u=line.pk))
    assert Commitment.objects.get().made.utterance == line


# Suggestions


@pytest.fixture
def suggested(where):
    suggesting.refresh(where, now=cast.NOON)
    return list(where.suggestions.waiting().order_by("utterance__place"))


def test_a_suggestion_stands_in_the_text_with_its_reason(cora, where, suggested):
    text = cora.get(page(where)).text
    assert '<mark class="sug">' in text and suggested[0].reason.split(" · ")[0] in text


def test_accepting_makes_a_draft_and_goes_to_the_next(cora, where, suggested):
    first, following = suggested[:2]
    response = cora.post(reverse("suggestion-accept", args=[first.pk]))
    draft = Commitment.objects.get()
    first.refresh_from_db()
    assert (first.decision, first.commitment) == ("accepted", draft)
    assert (draft.made.quote, draft.type, draft.what) == (first.quote, first.type, first.what)
    assert response.url == f"{page(where, at=following.end_utterance_id)}#u{following.end_utterance_id}"  # fmt: skip


def test_dismissing_goes_to_the_next_and_makes_nothing(cora, where, suggested):
    response = cora.post(reverse("suggestion-dismiss", args=[suggested[0].pk]))
    assert f"at={suggested[1].end_utterance_id}" in response.url
    assert not Commitment.objects.exists()
    assert suggested[0] not in where.suggestions.waiting()


def test_after_the_last_one_it_says_so(cora, where, suggested):
    for each in suggested:
        response = cora.post(reverse("suggestion-dismiss", args=[each.pk]), follow=True)
    assert "the last suggestion" in response.text


def test_of_two_clerks_the_second_is_told(cora, suggested):
    actions.dismiss(suggested[0], by=cast.rita(), now=cast.NOON)
    response = cora.post(reverse("suggestion-accept", args=[suggested[0].pk]), follow=True)
    assert "Somebody else has decided" in response.text
    assert not Commitment.objects.exists()


def test_a_suggestion_whose_lines_were_replaced_is_told(cora, where, suggested):
    better = cast.parsed(tuple((start, who, text.upper()) for start, who, text in cast.LINES))
    import_transcript(where, better, digest=digest_of(b"better"), now=cast.NOON)
    response = cora.post(reverse("suggestion-accept", args=[suggested[0].pk]), follow=True)
    assert "not in the current transcript" in response.text


def test_tagging_the_suggested_words_settles_the_suggestion(cora, where, suggested):
    target = next(each for each in suggested if each.quote in cast.GET_BACK)
    cora.post(page(where), filled(cora, where, u=target.utterance_id))
    target.refresh_from_db()
    assert target.decision == Suggestion.Decision.ACCEPTED


@pytest.mark.parametrize("act", ["accept", "dismiss"])
def test_readers_decide_nothing(client, suggested, act):
    client.force_login(cast.rob())
    assert client.post(reverse(f"suggestion-{act}", args=[suggested[0].pk])).status_code == 403
    assert client.get(reverse(f"suggestion-{act}", args=[suggested[0].pk])).status_code == 403


# Undo


def test_undo_takes_back_the_draft_and_the_suggestion_waits_again(cora, where, suggested):
    cora.post(reverse("suggestion-accept", args=[suggested[0].pk]))
    cora.post(reverse("hearing-undo", args=[where.slug]))
    assert Commitment.objects.get().state == State.WITHDRAWN
    assert suggested[0] in where.suggestions.waiting()


def test_undo_takes_back_a_dismissal(cora, where, suggested):
    cora.post(reverse("suggestion-dismiss", args=[suggested[0].pk]))
    cora.post(reverse("hearing-undo", args=[where.slug]))
    assert suggested[0] in where.suggestions.waiting()


def test_undo_touches_nobody_elses_acts(client, where):
    cast.draft(where)
    client.force_login(cast.rita())
    response = client.post(reverse("hearing-undo", args=[where.slug]), follow=True)
    assert "nothing of yours to undo" in response.text
    assert Commitment.objects.get().state == State.DRAFT


def test_undo_stops_at_what_is_confirmed(cora, where):
    cast.opened(where)
    assert "nothing of yours" in cora.post(reverse("hearing-undo", args=[where.slug]), follow=True).text  # fmt: skip


# Size


def lines(count: int):
    words = ("Can you send us that list?", "Absolutely. We will send you the list.", "Thank you.")
    people = ("Odalys Odell", "Commissioner Fenn", "Odalys Odell")
    return tuple((100 + 5 * n, people[n % 3], words[n % 3]) for n in range(count))


@pytest.mark.parametrize("count", [30, 900])
def test_the_page_costs_the_same_for_any_length(cora, count, django_assert_max_num_queries):
    where = cast.hearing(f"Of {count} lines", lines=lines(count))
    suggesting.refresh(where, now=cast.NOON)
    with django_assert_max_num_queries(30):
        response = cora.get(page(where))
    assert len(response.context["rows"]) <= 300
