"""The speaker decides, not the phrase: “Absolutely.” is a promise only where an agency says it. When it is
settled who spoke, a hearing's suggestions follow, and what people decided about them stays."""

import json

import pytest
from celery.signals import before_task_publish
from django.core.management import call_command
from django.urls import reverse

from commitments import actions, moments, proposals, suggesting, tasks, voices
from commitments.models import Suggestion
from hearings import attributions, speakers
from hearings.models import Decision, Hearing, Side, Speaker
from tests import cast

pytestmark = pytest.mark.django_db
YES = "Absolutely."
BOTH = f"Can you send us the list of the staff? {YES}"
LINES = (
    (10, "Odalys Odell", "Can you get us the list of the open permits?"),
    (20, "Speaker 7", YES),
    (30, "Odalys Odell", "Can you get us that breakdown by ward?"),
    (40, "Commissioner Fenn", YES),
    (50, "Odalys Odell", "Thank you. Let us go on to the next item."),
    (60, "Odalys Odell", BOTH),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day(settings):
    settings.CLOCK_AT = cast.NOON


@pytest.fixture
def where(db):
    return looked_through(cast.hearing(lines=LINES))


def looked_through(hearing: Hearing) -> Hearing:
    suggesting.refresh(hearing, now=cast.NOON)
    return hearing


def suggested(hearing: Hearing) -> list[float]:
    """The seconds at which something waits for a decision."""
    return [each.utterance.start for each in hearing.suggestions.waiting()]


def at_second(hearing: Hearing, second: float) -> Suggestion:
    return hearing.suggestions.get(utterance__start=second)


def unknown(hearing: Hearing) -> Speaker:
    return hearing.speakers.get(printed_name="Speaker 7")


def settle(*names: Speaker, **how) -> Decision:
    return speakers.decide(names, by=cast.cora(), now=cast.NOON, **how)


def give_the_promise(where) -> Decision:
    """To the commissioner, the words that were printed under the member's name."""
    line = cast.said(where, BOTH)
    span = moments.select(where, line.pk, start_offset=BOTH.index(YES))
    voice = attributions.voice_of_official(where, cast.fenn())
    return voices.give(span, voice, by=cast.cora(), now=cast.NOON)[0]


@pytest.fixture
def queued(django_capture_on_commit_callbacks):
    """What an act queues once it is committed: (task, its arguments, the seconds it waits)."""

    def after(act) -> list[tuple]:
        sent = []

        def keep(sender, body, headers, **_said):
            sent.append((sender, *body[0]))
            assert headers["eta"], "it waits for the next of many decisions"

        before_task_publish.connect(keep)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                act()
        finally:
            before_task_publish.disconnect(keep)
        return sent

    return after


def work(sent: list[tuple]) -> None:
    """As a worker does what was queued."""
    for name, *arguments in sent:
        tasks.read_again.app.tasks[name](*arguments)


# In both directions


def test_a_line_that_is_found_to_be_a_members_is_no_longer_suggested(where, queued):
    assert 20 in suggested(where)
    work(queued(lambda: settle(unknown(where), official=cast.odell())))
    assert suggested(where) == [40]


def test_words_that_are_found_to_be_an_agencys_are_suggested_and_back(where, queued):
    assert 60 not in suggested(where)
    work(queued(lambda: give_the_promise(where)))
    found = at_second(where, 60)
    assert found.quote == YES
    assert BOTH[found.start_offset : found.end_offset] == found.quote
    assert found.question.start == 60
    decision = Decision.objects.get()
    work(queued(lambda: voices.undo(decision, by=cast.cora(), now=cast.NOON)))
    assert 60 not in suggested(where)


def test_the_command_reads_a_cut_line_in_the_same_way(where, capsys):
    give_the_promise(where)
    call_command("suggest", where.slug)
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (last["utterance"], last["quote"], last["speaker"]) == (5, YES, "Ingrid Fenn")


def test_undoing_who_a_name_was_brings_the_suggestion_back(where, queued):
    decision = settle(unknown(where), side=Side.COUNCIL)
    looked_through(where)
    assert 20 not in suggested(where)
    work(queued(lambda: speakers.undo(decision, by=cast.cora(), now=cast.NOON)))
    assert 20 in suggested(where)


def test_one_answer_for_all_hearings_is_followed_in_each(where, queued, client):
    other = looked_through(cast.hearing("Another", cast.date(2026, 10, 27), LINES))
    elsewhere = looked_through(cast.hearing("A third", cast.date(2026, 10, 28)))
    client.force_login(cast.cora())
    speakers.undo(settle(unknown(elsewhere)), by=cast.cora(), now=cast.NOON)
    asked = unknown(where)
    for each in (asked, unknown(other)):
        Speaker.objects.filter(pk=each.pk).update(printed_name="Tobias Ren", part=None)
    given = {"speaker": asked.pk, "official": cast.odell().pk, "everywhere": "on"}
    sent = queued(lambda: client.post(reverse("speakers"), given))
    assert sorted(sent) == [("commitments.read_again", each.pk, 1) for each in (where, other)]
    work(sent)
    assert suggested(where) == suggested(other) == [40]


# What people decided stays


def test_what_was_decided_stays_whoever_spoke(where, queued, client):
    client.force_login(cast.cora())
    client.post(reverse("suggestion-accept", args=[at_second(where, 20).pk]))
    actions.dismiss(at_second(where, 40), by=cast.cora(), now=cast.NOON)
    before = list(where.suggestions.exclude(decision="").order_by("pk").values())
    work(queued(lambda: settle(unknown(where), official=cast.odell())))
    work(queued(lambda: give_the_promise(where)))
    assert list(where.suggestions.exclude(decision="").order_by("pk").values()) == before
    assert suggested(where) == [60]
    assert where.commitments.get().made.quote == YES


def test_the_same_words_elsewhere_are_not_taken_for_those_decided_on(where, queued):
    """Both promises have the same words. The first is dismissed and then found to be a member's: the
    second, now the first of its kind, still waits."""
    actions.dismiss(at_second(where, 20), by=cast.cora(), now=cast.NOON)
    work(queued(lambda: settle(unknown(where), official=cast.odell())))
    assert suggested(where) == [40]
    work(queued(lambda: speakers.undo(Decision.objects.get(), by=cast.cora(), now=cast.NOON)))
    assert suggested(where) == [40]


def test_what_was_dismissed_does_not_come_back_with_another_question(where, queued):
    """Whose question it answers changes with who asked; the promise that was dismissed is the same."""
    for name in ("Odalys Odell", "Speaker 7"):
        where.speakers.filter(printed_name=name).update(official=None, side="", is_settled=False)
    looked_through(where)
    actions.dismiss(at_second(where, 40), by=cast.cora(), now=cast.NOON)
    odell = where.speakers.get(printed_name="Odalys Odell")
    work(queued(lambda: settle(odell, official=cast.odell())))
    assert 40 not in suggested(where)


def test_what_is_tagged_by_hand_is_not_suggested_and_a_neighbour_in_its_line_is(where, queued):
    two = "We will get back to you on that. We will also send you the report on the permits by Friday."
    other = looked_through(cast.hearing("Two in one", lines=((10, "Speaker 7", two),)))
    first, second = other.suggestions.waiting().order_by("start_offset")
    span = moments.select(other, first.utterance_id, None, first.start_offset, first.end_offset)
    due = proposals.propose(other, span).due
    actions.tag(other, span, by=cast.cora(), now=cast.NOON, due=due, what="Get back")
    work(queued(lambda: settle(unknown(other), official=cast.fenn())))
    assert [each.pk for each in other.suggestions.waiting()] == [second.pk]


def test_a_draft_that_was_discarded_leaves_its_suggestion_waiting(where, queued, client):
    client.force_login(cast.cora())
    client.post(reverse("suggestion-accept", args=[at_second(where, 40).pk]))
    actions.discard(where.commitments.get(), by=cast.cora(), now=cast.NOON)
    work(queued(lambda: settle(unknown(where), official=cast.odell())))
    assert suggested(where) == [40]


def test_what_waits_stays_the_row_that_somebody_is_looking_at(where, queued, client):
    waiting = at_second(where, 20)
    assert "answering side" not in waiting.reason
    work(queued(lambda: settle(unknown(where), official=cast.fenn())))
    again = at_second(where, 20)
    assert (again.pk, again.fingerprint) == (waiting.pk, waiting.fingerprint)
    assert again.reason != waiting.reason


def test_who_accepts_what_is_gone_is_told_and_stays_on_the_page(where, queued, client):
    client.force_login(cast.cora())
    gone = at_second(where, 20)
    page = reverse("hearing-tag", args=[where.slug])
    work(queued(lambda: settle(unknown(where), official=cast.odell())))
    for act in ("suggestion-accept", "suggestion-dismiss"):
        answer = client.post(
            reverse(act, args=[gone.pk]),
            headers={"referer": f"http://testserver{page}"},
            follow=True,
        )
        assert (
            answer.redirect_chain == [(f"http://testserver{page}", 302)]
            and "This suggestion is gone" in answer.text
        )
    answer = client.post(
        reverse(act, args=[gone.pk]), headers={"referer": "https://elsewhere.org/"}
    )
    assert answer["Location"] == reverse("desk")
    with pytest.raises(actions.Conflict, match="gone"):
        actions.dismiss(gone, by=cast.cora(), now=cast.NOON)


# Once for many, and again if it was lost


def readings(where) -> list:
    where.reading.refresh_from_db()
    return [where.reading.decided, where.reading.read_at]


def test_of_many_decisions_in_a_row_the_last_is_followed_for_all(where, queued, settings):
    names = [Speaker.objects.create(hearing=where, printed_name=f"Voice {n}") for n in range(20)]
    sent = [
        each for name in names for each in queued(lambda name=name: settle(name, side="agency"))
    ]
    assert [decided for _task, _hearing, decided in sent] == list(range(1, 21))
    settings.CLOCK_AT = cast.at(cast.date(2026, 10, 22))
    work(sent[:-1])
    assert readings(where) == [0, cast.NOON]
    work(sent)
    assert readings(where) == [20, settings.CLOCK_AT]
    settings.CLOCK_AT = cast.at(cast.date(2026, 10, 23))
    work(sent)
    assert readings(where) == [20, cast.at(cast.date(2026, 10, 22))]


def test_the_tick_follows_what_the_queue_lost(where, queued):
    assert not suggesting.unread().exists()
    decision = settle(unknown(where), official=cast.odell())
    assert [*suggesting.unread()] == [where]
    tasks.read_missing()
    assert suggested(where) == [40] and not suggesting.unread().exists()
    speakers.undo(decision, by=cast.cora(), now=cast.NOON)
    assert [*suggesting.unread()] == [where]
    give_the_promise(where)
    tasks.read_missing()
    assert suggested(where) == [20, 40, 60] and not suggesting.unread().exists()


def test_nothing_is_queued_where_the_decision_is_refused(where, queued):
    def refused():
        with pytest.raises(speakers.Refused):
            speakers.decide([unknown(where)], by=cast.rob(), now=cast.NOON, side=Side.AGENCY)

    assert queued(refused) == []


def test_looking_through_again_changes_nothing(where):
    rows = list(where.suggestions.order_by("pk").values())
    assert suggesting.refresh(where, now=cast.NOON) == 0
    assert list(where.suggestions.order_by("pk").values()) == rows


def test_what_it_costs_does_not_grow_with_the_suggestions(where, django_assert_max_num_queries):
    long = cast.hearing("Long", lines=[(n, *LINES[n % 4][1:]) for n in range(100)])
    looked_through(where), looked_through(long)
    settle(unknown(where), official=cast.fenn()), settle(unknown(long), official=cast.fenn())
    with django_assert_max_num_queries(30) as few:
        suggesting.refresh(where, now=cast.NOON)
    with django_assert_max_num_queries(len(few)):
        suggesting.refresh(long, now=cast.NOON)
