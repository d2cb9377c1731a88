"""Where the engines' files, programs and sockets live, and which account runs them.

An ordinary user's engines run as that user and stay in DATA_DIR. PostgreSQL refuses to run as
root, so root's run as an account that is there already. Where that account cannot reach DATA_DIR
or the installed programs, they live below STATE: no folder is ever opened to make a way for it.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import re
import shutil
import stat
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

STATE = Path("/var/lib/hearing-commitments")
ENGINES = ("postgres", "valkey")

# A socket's whole path, in bytes: 104 on macOS and 108 on Linux, both with the closing zero.
LONGEST_SOCKET_PATH = 103
LONGEST_SOCKET_NAME = len(".s.PGSQL.5432")
PLAIN_PATH = re.compile(r"[\w/.+-]+", re.ASCII)


class ServicesError(Exception):
    """An engine cannot run; says in a sentence why, and what to do."""


@dataclass(frozen=True)
class Account:
    """Who runs the engines."""

    uid: int
    gid: int

    @property
    def is_somebody_else(self) -> bool:
        return self.uid != os.geteuid()

    def may_search(self, folder: Path) -> bool:
        """Whether the mode bits of a folder let this account pass through it."""
        status = folder.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)

    def may_reach(self, path: Path) -> bool:
        """Whether it may pass through every folder of `path` that exists, to its end."""
        return all(self.may_search(part) for part in (path, *path.parents) if part.exists())


@cache
def account() -> Account:
    """The caller, or for root `postgres` where that account exists and else `nobody`."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise ServicesError(
        "PostgreSQL does not run as root and there is no account named postgres or nobody: "
        "run this as an ordinary user, or set DATABASE_URL and REDIS_URL."
    )


@cache
def home(data_dir: Path) -> Path:
    """The folder of the engines' files: DATA_DIR, unless their account cannot reach it.

    Takes the resolved path, as all functions here do. Where there are files already they stay the
    ones, whoever has opened or closed a folder since: nobody shall find an empty database.
    """
    elsewhere = STATE / _key(data_dir)
    if any((data_dir / engine).exists() for engine in ENGINES):
        return data_dir
    if account().is_somebody_else and (elsewhere.exists() or not account().may_reach(data_dir)):
        return elsewhere
    return data_dir


def socket_folder(data_dir: Path, engine: str) -> Path:
    """Where an engine listens: beside its files, or in a short private folder.

    The latter where the path has too many bytes for a socket, or a character that means something
    in a connection string.
    """
    beside = home(data_dir) / engine / "socket"
    length = len(os.fsencode(beside)) + 1 + LONGEST_SOCKET_NAME
    if length <= LONGEST_SOCKET_PATH and PLAIN_PATH.fullmatch(str(beside)):
        return beside
    return short_folder(os.geteuid()) / _key(data_dir) / engine


def make_home(data_dir: Path) -> None:
    """Create DATA_DIR and what `home` names, and say in it whose it is where it lies elsewhere.

    Whatever the umask, the engines' account may pass through what is created here.
    """
    for parent in reversed((data_dir, *data_dir.parents)):
        if not parent.exists():
            make_folder(parent, 0o755)
    folder = home(data_dir)
    if folder != data_dir:
        make_folder(STATE, 0o755)
        make_passage(folder)
        (folder / "DATA_DIR").write_text(f"{data_dir}\n")


def remove_home(data_dir: Path) -> None:
    """Undo `make_home` where no engine is left in it; DATA_DIR is its user's and stays."""
    folder = home(data_dir)
    if folder != data_dir and [path.name for path in folder.iterdir()] == ["DATA_DIR"]:
        (folder / "DATA_DIR").unlink()
        remove_if_empty(folder)


def remove_if_empty(folder: Path) -> None:
    """Remove a folder unless something is in it."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def make_socket_folder(folder: Path) -> None:
    """Create an engine's socket folder, which its account and root alone may enter."""
    if short_folder(os.geteuid()) in folder.parents:
        make_passage(short_folder(os.geteuid()))
        make_passage(folder.parent)
    make_folder(folder, 0o700, account())


def make_passage(folder: Path) -> None:
    """Create a folder of the caller's, closed to all but an engine's account on its way below."""
    make_folder(folder, 0o711 if account().is_somebody_else else 0o700)


def make_folder(folder: Path, mode: int, owner: Account | None = None) -> None:
    """Create a folder with exactly this mode; one that exists must be its owner's and stays."""
    owner = owner or Account(os.geteuid(), os.getegid())
    try:
        folder.mkdir(mode)
    except FileExistsError:
        check_owner(folder, owner)
        return
    if owner.is_somebody_else:
        os.chown(folder, owner.uid, owner.gid)
    folder.chmod(mode)


def check_owner(folder: Path, owner: Account) -> None:
    """Refuse a folder of somebody else's, and a link to who knows where."""
    found = folder.lstat()
    if found.st_uid != owner.uid or not stat.S_ISDIR(found.st_mode):
        raise ServicesError(
            f"{folder} belongs to {_name(found.st_uid)} and must be a folder of "
            f"{_name(owner.uid)}: run this as its owner, or set DATA_DIR to another folder."
        )


@cache
def programs(package: str, main: str) -> Path:
    """The folder of an installed package whose program `main` the engines' account may run."""
    spec = importlib.util.find_spec(package)
    folder = Path(spec.origin).resolve().parent if spec and spec.origin else None
    found = next(folder.glob(main), None) if folder else None
    if folder is None or found is None:
        raise ServicesError(
            f"The package {package} has no program for this platform: set DATABASE_URL and "
            "REDIS_URL to a PostgreSQL and a Valkey or Redis of your own."
        )
    if account().is_somebody_else and not account().may_reach(found):
        return _copied(package, folder)
    return folder


def _copied(package: str, folder: Path) -> Path:
    """A copy below STATE, made once per version, with the libraries that lie beside the package."""
    copies = STATE / "engines"
    copy = copies / f"{package}-{importlib.metadata.version(package)}"
    if not copy.exists():
        make_folder(STATE, 0o755)
        make_folder(copies, 0o755)
        scratch = Path(tempfile.mkdtemp(prefix=".new-", dir=copies))
        for source in (folder, folder.with_name(f"{package}.libs")):
            if source.exists():
                ignored = shutil.ignore_patterns("include", "__pycache__")
                shutil.copytree(source, scratch / source.name, ignore=ignored)
        for path in (scratch, *scratch.rglob("*")):
            path.chmod(0o755)
        try:
            scratch.rename(copy)
        except OSError:  # another process was quicker
            shutil.rmtree(scratch)
    return copy / package


def short_folder(uid: int) -> Path:
    """Where an account keeps sockets that need a short path: below the one folder that POSIX has everywhere,
    whatever a temporary folder of its own is called."""
    return Path(os.sep, "tmp", f"hearing-commitments-{uid}")


def _key(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
