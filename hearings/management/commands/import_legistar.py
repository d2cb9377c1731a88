"""Read a council's committees, people, meetings and the agendas of its hearings from its Legistar calendar."""

import re
from datetime import date

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from hearings import clock
from hearings.legistar import reading
from hearings.legistar.client import Client, LegistarError
from hearings.management import command

CLIENT = re.compile(r"[A-Za-z0-9_-]{1,60}")
LISTS = 5


class Command(command.Command):
    help = __doc__

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "client",
            metavar="CLIENT",
            help="the first word of the calendar's address, such as seattle",
        )
        parser.add_argument(
            "--since",
            metavar="YYYY-MM-DD",
            help=f"meetings and seats from this day on; else of the last {reading.PAST.days} days",
        )
        parser.add_argument(
            "--until",
            metavar="YYYY-MM-DD",
            help="meetings up to this day; else all that are announced",
        )
        parser.add_argument("--base-url", default=settings.LEGISTAR_BASE_URL, metavar="URL")

    def handle(
        self, *, client: str, since: str | None, until: str | None, base_url: str, **options
    ) -> None:
        if not CLIENT.fullmatch(client):
            raise CommandError(_("CLIENT must be a word such as seattle, not %s.") % client)
        first = day_of(since, "--since") if since else clock.today() - reading.PAST
        last = day_of(until, "--until") if until else None
        if last and last < first:
            raise CommandError(_("--until is before the first day, %s.") % first)
        days = {"since": first, "until": last}
        try:
            asked = Client(client, base_url=base_url, token=settings.LEGISTAR_TOKEN)
            with self.progress(LISTS) as progress:
                told = reading.read(asked, **days, now=clock.now(), step=progress.step)
        except LegistarError as error:
            raise CommandError(str(error)) from error
        self.report(told, in_words(told), as_json=options["json"])


def day_of(words: str, option: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        told = _("%(option)s must be a date such as 2026-11-20, not %(words)s.")
        raise CommandError(told % {"option": option, "words": words}) from error


def in_words(told: dict) -> str:
    names = {
        "committees": _("Committees"),
        "people": _("People"),
        "appointments": _("Appointments"),
        "meetings": _("Meetings"),
        "chapters": _("Chapters of hearings, from their agendas"),
    }
    lines = [
        _("%(what)s: %(created)d new, %(updated)d changed, %(unchanged)d as before.")
        % {"what": words, **told[name]}
        for name, words in names.items()
    ]
    off = _("%(off)d meetings are cancelled or deferred; %(adopted)d were hearings here already.")
    return "\n".join([*lines, off % told["meetings"], *told["warnings"]])
