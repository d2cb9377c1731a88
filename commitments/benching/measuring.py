"""Medians, rows of the table, and the memory of a child process."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from django.db import connection

PROJECT = Path(__file__).resolve().parents[2]
RUNS = 5


@dataclass(frozen=True)
class Size:
    """How much is generated: utterances to search and to import at once, commitments to sweep."""

    utterances: int
    imported: int
    commitments: int


QUICK = Size(utterances=200_000, imported=0, commitments=50_000)
FULL = Size(utterances=1_000_000, imported=1_000_000, commitments=1_000_000)


@dataclass(frozen=True)
class Row:
    """One line of the table. `ours` and `floor` are in `unit`; without a floor there is no ratio."""

    path: str
    ours: float
    unit: str
    target: str
    floor: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    def as_dict(self) -> dict:
        return {**asdict(self), "ratio": self.ratio}


def wall_clock(work: Callable[[], object]) -> float:
    """The milliseconds it takes."""
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1000


def in_the_database(work: Callable[[], object]) -> float:
    """The milliseconds of it that pass while the database answers."""
    taken = 0.0

    def timed(execute, *arguments):
        nonlocal taken
        began = perf_counter()
        try:
            return execute(*arguments)
        finally:
            taken += perf_counter() - began

    with connection.execute_wrapper(timed):
        work()
    return taken * 1000


def medians(
    *works: Callable[[], object],
    runs: int = RUNS,
    timer: Callable[[Callable[[], object]], float] = wall_clock,
) -> list[float]:
    """The median milliseconds of each, taken in turns after one round that isn't counted."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(runs + 1):
        for work, taken in zip(works, times, strict=True):
            milliseconds = timer(work)
            if turn:
                taken.append(milliseconds)
    return [median(taken) for taken in times]


def memory_of(work: Callable[[bytes], float], data: bytes) -> float:
    """What a fresh process needs on top for that work, in MiB. `work` gives the `peak` at which it
    began; the data is made here, so that nothing of its making is there to be used again."""
    module, name = work.__module__, work.__name__
    script = (
        "import sys, django; django.setup();"
        f"from {module} import {name};"
        "from commitments.benching.measuring import peak;"
        f"before = {name}(sys.stdin.buffer.read()); print(peak() - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=PROJECT, input=data, capture_output=True, check=True
    )
    return float(done.stdout)


def peak() -> float:
    """The most memory this process has held, in MiB. (`ru_maxrss` would count its parent's.)"""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
