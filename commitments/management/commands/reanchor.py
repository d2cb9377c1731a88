"""After a new revision: find the words of a hearing's moments in its current transcript."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from commitments import anchoring
from hearings import clock
from hearings.management import command
from hearings.models import Hearing


class Command(command.Command):
    help = __doc__

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument("hearing", metavar="HEARING", help="its slug")

    def handle(self, *, hearing: str, **options) -> None:
        found = Hearing.objects.filter(slug=hearing).first()
        if found is None:
            raise CommandError(_("There is no hearing “%s”.") % hearing)
        counts = anchoring.reanchor(found, now=clock.now())
        words = _("%(kept)d as quoted, %(moved)d in other words, %(lost)d lost.") % counts
        self.report(counts, words, as_json=options["json"])
