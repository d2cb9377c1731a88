"""One hearing is read at a time, and nobody waits for it: neither a second worker nor an import. With real
commits, and over a second connection."""

import threading
from contextlib import closing, contextmanager

import pytest
from celery.signals import before_task_publish
from django.db import connection, connections

from commitments import actions, anchoring, reading, suggesting, tasks
from hearings.importing import digest_of, import_transcript
from tests import cast

SOON = 20  # seconds in which what doesn't wait is done


@pytest.fixture
def where(own_database, settings):
    settings.CLOCK_AT = cast.NOON
    return cast.hearing()


@pytest.fixture
def sent():
    """What is queued: (task, its arguments)."""
    kept = []

    def keep(sender, body, headers, **_said):
        assert headers["eta"], "it is tried again later, not at once"
        kept.append((sender, *body[0]))

    before_task_publish.connect(keep)
    yield kept
    before_task_publish.disconnect(keep)


def elsewhere(act) -> None:
    """Do this on a connection of its own; it may not wait for ours."""
    failures = []

    def acting():
        with closing(connections["default"]):
            try:
                with connection.cursor() as cursor:
                    cursor.execute("SET lock_timeout = '5s'")
                act()
            except Exception as failure:
                failures.append(failure)

    thread = threading.Thread(target=acting)
    thread.start()
    thread.join(SOON)
    assert not thread.is_alive() and failures == []


@contextmanager
def meanwhile(monkeypatch, act):
    """While the engine looks through a transcript, another worker does this."""
    looked = []
    suggest = suggesting.suggest

    def interrupted(*given, **facts):
        if not looked:
            looked.append(True)
            elsewhere(act)
        return suggest(*given, **facts)

    monkeypatch.setattr(suggesting, "suggest", interrupted)
    yield
    assert looked


def newer(where):
    lines = [(start, who, text.replace("by ward", "by street")) for start, who, text in cast.LINES]
    import_transcript(where, cast.parsed(lines), digest=digest_of(b"newer"), now=cast.NOON)


def test_a_second_task_for_a_hearing_puts_itself_back(where, sent, monkeypatch):
    with meanwhile(monkeypatch, lambda: tasks.read(where.pk)):
        tasks.read(where.pk)
    assert sent == [("commitments.read", where.pk)]
    assert where.suggestions.exists() and not suggesting.unread().exists()


def test_two_hearings_are_not_read_at_once(where, sent, monkeypatch):
    other = cast.hearing("Another", cast.date(2026, 10, 27))
    sent.clear()
    with meanwhile(monkeypatch, lambda: tasks.read_again(other.pk, 0)):
        tasks.read(where.pk)
    assert sent == [("commitments.read_again", other.pk, 0)]
    assert [*suggesting.unread()] == [other]
    tasks.read_again(other.pk, 0)
    assert other.suggestions.exists() and not suggesting.unread().exists()


def test_the_tick_stops_where_somebody_reads(where, sent, monkeypatch):
    cast.hearing("Another", cast.date(2026, 10, 27))
    sent.clear()
    asked = []
    read = reading.read
    monkeypatch.setattr(reading, "read", lambda hearing: asked.append(hearing) or read(hearing))
    with meanwhile(monkeypatch, tasks.read_missing):
        tasks.read(where.pk)
    assert len(asked) == 2 and sent == []
    tasks.read_missing()
    assert not suggesting.unread().exists()


def test_after_a_failure_somebody_else_can_read(where, sent, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(anchoring, "reanchor", lambda *_given, **_facts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tasks.read(where.pk)
    elsewhere(lambda: tasks.read(where.pk))
    assert sent == [] and where.suggestions.exists()


def test_an_import_does_not_wait_and_what_it_replaced_is_not_written(where, monkeypatch):
    with meanwhile(monkeypatch, lambda: newer(where)):
        tasks.read(where.pk)
    assert where.current_transcript.number == 2
    assert not where.suggestions.exists() and [*suggesting.unread()] == [where]
    tasks.read_missing()
    assert where.suggestions.exists() and not suggesting.unread().exists()


def test_what_is_dismissed_meanwhile_stays_dismissed(where, sent, monkeypatch):
    tasks.read(where.pk)
    first = where.suggestions.waiting().first()
    before = where.suggestions.waiting().count()

    def dismiss():
        actions.dismiss(first, by=cast.cora(), now=cast.NOON)

    with meanwhile(monkeypatch, dismiss):
        tasks.read(where.pk)
    assert where.suggestions.waiting().count() == before - 1


def test_the_numbers_of_repeated_words_go_on_where_they_stopped(db, monkeypatch):
    made = []
    fingerprint = suggesting._fingerprint
    monkeypatch.setattr(
        suggesting, "_fingerprint", lambda *given: made.append(given) or fingerprint(*given)
    )
    lines = [(n, *cast.LINES[1 + n % 2][1:]) for n in range(400)]
    long = cast.hearing("Long", lines=lines)
    assert suggesting.refresh(long, now=cast.NOON) == 200
    assert len(made) <= 2 * 200


def test_it_is_seen_at_a_glance_whether_a_stretch_is_settled():
    apart = suggesting._apart(
        [((5, 0), (6, 2)), ((1, 0), (1, 9)), ((1, 4), (2, 3)), ((9, 0), (9, 1))]
    )
    assert apart == [((1, 0), (2, 3)), ((5, 0), (6, 2)), ((9, 0), (9, 1))]
    for span, meets in (
        (((0, 0), (1, 0)), False),
        (((0, 0), (1, 1)), True),
        (((2, 3), (5, 0)), False),
        (((2, 2), (3, 0)), True),
        (((6, 1), (9, 0)), True),
        (((9, 1), (10, 0)), False),
    ):
        assert suggesting._meets(span, apart) is meets
