"""Likely commitments of a transcript file or of a hearing, one JSON object a line, in the order spoken."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import holidays
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from commitments.dates import spoken_due
from commitments.models import Holiday
from commitments.proposals import as_line
from commitments.suggestions import DEFAULT_MIN_SCORE, Line, Suggestion, suggest
from hearings.formats import FORMATS, TranscriptError, parse
from hearings.models import Hearing, Utterance


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("source", metavar="FILE-or-hearing", help="a file, or a hearing's slug")
        parser.add_argument("--format", choices=sorted(FORMATS), help="else told by the content")
        parser.add_argument("--date", type=date.fromisoformat, help="of the hearing, for due dates")
        parser.add_argument("--min-score", type=float, default=DEFAULT_MIN_SCORE)

    def handle(self, *, source: str, min_score: float, **options) -> None:
        path = Path(source)
        if path.is_file():
            lines = _lines_of_file(path, options["format"])
            said_on = options["date"]
            calendar = _calendar(said_on) if said_on else {}
        else:
            lines, said_on = _lines_of_hearing(source)
            calendar = Holiday.objects.as_mapping()
        for found in suggest(lines, min_score=min_score):
            facts = _facts(found, said_on, calendar)
            self.stdout.write(json.dumps(facts, ensure_ascii=False))


def _lines_of_file(path: Path, format: str | None) -> list[Line]:
    """The file's own units, in its own order; the database isn't touched."""
    try:
        parsed = parse(path.read_bytes(), format=format)
    except TranscriptError as error:
        raise CommandError(f"{path}: {error}") from error
    return [
        Line(text=each.text, speaker=each.speaker, start=each.start, role=each.role)
        for each in parsed.utterances
    ]


def _lines_of_hearing(slug: str) -> tuple[list[Line], date]:
    hearing = Hearing.objects.filter(slug=slug).first()
    if hearing is None:
        raise CommandError(f"{slug} is neither a file nor a hearing.")
    utterances = Utterance.objects.current().filter(part__hearing=hearing)
    return [as_line(each) for each in utterances.with_speakers().in_order()], hearing.held_on


def _calendar(said_on: date) -> Mapping[date, str]:
    """The state's holidays around a date, from the library: a file knows no council's table."""
    country, _dash, state = (settings.COUNCIL_HOLIDAYS or "US").partition("-")
    years = range(said_on.year, said_on.year + 3)
    return dict(holidays.country_holidays(country, subdiv=state or None, years=years).items())


def _facts(found: Suggestion, said_on: date | None, calendar) -> dict:
    due = (
        spoken_due(found.quote, said_on, holidays=calendar, asked=_asked(found))
        if said_on
        else None
    )
    return {
        "utterance": found.utterance,
        "end_utterance": found.end_utterance,
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
        "request": found.request,
        "summary": found.summary,
        "due_words": due.words if due else found.due_words,
        "due_on": due.on.isoformat() if due and due.on else None,
        "due_basis": due.reason if due else "",
    }


def _asked(found: Suggestion) -> list[str]:
    return [found.request] if found.request else []
