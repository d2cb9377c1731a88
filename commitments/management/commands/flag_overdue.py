"""Notice what is overdue, as the periodic job does."""

from datetime import date

from django.utils.translation import gettext as _

from commitments import overdue
from commitments.management.days import day
from hearings import clock
from hearings.management import command


class Command(command.Command):
    help = __doc__

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--today", type=day, metavar="DATE", help="as if it were this date")

    def handle(self, *, today: date | None, **options) -> None:
        counts = overdue.flag_overdue(today=today or clock.today(), now=clock.now())
        self.report(counts, in_words(counts), as_json=options["json"])


def in_words(counts: dict[str, int]) -> str:
    words = _(
        "%(flagged)d newly flagged, %(unflagged)d no longer; "
        "%(overdue)d overdue, %(long_overdue)d of them for more than 30 days."
    )
    return words % counts
