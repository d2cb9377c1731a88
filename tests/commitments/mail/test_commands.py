"""`flag_overdue` and `send_digest` as somebody types them, and the periodic jobs that run the same."""

import json
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command, load_command_class

from commitments import tasks
from commitments.mail import deliver
from commitments.models import Delivery, Event
from hearings.management.command import Command
from hearings.models import JobRun
from tests import cast
from tests.commitments.mail import readers
from tests.commitments.mail.readers import NINE, PERIOD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday(settings):
    settings.CLOCK_AT = NINE


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def told(*arguments: str) -> dict:
    return json.loads(run(*arguments, "--json"))


def refused(capsys, name: str, *arguments: str) -> str:
    """The one sentence on stderr of a command that ends with 1."""
    command: Command = load_command_class("commitments", name)
    with pytest.raises(SystemExit) as ended:
        command.run_from_argv(["manage.py", name, *arguments])
    assert ended.value.code == 1
    out, err = capsys.readouterr()
    assert out == ""
    return err


def test_flagging_twice_changes_nothing_the_second_time():
    cast.published()
    flagged = {"flagged": 1, "unflagged": 0, "overdue": 1, "long_overdue": 0}
    assert told("flag_overdue") == flagged
    assert told("flag_overdue") == {**flagged, "flagged": 0}


def test_flagging_as_if_it_were_another_day():
    cast.published()
    assert told("flag_overdue", "--today=2026-11-04")["flagged"] == 0
    assert told("flag_overdue", "--today=2026-12-24")["long_overdue"] == 1


def test_a_person_gets_a_sentence():
    assert run("flag_overdue").startswith("0 newly flagged")
    assert run("send_digest").startswith(f"Digest {PERIOD}: 0 newly prepared")


@pytest.mark.parametrize("name", ["flag_overdue", "send_digest"])
def test_a_date_that_is_none_is_refused_in_a_sentence(capsys, name):
    sentence = refused(capsys, name, "--today", "2026-13-01")
    assert "such as 2026-11-23, not 2026-13-01" in sentence
    assert sentence.count("\n") == 1


def test_sending_twice_sends_nothing_the_second_time():
    readers.news(), readers.reader()
    sent = {"period": PERIOD, "prepared": 1, "sent": 1, "nothing_to_say": 0, "failed": 0}
    assert told("send_digest") == sent
    assert told("send_digest") == {**sent, "prepared": 0, "sent": 0}
    assert len(mail.outbox) == 1


def test_a_dry_run_sends_and_writes_nothing():
    readers.news(), readers.reader()
    assert told("send_digest", "--dry-run", "--today=2026-11-16")["sent"] == 1
    assert not mail.outbox and not Delivery.objects.exists()


def test_a_real_send_on_another_day_is_refused(capsys):
    assert "Nothing was sent" in refused(capsys, "send_digest", "--today", "2026-11-16")


def test_a_real_send_on_another_day_is_for_debugging(settings):
    settings.DEBUG = True
    assert told("send_digest", "--today=2026-11-16")["period"] == "2026-W47"


def test_before_nine_on_monday_nothing_is_due(settings):
    settings.CLOCK_AT = NINE.replace(hour=8)
    assert told("send_digest")["period"] is None


@pytest.mark.parametrize("job", ["flag_overdue", "send_digest", "read_missing"])
def test_a_job_notes_when_it_last_went_well(job):
    getattr(tasks, job)()
    assert JobRun.objects.get(name=job).last_success == NINE


def test_a_job_that_fails_says_why_and_is_not_silent(monkeypatch):
    monkeypatch.setattr(deliver, "send_digest", lambda now: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.send_digest()
    run = JobRun.objects.get(name="send_digest")
    assert (run.last_success, run.last_failure) == (None, NINE)
    assert run.problem.startswith("ZeroDivisionError")


def test_the_jobs_do_what_the_commands_do():
    commitment = cast.published()
    readers.reader()
    tasks.flag_overdue()
    tasks.send_digest()
    assert Event.objects.filter(commitment=commitment, act="flag").count() == 1
    assert len(mail.outbox) == 1


def test_what_nobody_has_looked_through_is_found_by_the_next_tick():
    where = cast.hearing()
    tasks.read_missing()
    found = where.suggestions.count()
    assert found > 0
    tasks.read_missing()
    tasks.read(where.pk)
    assert where.suggestions.count() == found
