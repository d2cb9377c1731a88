"""What our commands share: bad input is one plain sentence on stderr and exit 1, `--json` one object."""

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.translation import gettext as _

QUIET_SECONDS = 2  # work that takes longer shows how far it is, on a terminal


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they read the whole site; a command needs its rows

    def create_parser(self, prog_name, subcommand, **kwargs):
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if self._called_from_command_line:
            parser.error = lambda message: parser.exit(1, f"{message}\n")
        return parser

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except OperationalError as error:
            problem = CommandError(_("The database can't be reached: %s") % error)
        except CommandError as error:
            problem = error
        if options.get("traceback") or not self._called_from_command_line:
            raise problem
        self.stderr.write(str(problem))
        sys.exit(problem.returncode)

    def report(self, facts: dict, words: str, *, as_json: bool) -> None:
        """Say what was done: `facts` to a program, `words` to a person."""
        self.stdout.write(json.dumps(facts, ensure_ascii=False, default=str) if as_json else words)

    @contextmanager
    def progress(self, total: int) -> Iterator["Progress"]:
        """A bar on the terminal while `total` steps are taken; nothing where nobody looks."""
        shown = Progress(self.stderr, total)
        if not self.stderr.isatty():
            yield shown
            return
        done = threading.Event()
        painter = threading.Thread(target=shown.paint_until, args=[done], daemon=True)
        painter.start()
        try:
            yield shown
        finally:
            done.set()
            painter.join()


class Progress:
    WIDTH = 30
    CLEAR = "\r\033[K"

    def __init__(self, out, total: int) -> None:
        self.out = out
        self.total = total
        self.done = 0
        self.fraction = 0.0  # of the step that is under way
        self.doing = ""

    def step(self, doing: str) -> None:
        """The step that begins now."""
        self.done += bool(self.doing)
        self.fraction = 0.0
        self.doing = doing

    def tell(self, fraction: float) -> None:
        """How much of the step is done."""
        self.fraction = fraction

    def line(self, seconds: float) -> str:
        full = int(self.WIDTH * (self.done + self.fraction) / self.total)
        bar = "█" * full + "·" * (self.WIDTH - full)
        return f"{bar} {self.doing}, {seconds:.0f} s"

    def paint_until(self, done: threading.Event) -> None:
        began = time.monotonic()
        if done.wait(QUIET_SECONDS):
            return
        while not done.wait(0.2):
            self.out.write(f"{self.CLEAR}{self.line(time.monotonic() - began)}", str, ending="")
            self.out.flush()
        self.out.write(self.CLEAR, str, ending="")
