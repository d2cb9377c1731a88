"""Noticing what is late. Pages ask the date; this only records that we noticed, so that people are told."""

from datetime import date, datetime

from django.db import connection, transaction

from commitments.lifecycle import RUNNING
from commitments.models import Commitment

SWEEP = """
WITH newly AS (
    UPDATE commitments_commitment SET flagged_at = %(now)s
    WHERE state = ANY(%(running)s) AND stopped_on IS NULL AND due_on < %(today)s
      AND flagged_at IS NULL
    RETURNING id, state, visibility, due_on, 'flag' AS act
), no_longer AS (
    UPDATE commitments_commitment SET flagged_at = NULL
    WHERE flagged_at IS NOT NULL
      AND (state <> ALL(%(running)s) OR stopped_on IS NOT NULL OR due_on IS NULL OR due_on >= %(today)s)
    RETURNING id, state, visibility, due_on, 'unflag' AS act
), noticed AS (
    INSERT INTO commitments_event (commitment_id, act, at, role, state_before, state, visibility,
                                   due_on, reason_code, facts)
    SELECT id, act, %(now)s, '', state, state, visibility, due_on, '', '{}'
    FROM (SELECT * FROM newly UNION ALL SELECT * FROM no_longer) AS turned
    RETURNING act
)
SELECT count(*) FILTER (WHERE act = 'flag'), count(*) FILTER (WHERE act = 'unflag') FROM noticed
"""


@transaction.atomic
def flag_overdue(*, today: date, now: datetime) -> dict[str, int]:
    """Flag what became overdue and unflag what no longer is, each with its event, in one statement.

    `today` is the council's date. Twice, or twice at once, changes nothing the second time.
    """
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, {"now": now, "today": today, "running": [str(s) for s in RUNNING]})
        flagged, unflagged = cursor.fetchone()
    return {
        "flagged": flagged,
        "unflagged": unflagged,
        "overdue": Commitment.objects.overdue(today).count(),
        "long_overdue": Commitment.objects.long_overdue(today).count(),
    }
