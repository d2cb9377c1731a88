"""Notice what is overdue, as the periodic job does."""

import json
from datetime import date

from django.core.management.base import BaseCommand

from commitments import overdue
from hearings import clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="as if it were this date")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, today: date | None, json: bool, **options) -> None:
        counts = overdue.flag_overdue(today=today or clock.today(), now=clock.now())
        self.stdout.write(as_json(counts) if json else as_sentence(counts))


as_json = json.dumps


def as_sentence(counts: dict[str, int]) -> str:
    return (
        "{flagged} newly flagged, {unflagged} no longer; "
        "{overdue} overdue, {long_overdue} of them for more than 30 days."
    ).format(**counts)
