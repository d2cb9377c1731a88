"""Send the weekly digest if it is due, as the periodic job does."""

from datetime import date, datetime, time

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from commitments.mail import deliver
from commitments.management.days import day
from hearings import clock
from hearings.management import command


class Command(command.Command):
    help = __doc__

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--today", type=day, metavar="DATE", help="as if it were this date, at noon"
        )
        parser.add_argument("--dry-run", action="store_true", help="send and write nothing")

    def handle(self, *, today: date | None, dry_run: bool, **options) -> None:
        if today and not dry_run and not settings.DEBUG:
            raise CommandError(
                _(
                    "--today is for --dry-run; a real send goes by the clock. Nothing was sent. (DEBUG lifts this.)"
                )
            )
        now = datetime.combine(today, time(12), tzinfo=clock.zone()) if today else clock.now()
        counts = deliver.try_out(now) if dry_run else deliver.send_digest(now)
        self.report(counts, in_words(counts, dry_run), as_json=options["json"])


def in_words(counts: dict, dry_run: bool) -> str:
    if counts["period"] is None:
        return _("No digest is due before Monday, nine o'clock.")
    if dry_run:
        words = _("Digest %(period)s would go to %(sent)d; nothing to say to %(nothing_to_say)d.")
    else:
        words = _(
            "Digest %(period)s: %(prepared)d newly prepared, %(sent)d sent, "
            "%(nothing_to_say)d with nothing to say, %(failed)d failed."
        )
    return words % counts
