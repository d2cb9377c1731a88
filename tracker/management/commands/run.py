"""Web server, Celery worker and Celery beat, from the Procfile, until Ctrl-C."""

import os
import socket
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from honcho.environ import parse_procfile
from honcho.manager import Manager

from hearings.models import Council


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options) -> None:
        refuse_a_taken_port()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        self.prepare()
        manager = Manager()
        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
            "PYTHONUNBUFFERED": "1",
        }
        processes = parse_procfile((settings.BASE_DIR / "Procfile").read_text()).processes
        for name, command in processes.items():
            manager.add_process(name, command, env=environment, cwd=str(settings.BASE_DIR))
        self.stdout.write(f"\n{Council.current().name}: {settings.SITE_URL}/   (Ctrl-C stops it)\n")
        self.greet()
        self.stdout.flush()
        manager.loop()
        sys.exit(manager.returncode)

    def prepare(self) -> None:
        """What goes into the database before the servers start."""

    def greet(self) -> None:
        """What to say when they do."""


def refuse_a_taken_port() -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Port {settings.PORT} is taken. Set another one: PORT=8001 make demo"
            ) from error
