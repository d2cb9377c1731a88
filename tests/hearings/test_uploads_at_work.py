"""Uploads in a real install: a broker that is down, a worker killed -9 in the middle, a button that cancels."""

import json
import os
import signal
import subprocess
from contextlib import suppress

import psycopg
import pytest

from tests.hearings.formats.pdf import pdf_of
from tests.processes import Install, Mailbox, eventually
from tracker import services

pytestmark = pytest.mark.long
LINES = 60_000
A_PAGE = 25
SAID = "We can get back to you on that, and on the other things that you asked."
SEND = """
from django.contrib.auth.models import User
from hearings import clock, uploads
user, _ = User.objects.get_or_create(username="cora")
upload = uploads.keep(
    [open({path!r}, "rb").read()],
    described={{"title": "Budget hearing", "held_on": clock.today(), "committees": ["Finance"]}},
    file_name="budget.jsonl", uploaded_by=user, uploaded_at=clock.now(),
)
uploads.submit(upload, now=clock.now())
"""


@pytest.fixture
def install(tmp_path):
    mailbox = Mailbox()
    mailbox.controller.start()
    place = Install(tmp_path, "2026-11-02T11:00", mailbox)
    try:
        place.manage("migrate", "--verbosity", "0")
        yield place
    finally:
        for process in place.running:  # looking through so long a transcript nobody waits for
            kill(process)
        place.close()
        mailbox.controller.stop()


@pytest.fixture
def big_file(tmp_path) -> str:
    """What takes long to write."""
    path = tmp_path / "budget.jsonl"
    with path.open("w") as file:
        for n in range(LINES):
            line = {"start": n / 4, "speaker": f"Voice {n % 9}", "text": f"{SAID} {n}"}
            file.write(json.dumps(line) + "\n")
    return str(path)


@pytest.fixture
def big_pdf(tmp_path) -> str:
    """What takes long to read."""
    path = tmp_path / "budget.pdf"
    lines = [f"MS. {'ABCDEFGHI'[n % 9]}: {SAID} {n}" for n in range(LINES)]
    path.write_bytes(pdf_of([lines[n : n + A_PAGE] for n in range(0, LINES, A_PAGE)]))
    return str(path)


@pytest.fixture(params=["reading", "writing"])
def step(request) -> str:
    return request.param


@pytest.fixture
def slow_file(request, step) -> str:
    """What takes long in this step."""
    return request.getfixturevalue({"reading": "big_pdf", "writing": "big_file"}[step])


def ask(install: Install, question: str):
    """One row of the install's database."""
    place = services.database_settings(install.environment["DATA_DIR"])
    names = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    with psycopg.connect(**{ours: place[theirs] for ours, theirs in names.items()}) as connection:
        return connection.execute(question).fetchone()


def is_under_way(install: Install, step: str, attempt: int = 1) -> bool:
    """Whether the first upload is in the middle of this step, for the first time or again."""
    row = "SELECT state, step, attempts, fraction FROM hearings_upload ORDER BY id LIMIT 1"
    state, at, attempts, fraction = ask(install, row)
    assert state in ("queued", "running"), "it was over before it could be disturbed"
    return (at, attempts) == (step, attempt) and bool(fraction)


def written(install: Install) -> tuple:
    counts = (
        f"(SELECT count(*) FROM hearings_{name})" for name in ("hearing", "part", "utterance")
    )
    return ask(install, f"SELECT {', '.join(counts)}")


def state(install: Install) -> str:
    return ask(install, "SELECT state FROM hearings_upload ORDER BY id DESC LIMIT 1")[0]


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True).stdout
    pairs = [tuple(map(int, line.split())) for line in told.splitlines()]
    found = [pid]
    for each in found:
        found += [child for child, parent in pairs if parent == each]
    return found


def kill(process: subprocess.Popen) -> None:
    for pid in family(process.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def test_sent_without_a_broker_it_waits_for_the_tick(install, big_file):
    with_broker = install.environment
    install.environment = with_broker | {"REDIS_URL": "redis://127.0.0.1:1/0"}
    install.start_web()
    install.manage("shell", "--verbosity", "0", input=SEND.format(path=big_file))
    assert state(install) == "queued" and written(install) == (0, 0, 0)
    install.stop()
    install.environment = with_broker
    install.start()
    eventually(lambda: state(install) == "done", 90)
    assert written(install) == (1, 1, LINES)


def test_a_worker_killed_in_the_middle_leaves_nothing_and_another_imports_it_once(
    install, step, slow_file
):
    install.start()
    install.manage("shell", "--verbosity", "0", input=SEND.format(path=slow_file))
    eventually(lambda: is_under_way(install, step))
    kill(install.running[1])
    assert written(install) == (0, 0, 0)
    assert ask(install, "SELECT state, attempts FROM hearings_upload") == ("running", 1)
    install.start_worker()
    eventually(lambda: state(install) == "done", 120)
    assert written(install) == (1, 1, LINES)
    assert ask(install, "SELECT attempts FROM hearings_upload") == (2,)


def test_a_child_killed_in_the_middle_is_made_good_by_its_worker(install, big_file):
    """The broker hands the task out again at once; the lease makes it wait, and the tick takes it up."""
    install.start()
    install.manage("shell", "--verbosity", "0", input=SEND.format(path=big_file))
    eventually(lambda: is_under_way(install, "writing"))
    kill_children(install)
    eventually(lambda: state(install) == "done", 120)
    assert written(install) == (1, 1, LINES)


def kill_children(install: Install) -> None:
    _worker, *children = family(install.running[1].pid)
    for pid in children:
        os.kill(pid, signal.SIGKILL)


def test_a_file_that_kills_three_workers_is_given_up_and_others_go_on(install, big_pdf, tmp_path):
    small = tmp_path / "small.txt"
    small.write_text("Ann: Yes.\n" * 20_000)
    install.start()
    install.manage("shell", "--verbosity", "0", input=SEND.format(path=big_pdf))
    for attempt in (1, 2, 3):
        eventually(lambda attempt=attempt: is_under_way(install, "reading", attempt))
        kill_children(install)
        ask(install, "UPDATE hearings_upload SET claimed_until = now() RETURNING id")  # time flies
    eventually(lambda: state(install) == "failed")
    (problem,) = ask(install, "SELECT problem FROM hearings_upload")
    assert problem == "Three workers broke off over this file. Nothing was imported."
    assert written(install) == (0, 0, 0)
    install.manage("shell", "--verbosity", "0", input=SEND.format(path=str(small)))
    eventually(lambda: state(install) == "done", 60)


CANCEL = """
import time
from hearings import clock, uploads
from hearings.models import Upload
while not Upload.objects.filter(step="{step}", fraction__gt=0).exists():
    time.sleep(0.02)
print(uploads.cancel(Upload.objects.get(), now=clock.now()))
"""


def test_cancelled_in_the_middle_it_leaves_nothing(install, step, slow_file):
    install.start()
    words = SEND.format(path=slow_file) + CANCEL.format(step=step)
    install.manage("shell", "--verbosity", "0", input=words)
    ask(install, "SELECT pg_sleep(8)")  # longer than the rest of the import would take
    assert (state(install), written(install)) == ("cancelled", (0, 0, 0))
