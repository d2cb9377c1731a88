"""One mail per reader and week, through a real mail server that refuses, hangs up and dies."""

import asyncio
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from commitments.mail import deliver, issue, subscriptions
from commitments.mail.weeks import Week
from commitments.models import Delivery, Digest, MailToken, Subscriber
from hearings.models import Council
from tests import cast
from tests.commitments.mail import readers
from tests.commitments.mail.readers import MONDAY, NINE, PERIOD

pytestmark = pytest.mark.django_db
Status = Delivery.Status


def statuses() -> dict[str, str]:
    return dict(Delivery.objects.values_list("subscriber__email", "status"))


@pytest.fixture
def register(db):
    """News, and five readers of everything."""
    readers.news()
    return readers.readers(5)


def test_everybody_gets_one_mail(register, post_office):
    counts = deliver.send_digest(NINE)
    assert counts == {
        "period": PERIOD, "prepared": 5, "sent": 5, "nothing_to_say": 0, "failed": 0,
    }  # fmt: skip
    assert post_office.recipients() == [each.email for each in register]
    assert post_office.connections == 1


def test_twice_sends_nothing_the_second_time(register, post_office):
    deliver.send_digest(NINE)
    again = deliver.send_digest(NINE + timedelta(minutes=15))
    assert (again["prepared"], again["sent"], len(post_office.messages)) == (0, 0, 5)


def test_next_monday_there_is_another(register, post_office):
    deliver.send_digest(NINE)
    assert deliver.send_digest(NINE + timedelta(days=7))["sent"] == 5
    assert len({message["Message-ID"] for message in post_office.messages}) == 10


def test_nothing_before_nine(register, post_office):
    assert deliver.send_digest(NINE - timedelta(minutes=1))["period"] is None
    assert not Digest.objects.exists()


def test_a_beat_that_slept_until_friday_is_late_and_not_lost(register, post_office):
    assert deliver.send_digest(NINE + timedelta(days=4))["sent"] == 5
    assert "November 9" in post_office.messages[0]["Subject"]


def test_the_headers_of_a_mail_that_can_be_ended_with_one_click(register, post_office):
    deliver.send_digest(NINE)
    mail = post_office.messages[0]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith(f"<{settings.SITE_URL}/unsubscribe/")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert (
        mail["Message-ID"].strip() == Delivery.objects.get(subscriber__email=mail["To"]).message_id
    )
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_a_reader_without_news_gets_no_mail(register, post_office):
    readers.reader("quiet@example.org", scope="member", member=cast.fenn())
    counts = deliver.send_digest(NINE)
    assert (counts["sent"], counts["nothing_to_say"]) == (5, 1)
    assert statuses()["quiet@example.org"] == Status.NOTHING_TO_SAY


def test_who_has_not_confirmed_gets_none(register, post_office):
    subscriptions.ask("new@example.org", scope="all", now=NINE)
    deliver.send_digest(NINE)
    assert "new@example.org" not in statuses()


def test_who_confirms_later_in_the_week_gets_this_weeks(register, post_office):
    deliver.send_digest(NINE)
    readers.reader("late@example.org")
    assert deliver.send_digest(NINE + timedelta(days=1))["sent"] == 1
    assert post_office.messages[-1]["To"] == "late@example.org"


# The server


def test_an_unknown_address_is_suppressed_alone(register, post_office):
    post_office.on_recipient = {"reader2@example.org": "550 5.1.1 no such user"}.get
    counts = deliver.send_digest(NINE)
    assert (counts["sent"], counts["failed"], post_office.connections) == (4, 1, 1)
    assert statuses()["reader2@example.org"] == Status.REFUSED
    suppressed = Subscriber.objects.exclude(suppressed_at=None).get()
    assert (suppressed.email, suppressed.suppressed_because) == (
        "reader2@example.org", "550 5.1.1 no such user",
    )  # fmt: skip
    assert deliver.send_digest(NINE + timedelta(days=7))["sent"] == 4


def test_a_server_that_blocks_us_costs_no_subscriber(register, post_office):
    post_office.on_recipient = lambda address: "550 5.7.1 your host is blocked"
    assert deliver.send_digest(NINE)["failed"] == 5
    assert Subscriber.objects.active().count() == 5


def test_a_mail_that_is_refused_for_its_content_costs_no_subscriber(register, post_office):
    post_office.on_data = {"reader2@example.org": "554 looks like spam"}.get
    assert deliver.send_digest(NINE)["sent"] == 4
    assert statuses()["reader2@example.org"] == Status.REFUSED
    assert Subscriber.objects.active().count() == 5


