"""Suggestions are made anew by two at once, and by a real worker: with real commits."""

import threading

import psycopg
import pytest
from django.db import connections

from commitments import actions
from tests import cast
from tests.commitments.staff.test_suggested_anew import (
    LINES,
    at_second,
    give_the_promise,
    looked_through,
    settle,
    suggested,
    unknown,
)
from tests.processes import Install, Mailbox, eventually
from tracker import services


def test_two_at_once_and_a_clerk_who_dismisses_meanwhile(own_database):
    where = looked_through(cast.hearing(lines=LINES))
    cora, first = cast.cora(), at_second(where, 40)
    settle(unknown(where), official=cast.odell())
    give_the_promise(where)
    problems, start = [], threading.Barrier(3)

    def run(act):
        try:
            start.wait()
            act()
        except Exception as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    acts = [lambda: looked_through(where)] * 2
    acts += [lambda: actions.dismiss(first, by=cora, now=cast.NOON)]
    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert suggested(where) == [60]
    assert [each.utterance.start for each in where.suggestions.exclude(decision="")] == [40]


HEAR = """
from tests import cast
from tests.commitments.staff.test_suggested_anew import LINES
cast.hearing(lines=LINES)
"""
SETTLE = """
from hearings.models import Speaker
from tests import cast
from tests.commitments.staff.test_suggested_anew import settle
settle(Speaker.objects.get(printed_name="Speaker 7"), official=cast.odell())
"""
WAITING = """
    SELECT array_agg(line.start ORDER BY line.start) FROM hearings_utterance AS line
    JOIN commitments_suggestion AS suggestion ON suggestion.utterance_id = line.id
"""


def answer(install: Install, question: str):
    """The one value of the install's database."""
    place = services.database_settings(install.environment["DATA_DIR"])
    names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    with psycopg.connect(**{ours: place[theirs] for ours, theirs in names.items()}) as connection:
        return connection.execute(question).fetchone()[0]


@pytest.mark.long
def test_a_worker_follows_a_decision_without_the_tick(tmp_path):
    mailbox = Mailbox()
    mailbox.controller.start()
    install = Install(tmp_path, "2026-11-02T11:00", mailbox)
    try:
        install.manage("migrate", "--verbosity", "0")
        install.start_web()
        install.start_worker()
        install.manage("shell", "--verbosity", "0", input=HEAR)
        eventually(lambda: answer(install, WAITING) == [20, 40])
        install.manage("shell", "--verbosity", "0", input=SETTLE)
        eventually(lambda: answer(install, WAITING) == [40])
        assert answer(install, "SELECT decided FROM commitments_reading") == 1
    finally:
        install.close()
        mailbox.controller.stop()
