"""Advisory locks on files: the kernel lets go of them when their last holder ends, even by kill -9.

That is why nothing here is counted: who is there, and whether a server still lives, is asked of
the locks. A lock is shared with forked children, and with a program started with it on purpose.
"""

import contextlib
import fcntl
import os
from pathlib import Path


def take(path: Path, *, shared: bool = False) -> int:
    """Wait for the lock and hold it until the returned descriptor and its copies are closed."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def is_current(descriptor: int, path: Path) -> bool:
    """Whether the lock taken is still the one that others find, and its file not removed since."""
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), path.stat())
    return False


def take_if_free(path: Path) -> int | None:
    """Hold the lock alone, or say None where somebody else has it."""
    descriptor = _open(path)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock alone. Never waits."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        # Said aloud, as another thread may have forked a copy of the descriptor just now.
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        return False
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
