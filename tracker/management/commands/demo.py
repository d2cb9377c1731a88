"""The sample council, then web server, Celery worker and Celery beat until Ctrl-C."""

from django.core.management import call_command

from commitments.sampling import LOGINS, PASSWORD
from tracker.management.commands import run


class Command(run.Command):
    help = __doc__

    def prepare(self) -> None:
        call_command("sample_council", stdout=self.stdout)

    def greet(self) -> None:
        names = ", ".join(LOGINS)
        self.stdout.write(f"Log in at /accounts/login/ as {names}; the password is: {PASSWORD}\n")
