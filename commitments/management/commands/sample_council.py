"""Fill an empty install with the invented council of Marrow Bay."""

from django.core.management.base import BaseCommand

from commitments import sampling
from hearings import clock
from hearings.models import Hearing


class Command(BaseCommand):
    help = "Fill an empty install with the sample council; an install with hearings stays as it is."

    def handle(self, **options) -> None:
        if Hearing.objects.exists():
            return
        sampling.load(clock.today())
        self.stdout.write("The sample council of Marrow Bay is there.")
