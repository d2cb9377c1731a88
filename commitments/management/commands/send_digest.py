"""Send the weekly digest if it is due, as the periodic job does."""

import json
from datetime import date, datetime, time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from commitments.mail import deliver
from hearings import clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--today", type=date.fromisoformat, help="as if it were this date, at noon"
        )
        parser.add_argument("--dry-run", action="store_true", help="send and write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, today: date | None, dry_run: bool, **options) -> None:
        if today and not dry_run and not settings.DEBUG:
            raise CommandError(
                "--today is for --dry-run; a real send goes by the clock (or set DEBUG)."
            )
        now = datetime.combine(today, time(12), tzinfo=clock.zone()) if today else clock.now()
        counts = deliver.try_out(now) if dry_run else deliver.send_digest(now)
        self.stdout.write(json.dumps(counts) if options["json"] else as_sentence(counts))


def as_sentence(counts: dict) -> str:
    if counts["period"] is None:
        return "No digest is due before Monday, nine o'clock."
    return (
        "Digest {period}: {prepared} newly prepared, {sent} sent, "
        "{nothing_to_say} with nothing to say, {failed} failed."
    ).format(**counts)