@pytest.mark.parametrize(
    ("on", "answer", "connections"),
    [
        ("on_recipient", "451 try later", 1),
        ("on_recipient", "421 too many", 2),
        ("on_data", "451 try later", 1),
        ("on_recipient", "hang up", 2),
        ("on_data", "hang up", 2),
    ],
)
def test_a_passing_trouble_waits_for_the_next_tick(register, post_office, on, answer, connections):
    setattr(post_office, on, {"reader2@example.org": answer}.get)
    counts = deliver.send_digest(NINE)
    assert (counts["sent"], counts["failed"]) == (4, 1)
    assert (statuses()["reader2@example.org"], post_office.connections) == (
        Status.WAITING, connections,
    )  # fmt: skip
    setattr(post_office, on, {}.get)
    assert deliver.send_digest(NINE + timedelta(minutes=15))["sent"] == 1
    assert len(post_office.messages) == 5


def test_a_server_that_is_down_is_left_alone_until_the_next_tick(register, post_office):
    post_office.close()
    assert deliver.send_digest(NINE)["failed"] == deliver.PATIENCE
    assert set(statuses().values()) == {Status.WAITING}
    post_office.open()
    assert deliver.send_digest(NINE + timedelta(minutes=15))["sent"] == 5


def test_a_hanging_server_costs_one_wait_a_mail_and_no_more_than_its_patience(
    register, post_office, settings, monkeypatch
):
    settings.EMAIL_TIMEOUT = 0.2
    released = threading.Event()

    async def hang(*_):
        while not released.is_set():
            await asyncio.sleep(0.05)
        return "451 at last"

    monkeypatch.setattr(post_office, "handle_DATA", hang)
    assert deliver.send_digest(NINE)["failed"] == deliver.PATIENCE
    released.set()
    assert not post_office.messages


# Leaving


def test_unsubscribed_between_prepare_and_send(register, post_office):
    deliver.prepare(Week(MONDAY), NINE)
    subscriptions.unsubscribe(register[3], NINE)
    assert deliver.send_digest(NINE)["sent"] == 4
    assert statuses()["reader3@example.org"] == Status.CANCELLED


def test_unsubscribed_while_the_batch_is_under_way(register, post_office, monkeypatch):
    monkeypatch.setattr(deliver, "GLANCE", 2)
    deliver.prepare(Week(MONDAY), NINE)
    batch = deliver.claim(PERIOD)
    letters = deliver.write(batch, issue.Issue(Digest.objects.get()), NINE)
    subscriptions.unsubscribe(register[3], NINE)
    deliver.Carrier(NINE).deliver(batch, letters)
    assert "reader3@example.org" not in post_office.recipients()
    assert statuses()["reader3@example.org"] == Status.CANCELLED


# Leases


def test_a_claimed_row_is_nobody_elses(register):
    deliver.prepare(Week(MONDAY), NINE)
    assert len(deliver.claim(PERIOD)) == 5
    assert deliver.claim(PERIOD) == []


def test_what_a_dead_worker_had_claimed_is_taken_up_after_its_lease(register, post_office):
    deliver.prepare(Week(MONDAY), NINE)
    deliver.claim(PERIOD)
    assert deliver.send_digest(NINE)["sent"] == 0
    Delivery.objects.update(leased_until=Now() - timedelta(seconds=1))
    assert deliver.send_digest(NINE)["sent"] == 5
    assert set(Delivery.objects.values_list("attempts", flat=True)) == {2}


def test_no_mail_is_begun_at_the_end_of_a_lease(register, post_office, monkeypatch):
    monkeypatch.setattr(deliver, "RESERVE", deliver.LEASE)
    assert deliver.send_digest(NINE)["sent"] == 0
    assert set(statuses().values()) == {Status.WAITING}


def test_batches_follow_one_another(register, post_office, monkeypatch):
    monkeypatch.setattr(deliver, "BATCH", 2)
    assert deliver.send_digest(NINE)["sent"] == 5
    assert post_office.connections == 3


# Trying it out


def test_a_dry_run_counts_and_writes_nothing(register, post_office):
    readers.reader("quiet@example.org", scope="member", member=cast.fenn())
    counts = deliver.try_out(NINE)
    assert (counts["prepared"], counts["sent"], counts["nothing_to_say"]) == (6, 5, 1)
    written = (Digest, Delivery, MailToken)
    assert not any(model.objects.exists() for model in written)
    assert not post_office.messages


# What it costs


@pytest.mark.parametrize("number", [5, 50])
def test_a_batch_costs_eight_queries_at_most_and_none_a_reader(number, post_office):
    """But for the one update a mail that says it is out."""
    readers.news()
    readers.readers(number)
    deliver.prepare(Week(MONDAY), NINE)
    read = issue.Issue(Digest.objects.get())
    Council.current()
    with CaptureQueriesContext(connection) as captured:
        batch = deliver.claim(PERIOD)
        deliver.Carrier(NINE).deliver(batch, deliver.write(batch, read, NINE))
    assert len(post_office.messages) == number
    statements = [each["sql"] for each in captured if "SAVEPOINT" not in each["sql"]]
    marks = [each for each in statements if "SET \"status\" = 'sent'" in each]
    glances = -(-deliver.BATCH // deliver.GLANCE)
    assert len(marks) == number
    assert len(statements) - len(marks) - 1 + glances <= 8, statements[:8]
