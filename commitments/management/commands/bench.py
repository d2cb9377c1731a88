"""Measure our work beside bare floors in the same run; nothing fails on a time."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from commitments.benching import BENCHES, FULL, QUICK, Row
from hearings.management import command

HEAD = ("path", "ours", "floor", "ratio", "target")


class Command(command.Command):
    help = __doc__

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "names", nargs="*", metavar="NAME", choices=[[], *BENCHES], help=", ".join(BENCHES)
        )
        parser.add_argument("--full", action="store_true", help="a million rows; takes minutes")

    def handle(self, *, names, full, **options) -> None:
        size = FULL if full else QUICK
        rows: dict[str, list[Row]] = {}
        for name in names or BENCHES:
            self.stderr.write(_("Measuring: %s …") % name)
            rows[name] = list(BENCHES[name](size))
        facts = {name: [row.as_dict() for row in those] for name, those in rows.items()}
        table = as_table([row for those in rows.values() for row in those])
        self.report({"full": full, "benches": facts}, table, as_json=options["json"])


def as_table(rows: Iterable[Row]) -> str:
    """A table of fixed columns, as wide as what stands in them."""
    cells = [HEAD, *map(_cells, rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _cells(row: Row) -> tuple[str, ...]:
    floor = "" if row.floor is None else _figure(row.floor, row.unit)
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return (row.path, _figure(row.ours, row.unit), floor, ratio, row.target)


def _figure(value: float, unit: str) -> str:
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:,.1f} {unit}"
