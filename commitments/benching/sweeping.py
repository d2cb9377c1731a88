"""Noticing what is overdue, beside a bare UPDATE and INSERT in one statement over the same rows.

Every run is rolled back, its deferred checks done before, and what it left behind is vacuumed.
"""

from collections.abc import Callable, Iterator

from django.db import transaction

from commitments.benching.database import run, throwaway
from commitments.benching.measuring import RUNS, Row, Size, medians
from commitments.generating import Size as Load
from commitments.generating import generate
from commitments.models import Commitment
from commitments.overdue import flag_overdue
from hearings import clock

BARE_TABLES = (
    "CREATE TABLE bare (LIKE commitments_commitment INCLUDING ALL EXCLUDING GENERATED)",
    "INSERT INTO bare SELECT * FROM commitments_commitment",
    "CREATE TABLE bare_event (LIKE commitments_event INCLUDING ALL)",
    "VACUUM ANALYZE",
)
BARE = """
WITH newly AS (
    UPDATE bare SET flagged_at = now()
    WHERE state IN ('open', 'partly_fulfilled') AND stopped_on IS NULL AND due_on < %s
      AND flagged_at IS NULL
    RETURNING id, state, visibility, due_on
)
INSERT INTO bare_event (commitment_id, act, at, role, state_before, state, visibility, due_on,
                        reason_code, facts)
SELECT id, 'flag', now(), '', state, state, visibility, due_on, '', '{}' FROM newly
"""
COMMITMENTS_A_HEARING = 100


def bench(size: Size) -> Iterator[Row]:
    hearings = size.commitments // COMMITMENTS_A_HEARING
    with throwaway():
        today, now = clock.today(), clock.now()
        lines = hearings * COMMITMENTS_A_HEARING * 2
        generate(Load(hearings, lines, size.commitments, 0), seed=1, today=today)
        for statement in BARE_TABLES:
            run(statement)
        due = Commitment.objects.overdue(today).count()
        among = f"{due:,} due of {size.commitments:,}"

        def sweep() -> object:
            return flag_overdue(today=today, now=now)

        def bare() -> object:
            return run(BARE, [today])

        ours, floor = medians(_undone(sweep), _undone(bare), runs=RUNS)
        yield Row(f"sweep, {among}", ours, "ms", "≤ 1.5 ×", floor)
        sweep()
        bare()
        run("VACUUM ANALYZE")
        ours, floor = medians(sweep, bare)
        yield Row("sweep, nothing due", ours, "ms", "≤ 2 ×", floor)


def _undone(work: Callable[[], object]) -> Callable[[], None]:
    def done_and_undone() -> None:
        with transaction.atomic():
            work()
            run("SET CONSTRAINTS ALL IMMEDIATE")
            transaction.set_rollback(True)

    return done_and_undone
