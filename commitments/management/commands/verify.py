"""Replay every commitment's history and print those that it doesn't explain; exit 1 if there are any."""

import sys

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.lifecycle import CLOCKS_OWN, moves
from hearings.management import command

REPLAY = """
WITH history AS (
    SELECT e.*,
           lag(e.state, 1, '') OVER told AS stood_before,
           row_number() OVER told AS place,
           row_number() OVER (PARTITION BY e.commitment_id ORDER BY e.number DESC) AS from_last
    FROM commitments_event e WHERE e.act <> ALL(%(clocks_own)s)
    WINDOW told AS (PARTITION BY e.commitment_id ORDER BY e.number)
), faults AS (
    SELECT commitment_id, min(number) AS number FROM history
    WHERE number <> place OR state_before <> stood_before
       OR (act || '/' || state_before || '/' || state) <> ALL(%(moves)s)
    GROUP BY commitment_id
)
SELECT c.id, c.reference, c.state, c.visibility, c.due_on, c.version,
       l.state, l.visibility, l.due_on, l.number, f.number
FROM commitments_commitment c
LEFT JOIN history l ON l.commitment_id = c.id AND l.from_last = 1
LEFT JOIN faults f ON f.commitment_id = c.id
WHERE f.number IS NOT NULL OR l.number IS DISTINCT FROM c.version OR l.state IS DISTINCT FROM c.state
   OR l.visibility IS DISTINCT FROM c.visibility OR l.due_on IS DISTINCT FROM c.due_on
ORDER BY c.id
"""
FIELDS = ("state", "visibility", "due_on", "version")


class Command(command.Command):
    help = __doc__

    def handle(self, **options) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM commitments_commitment")
            (checked,) = cursor.fetchone()
            cursor.execute(
                REPLAY,
                {
                    "clocks_own": list(CLOCKS_OWN),
                    "moves": ["/".join(move) for move in moves()],
                },
            )
            unexplained = [as_fact(row) for row in cursor.fetchall()]
        words = [in_words(fact) for fact in unexplained]
        total = ngettext("%d commitment replayed", "%d commitments replayed", checked) % checked
        found = ngettext("%d not explained", "%d not explained", len(words)) % len(words)
        facts = {"checked": checked, "unexplained": unexplained}
        self.report(facts, "\n".join([*words, f"{total}, {found}."]), as_json=options["json"])
        if unexplained:
            sys.exit(1)


def as_fact(row: tuple) -> dict:
    """A row that its events don't explain: how it stands, how its last event left it, and the first
    event that doesn't follow from the one before (None where only the row is wrong)."""
    key, reference, *rest = row
    return {
        "commitment": reference or f"d-{key}",
        "stands": dict(zip(FIELDS, rest[:4], strict=True)),
        "events_say": dict(zip(FIELDS, rest[4:8], strict=True)),
        "broken_at": rest[8],
    }


def in_words(fact: dict) -> str:
    differs = [
        _("%(field)s is %(is)s, its events say %(say)s")
        % {"field": field, "is": fact["stands"][field], "say": fact["events_say"][field]}
        for field in FIELDS
        if fact["stands"][field] != fact["events_say"][field]
    ]
    if fact["broken_at"]:
        differs.append(_("event %d doesn't follow from the one before") % fact["broken_at"])
    return f"{fact['commitment']}: {'; '.join(differs)}."
