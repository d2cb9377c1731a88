"""How fast our work is beside a floor in the same run. A benchmark is no test: nothing fails on a time.

Each bench takes a `Size` and gives rows of a table: ours, a bare floor, their ratio and the target.
Those that need rows make them in a throw-away database of their own; the council's is never touched.
"""

from collections.abc import Callable, Iterator

from commitments.benching import importing, parsing, searching, suggesting, sweeping
from commitments.benching.measuring import FULL, QUICK, Row, Size

__all__ = ["BENCHES", "FULL", "QUICK", "Row", "Size"]

BENCHES: dict[str, Callable[[Size], Iterator[Row]]] = {
    "parse": parsing.bench,
    "import": importing.bench,
    "search": searching.bench,
    "suggest": suggesting.bench,
    "sweep": sweeping.bench,
}
