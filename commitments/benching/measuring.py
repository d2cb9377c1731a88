"""Medians, rows of the table, and the memory of a child process."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

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


def medians(*works: Callable[[], object], runs: int = RUNS) -> list[float]:
    """The median milliseconds of each, taken in turns after one round that isn't counted."""
    times: list[list[float]] = [[] for _ in works]
    for turn in range(runs + 1):
        for work, taken in zip(works, times, strict=True):
            began = perf_counter()
            work()
            if turn:
                taken.append((perf_counter() - began) * 1000)
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
