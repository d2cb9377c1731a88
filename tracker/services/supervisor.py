"""Holds one engine up for as long as anybody takes part in it.

Run as `python -m tracker.services.supervisor ENGINE DATA_DIR`. It parts from whoever started it,
keeps their pipe until the engine answers, and what it writes there is why it does not.
"""

import os
import queue
import signal
import sys
import threading
from collections.abc import Callable

from . import locks
from .engines import ENGINES, Engine
from .places import ServicesError

TRIM_EVERY = 600  # seconds


def main(name: str, data_dir: str, *options: str) -> None:
    """Let the caller's child end, and watch from a process of our own."""
    if os.fork():
        os._exit(0)
    os.umask(0o077)
    (kind,) = (kind for kind in ENGINES if kind.name == name)
    try:
        supervise(kind(data_dir, throwaway="--throwaway" in options))
    except (ServicesError, OSError) as error:
        sys.stdout.write(str(error))


def supervise(engine: Engine) -> None:
    """Bring the engine up again whenever it dies, and stop it when the last user has left.

    Everyone still there keeps us from `users`; a newcomer waits at it while we stop the engine
    with that lock in hand, and then finds neither engine nor supervisor.
    """
    if locks.take_if_free(engine.supervisor) is None:
        return
    events: queue.SimpleQueue[str] = queue.SimpleQueue()
    signal.signal(signal.SIGTERM, lambda *_: events.put("told to stop"))
    try:
        engine.bring_up()
        _let_go_of_caller()
        _report(events, "all left", locks.take, engine.users)
        _report(events, "died", engine.wait_for_death)
        while (event := _next(events, engine)) == "died" and engine.folder.exists():
            engine.bring_up()
            _report(events, "died", engine.wait_for_death)
    finally:
        engine.stop()
    if event == "all left":
        engine.throw_away()


def _next(events: queue.SimpleQueue[str], engine: Engine) -> str:
    while True:
        try:
            return events.get(timeout=TRIM_EVERY)
        except queue.Empty:
            engine.trim_log()


def _report(
    events: queue.SimpleQueue[str], event: str, wait: Callable[..., object], *arguments: object
) -> None:
    """Tell of an event when a call that waits for it returns."""

    def waiting() -> None:
        wait(*arguments)
        events.put(event)

    threading.Thread(target=waiting, daemon=True).start()


def _let_go_of_caller() -> None:
    """Close the caller's pipe, on which it waits; errors go on to the log."""
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())


if __name__ == "__main__":
    main(*sys.argv[1:])
