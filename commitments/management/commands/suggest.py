"""Likely commitments in a transcript file, without touching the database, or in a hearing's transcript."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import holidays
from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from commitments.dates import Due, spoken_due
from commitments.models import Holiday
from commitments.proposals import as_lines
from commitments.suggestions import DEFAULT_MIN_SCORE, Line, Suggestion, suggest
from hearings import offices
from hearings.formats import FORMATS, ParsedUtterance, TranscriptError, parse
from hearings.management import command
from hearings.models import Hearing, Utterance

STDIN = "-"
YEARS_AHEAD = 4  # that a spoken date may lie in


@dataclass(frozen=True)
class Reading:
    """What was said, the number each line goes by, and the day and hours from which dates count."""

    lines: Sequence[Line]
    units: Sequence[int]
    said_on: date | None
    said_at: time | None
    holidays: dict[date, str]


class Command(command.Command):
    help = __doc__

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument("source", metavar="FILE-or-hearing-slug", help="- reads standard input")
        parser.add_argument("--format", help=f"of a file: {', '.join(FORMATS)}; else recognised")
        parser.add_argument(
            "--date", metavar="YYYY-MM-DD", help="of a file: when it was said, for spoken dates"
        )
        parser.add_argument(
            "--min-score", type=float, default=DEFAULT_MIN_SCORE, help="0 to 1; default %(default)s"
        )

    def handle(self, *, source: str, min_score: float, **options) -> None:
        if not 0 <= min_score <= 1:
            raise CommandError(_("--min-score lies between 0 and 1."))
        said = reading_of(source, options["format"], options["date"])
        found = [as_record(each, said) for each in suggest(said.lines, min_score=min_score)]
        if options["json"]:
            self.report({"suggestions": found}, "", as_json=True)
            return
        for record in found:
            self.stdout.write(json.dumps(record, ensure_ascii=False, default=str))


def reading_of(source: str, format: str | None, said_on: str | None) -> Reading:
    if source == STDIN:
        return of_file(sys.stdin.buffer.read(), _("standard input"), format, said_on)
    if Path(source).is_file():
        return of_file(Path(source).read_bytes(), source, format, said_on)
    return of_hearing(source)


def of_file(data: bytes, name: str, format: str | None, said_on: str | None) -> Reading:
    try:
        parsed = parse(data, format=format)
        day = date.fromisoformat(said_on) if said_on else None
    except TranscriptError as error:
        raise CommandError(f"{name}: {error}") from error
    except ValueError as error:
        raise CommandError(_("--date must be a date such as 2026-11-20.")) from error
    return Reading(
        lines=[
            Line(
                text=each.text,
                speaker=each.speaker,
                start=each.start,
                side=offices.side_of(each.role),
                role=each.role,
            )
            for each in parsed.utterances
        ],
        units=units_of(parsed.utterances),
        said_on=day,
        said_at=None,
        holidays=library_holidays(day) if day else {},
    )


def units_of(utterances: Sequence[ParsedUtterance]) -> list[int]:
    """For each utterance the number, from 0, of the file's own unit that it came from: pieces of one
    long turn share it, and sorting by time doesn't change it."""
    numbers = {line: number for number, line in enumerate(sorted({u.line for u in utterances}))}
    return [numbers[each.line] for each in utterances]


def library_holidays(day: date) -> dict[date, str]:
    """The holidays that an install's table would be seeded with, from that day's year on."""
    country, _dash, state = settings.COUNCIL_HOLIDAYS.partition("-")
    if not country:
        return {}
    years = range(day.year, day.year + YEARS_AHEAD)
    return dict(holidays.country_holidays(country, subdiv=state or None, years=years))


def of_hearing(slug: str) -> Reading:
    hearing = Hearing.objects.filter(slug=slug).first()
    if hearing is None:
        raise CommandError(_("There is no file and no hearing %s.") % slug)
    spoken = Utterance.objects.current().filter(part__hearing=hearing).with_speakers().in_order()
    said = [(number, line) for number, each in enumerate(spoken) for line, _start in as_lines(each)]
    return Reading(
        lines=[line for _number, line in said],
        units=[number for number, _line in said],
        said_on=hearing.held_on,
        said_at=hearing.starts_at,
        holidays=Holiday.objects.as_mapping(),
    )


def as_record(found: Suggestion, said: Reading) -> dict:
    due = due_of(found, said)
    return {
        "utterance": said.units[found.utterance],
        "end_utterance": said.units[found.end_utterance],
        "start": found.start,
        "speaker": found.speaker,
        "quote": found.quote,
        "score": round(found.score, 4),
        "strength": found.strength,
        "type": found.type,
        "kind": found.kind,
        "how": found.how,
        "cue": found.cue,
        "reason": found.reason,
        "asked_by": found.asked_by,
        "asked_for": found.asked_for,
        "request": found.request,
        "due_words": due.words if due else found.due_words,
        "due_on": due.on if due else None,
        "due_basis": due.basis if due else None,
        "answered_later": found.answered_later,
    }


def due_of(found: Suggestion, said: Reading) -> Due | None:
    """By the words spoken; None where no time was named or nobody knows on which day it was said."""
    if said.said_on is None:
        return None
    return spoken_due(
        found.quote,
        said.said_on,
        holidays=said.holidays,
        said_at=said.said_at,
        asked=[found.request] if found.request else [],
    )
