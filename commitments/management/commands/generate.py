"""Add a synthetic load, the same for the same seed, to measure with."""

import time

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from commitments.generating import Size, generate
from hearings import clock
from hearings.management import command

STEPS = 4


class Command(command.Command):
    help = __doc__

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        totals = parser.add_argument_group("how much in all")
        for name in ("hearings", "utterances", "commitments", "subscribers"):
            totals.add_argument(f"--{name}", type=int, required=True, metavar=name[0].upper())
        parser.add_argument("--seed", type=int, default=1, help="default %(default)s")

    def handle(self, *, hearings, utterances, commitments, subscribers, seed, **options) -> None:
        size = Size(hearings, utterances, commitments, subscribers)
        refuse_the_impossible(size)
        began = time.monotonic()
        with self.progress(STEPS) as progress:
            tally = generate(size, seed=seed, today=clock.today(), step=progress.step)
        seconds = time.monotonic() - began
        rows = tally.total()
        facts = {
            "rows": rows,
            "seconds": round(seconds, 3),
            "rows_per_second": round(rows / seconds),
            "tables": dict(tally),
        }
        words = _("%(rows)s rows in %(seconds)s s: %(speed)s rows/s.") % {
            "rows": f"{rows:,}",
            "seconds": f"{seconds:,.1f}",
            "speed": f"{rows / seconds:,.0f}",
        }
        self.report(facts, words, as_json=options["json"])


def refuse_the_impossible(size: Size) -> None:
    if min(size.hearings, size.utterances, size.commitments, size.subscribers) < 0:
        raise CommandError(_("Numbers below zero can't be generated."))
    if not size.hearings and (size.utterances or size.commitments):
        raise CommandError(_("Utterances and commitments need at least one hearing."))
    if size.commitments and size.utterances < 2 * size.hearings:
        raise CommandError(_("A hearing with commitments needs at least two utterances."))
