"""Add transcript files to a hearing: all of them, or, if one can't be read, none."""

import json
import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from hearings import clock
from hearings.formats import FORMATS, ParsedTranscript, TranscriptError, parse
from hearings.importing import Summary, digest_of, find_or_make_hearing, import_transcript
from hearings.models import Hearing

STDIN = "-"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a transcript, or - for stdin")
        parser.add_argument("--hearing", metavar="SLUG", help="a hearing that is there")
        parser.add_argument("--title", help="of a hearing that is found or made")
        parser.add_argument("--date", type=date.fromisoformat, help="of that hearing: 2026-10-20")
        parser.add_argument("--committee", action="append", default=[], help="once for each")
        parser.add_argument("--source-url", default="")
        parser.add_argument("--video-url", default="")
        parser.add_argument(
            "--video-offset", type=float, default=0, help="seconds the video is ahead"
        )
        parser.add_argument("--format", choices=sorted(FORMATS), help="else told by the content")
        parser.add_argument(
            "--skip-bad-lines", action="store_true", help="list them, keep the rest"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would come of it")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, files: list[str], **options) -> None:
        read = [(name, *_read(name, options)) for name in files]
        with transaction.atomic():
            hearing, warnings = _hearing(options)
            summaries = [
                import_transcript(
                    hearing,
                    parsed,
                    digest=digest_of(data),
                    now=clock.now(),
                    file_name="" if name == STDIN else Path(name).name,
                )
                for name, data, parsed in read
            ]
            summaries[0].warnings = warnings + summaries[0].warnings
            transaction.set_rollback(options["dry_run"])
        self.stdout.write(_as_json(summaries) if options["json"] else _as_words(summaries))


def _read(name: str, options: dict) -> tuple[bytes, ParsedTranscript]:
    """The file's bytes and what they say; CommandError with its name where it can't be read."""
    try:
        data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(
            f"{name}: {error.strerror}. Nothing was imported.", returncode=1
        ) from error
    try:
        parsed = parse(data, format=options["format"], skip_bad_lines=options["skip_bad_lines"])
    except TranscriptError as error:
        raise CommandError(f"{name}: {error} Nothing was imported.", returncode=1) from error
    return data, parsed


def _hearing(options: dict) -> tuple[Hearing, list[str]]:
    if slug := options["hearing"]:
        hearing = Hearing.objects.filter(slug=slug).first()
        if hearing is None:
            raise CommandError(f"There is no hearing {slug}. Nothing was imported.")
        return hearing, []
    if not options["title"] or not options["date"]:
        raise CommandError(
            "Say which hearing: --hearing SLUG, or --title and --date. Nothing was imported."
        )
    return find_or_make_hearing(
        title=options["title"],
        held_on=options["date"],
        committees=options["committee"],
        source_url=options["source_url"],
        video_url=options["video_url"],
        video_offset=options["video_offset"],
    )


def _as_json(summaries: list[Summary]) -> str:
    rows = [summary.as_dict() for summary in summaries]
    return json.dumps(rows[0] if len(rows) == 1 else {"files": rows}, ensure_ascii=False)


def _as_words(summaries: list[Summary]) -> str:
    lines = []
    for each in summaries:
        lines.append(
            f"{each.hearing}: {each.utterances} utterances ({each.added} new), {each.chapters} chapters, "
            f"{each.identified} of {each.speakers} speakers recognised, revision {each.revision} ({each.format})."
        )
        lines += [f"  Left out, line {bad['line']}: {bad['reason']}" for bad in each.skipped]
        lines += [f"  Warning: {warning}" for warning in each.warnings]
    return "\n".join(lines)
