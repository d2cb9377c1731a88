"""Real PostgreSQL and real Valkey out of wheels, for whoever has not set DATABASE_URL or REDIS_URL.

Processes of one DATA_DIR share one server of each kind. A process takes part by holding a shared
lock; a supervisor that nobody waits for holds the servers up and stops them when the last lock is
gone, however its holder ended. `places` says where everything lives and who runs it, `engines` how
each server is made, started and stopped, `supervisor` for how long, `locks` who is there.
"""

import atexit
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import locks
from .engines import START_SECONDS, Engine, Postgres, Valkey
from .places import ServicesError

__all__ = ["ServicesError", "broker_url", "cache_url", "database_settings", "ensure", "running"]

PROJECT = Path(__file__).resolve().parents[2]

_memberships: dict[Path, int] = {}
_one_at_a_time = threading.RLock()


def database_settings(data_dir: str | Path) -> dict[str, Any]:
    """The entry for Django's DATABASES. Pure: looks at folders, creates and starts nothing."""
    engine = Postgres(data_dir)
    return {
        "ENGINE": "tracker.postgres",
        "NAME": Postgres.DATABASE,
        "USER": Postgres.USER,
        "HOST": str(engine.socket.parent),
        "PORT": Postgres.PORT,
        "DATA_DIR": str(engine.data_dir),
    }


def broker_url(data_dir: str | Path) -> str:
    """Where Celery finds Valkey, in kombu's words for a Unix socket. Pure."""
    return f"redis+socket://{Valkey(data_dir).socket}"


def cache_url(data_dir: str | Path) -> str:
    """The same place as `broker_url`, in the words of redis-py and of Django's cache. Pure."""
    return f"unix://{Valkey(data_dir).socket}"


def ensure(
    data_dir: str | Path, *, postgres: bool = True, valkey: bool = True, throwaway: bool = False
) -> None:
    """Take part in the engines of `data_dir` until this process and its forks end.

    Returns when both answer; costs microseconds when that is so already. `throwaway`, for tests,
    makes a new engine that is quick because it would not survive a power cut, and is removed when
    its last user has left; one that exists stays as it was made.
    Raises ServicesError with a sentence for a person when an engine cannot run.
    """
    for engine in _wanted(data_dir, postgres, valkey, throwaway):
        if _takes_part(engine) and engine.is_ready():
            continue
        with _one_at_a_time:
            if not _takes_part(engine):
                _memberships[engine.folder] = _join(engine)
                atexit.register(_leave_no_orphan, engine)
            _wait_until_ready(engine)


@contextlib.contextmanager
def running(
    data_dir: str | Path, *, postgres: bool = True, valkey: bool = True, throwaway: bool = False
) -> Iterator[None]:
    """Take part in the engines of `data_dir` for the length of a `with` block; see `ensure`."""
    with contextlib.ExitStack() as membership:
        for engine in _wanted(data_dir, postgres, valkey, throwaway):
            membership.callback(os.close, _join(engine))
            membership.callback(_leave_no_orphan, engine)
            _wait_until_ready(engine)
        yield


def _wanted(data_dir: str | Path, postgres: bool, valkey: bool, throwaway: bool) -> list[Engine]:
    wanted = ((Postgres, postgres), (Valkey, valkey))
    return [kind(data_dir, throwaway=throwaway) for kind, is_wanted in wanted if is_wanted]


def _takes_part(engine: Engine) -> bool:
    membership = _memberships.get(engine.folder)
    return membership is not None and locks.is_current(membership, engine.users)


def _join(engine: Engine) -> int:
    """Be counted in, once a supervisor that is just stopping the engine has ended."""
    try:
        while True:
            with contextlib.suppress(FileNotFoundError):  # just thrown away
                engine.make_folder()
                membership = locks.take(engine.users, shared=True)
                if locks.is_current(membership, engine.users):
                    return membership
                os.close(membership)
    except OSError as error:
        raise ServicesError(f"{engine.title} cannot run in {engine.folder}: {error}.") from error


def _wait_until_ready(engine: Engine) -> None:
    """Wait for the engine, under whichever supervisor; where there is none, start one.

    Of supervisors that start at once one stays, so every caller may start one without asking.
    """
    deadline = time.monotonic() + START_SECONDS
    while not engine.is_ready():
        if time.monotonic() > deadline:
            raise ServicesError(f"{engine.title} does not answer; its log is {engine.log}.")
        if locks.is_held(engine.supervisor):
            time.sleep(0.01)
        else:
            _start_supervisor(engine)


def _start_supervisor(engine: Engine) -> None:
    """Start a supervisor in a session of its own, and return when it knows how its start went."""
    module = f"{__name__}.supervisor"
    options = ["--throwaway"] if engine.throwaway else []
    with engine.log.open("ab") as log:
        started = subprocess.run(
            [sys.executable, "-m", module, engine.name, str(engine.data_dir), *options],
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
            text=True,
        )
    if started.returncode > 0:  # one that was killed is followed by another
        raise ServicesError(f"{engine.title} has no supervisor; its log is {engine.log}.")
    if started.stdout:
        raise ServicesError(started.stdout)


def _leave_no_orphan(engine: Engine) -> None:
    """Where somebody killed the supervisor, start one that will stop the engine after us."""
    if locks.is_held(engine.alive) and not locks.is_held(engine.supervisor):
        with contextlib.suppress(ServicesError):
            _start_supervisor(engine)
