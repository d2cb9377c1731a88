"""A whole install of its own for a test: engines, web server, worker, beat and a mail server, all real."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
INHERITED = ("PATH", "HOME", "LANG", "TMPDIR", "CHROMIUM")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Mailbox:
    """A mail server on loopback that keeps what it is given."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.controller.port}"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.messages if address in message["To"]]


class Install:
    """Processes that share a DATA_DIR, an hour and a mail server. `at` is the council's wall-clock time."""

    def __init__(self, data_dir: Path, at: str, mailbox: Mailbox) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = (data_dir / "processes.log").open("ab")
        self.environment = {name: os.environ[name] for name in INHERITED if name in os.environ} | {
            "DATA_DIR": str(data_dir),
            "DEBUG": "yes",
            "CLOCK_AT": at,
            "PORT": str(self.port),
            "TICK_SECONDS": "1",
            "EMAIL_URL": mailbox.url,
            "SECRET_KEY": "of this test only, and long enough for every check there is",
        }
        self.running: list[subprocess.Popen] = []

    def manage(self, *arguments: str, input: str | None = None) -> str:
        """Run a management command to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=PROJECT,
            env=self.environment,
            input=input,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        self.start_web()
        self.start_worker()
        self._start("celery", "--app", "tracker.celery", "beat")

    def start_web(self) -> None:
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        self._start(
            *("gunicorn", "tracker.wsgi", "--bind", f"127.0.0.1:{self.port}", "--threads", "4")
        )
        self.wait_for_pages()

    def start_worker(self) -> None:
        self._start("celery", "--app", "tracker.celery", "worker", "--concurrency", "1")

    def _start(self, program: str, *arguments: str) -> None:
        self.running.append(
            subprocess.Popen(
                [str(BIN / program), *arguments],
                cwd=PROJECT,
                env=self.environment,
                stdout=self.log,
                stderr=self.log,
            )
        )

    def wait_for_pages(self, seconds: float = 30) -> None:
        """Until the web server answers, and by answering holds the database up."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                urllib.request.urlopen(f"{self.address}/readyz", timeout=15)
                return
            except urllib.error.HTTPError:
                return
            except (urllib.error.URLError, OSError):
                assert time.monotonic() < deadline, "the web server does not answer"
                time.sleep(0.1)

    def close(self) -> None:
        self.stop()
        self.log.close()

    def stop(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait(timeout=30)
        self.running.clear()

    @contextmanager
    def at(self, hour: str):
        """All processes anew, with their clocks at this hour."""
        self.stop()
        self.environment["CLOCK_AT"] = hour
        self.start()
        yield self


def eventually(question, seconds: float = 30):
    """The first true answer to the question; fails if there is none in time."""
    deadline = time.monotonic() + seconds
    while not (answer := question()):
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.02)
    return answer
