"""Two senders at once, and one that is killed: on a database of the test's own, with real commits."""

import os
import signal
import subprocess
import sys
import threading
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, connections
from django.db.models.functions import Now

from commitments.mail import deliver
from commitments.models import Delivery, Digest
from tests.commitments.mail import readers
from tests.commitments.mail.readers import NINE
from tests.processes import PROJECT

Status = Delivery.Status


@pytest.fixture
def committed(own_database):
    readers.news()
    return readers.readers(12)


def test_two_who_send_at_once_send_each_mail_once(committed, post_office, monkeypatch):
    monkeypatch.setattr(deliver, "BATCH", 3)
    counts, start = [], threading.Barrier(2)

    def send():
        try:
            start.wait()
            counts.append(deliver.send_digest(NINE))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(post_office.recipients()) == sorted(each.email for each in committed)
    assert sum(each["sent"] for each in counts) == sum(each["prepared"] for each in counts) == 12
    assert Digest.objects.count() == 1


def test_a_sender_killed_after_k_of_n_leaves_n_minus_k(committed, post_office):
    """Killed while the mail server holds the sixth: five are marked, the sixth may come twice but under
    the same Message-ID."""
    sender = start_command()
    post_office.on_data = lambda _address: sender.kill() if len(post_office.messages) == 5 else None
    assert sender.wait(60) == -signal.SIGKILL
    post_office.on_data = {}.get
    assert Delivery.objects.filter(status=Status.SENT).count() == 5
    assert deliver.send_digest(NINE)["sent"] == 0, "the dead one's lease still runs"
    Delivery.objects.filter(status=Status.WAITING).update(leased_until=Now())
    assert deliver.send_digest(NINE)["sent"] == 7
    by_reader: dict[str, set] = {}
    for message in post_office.messages:
        by_reader.setdefault(message["To"], set()).add(message["Message-ID"])
    assert len(by_reader) == 12 and {len(ids) for ids in by_reader.values()} == {1}
    assert len(post_office.messages) in (12, 13)


def start_command() -> subprocess.Popen:
    """`manage.py send_digest` in a process of its own, on this test's database and mail server."""
    place = connection.settings_dict
    environment = os.environ | {
        "DATABASE_URL": f"postgres://{place['USER']}@{quote(place['HOST'], safe='')}:{place['PORT']}/{place['NAME']}",
        "SECRET_KEY": settings.SECRET_KEY,
        "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}",
        "DEBUG": "yes",
        "CLOCK_AT": NINE.isoformat(),
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "send_digest"], cwd=PROJECT, env=environment
    )
