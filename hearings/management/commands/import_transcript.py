"""Import transcript files into a hearing: all of them, or none."""

import sys
from datetime import date
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearings import clock, offsets
from hearings.formats import FORMATS, ParsedTranscript, TranscriptError, parse
from hearings.importing import Summary, digest_of, find_or_make_hearing, import_transcript
from hearings.management import command
from hearings.models import Hearing
from hearings.models.hearing import web_address

STDIN = "-"
INTERRUPTED = 130  # the exit code of what Ctrl-C ended, 128 + SIGINT


class Command(command.Command):
    help = __doc__

    def add_arguments(self, parser) -> None:
        super().add_arguments(parser)
        parser.add_argument("files", nargs="+", metavar="FILE", help="- reads standard input")
        where = parser.add_argument_group("the hearing: its slug, or title, date and committees")
        where.add_argument("--hearing", metavar="SLUG")
        where.add_argument("--title")
        where.add_argument("--date", metavar="YYYY-MM-DD")
        where.add_argument(
            "--committee",
            action="append",
            default=[],
            dest="committees",
            metavar="NAME",
            help="once for each that sat, the one that called the hearing first",
        )
        where.add_argument("--source-url", default="", metavar="URL")
        where.add_argument("--video-url", default="", metavar="URL")
        where.add_argument("--video-offset", type=float, metavar="SECONDS")
        parser.add_argument("--format", help=f"one of {', '.join(FORMATS)}; else it is recognised")
        parser.add_argument(
            "--skip-bad-lines", action="store_true", help="leave out and list what can't be read"
        )
        parser.add_argument("--dry-run", action="store_true", help="tell, but write nothing")

    def handle(self, *, files: list[str], dry_run: bool, **options) -> None:
        if len(set(files)) < len(files):
            raise CommandError(_("A file is named twice. Nothing was imported."))
        try:
            imported = self.take_all(files, dry_run, options)
        except KeyboardInterrupt:
            stopped = _("Stopped. Nothing was imported.")
            raise CommandError(stopped, returncode=INTERRUPTED) from None
        told = [summary.as_dict() for summary in imported]
        facts = told[0] if len(told) == 1 else {"files": told}
        words = "\n".join(map(in_words, imported))
        if dry_run:
            words += "\n" + _("This was a dry run: nothing was written.")
        self.report(facts, words, as_json=options["json"])

    def take_all(self, files: list[str], dry_run: bool, options: dict) -> list[Summary]:
        """Into one hearing, in one transaction."""
        with self.progress(2 * len(files)) as progress, transaction.atomic():
            hearing, warnings = the_hearing(options)
            imported = [self.take(name, hearing, progress, options) for name in files]
            imported[0].warnings[:0] = warnings
            transaction.set_rollback(dry_run)
        return imported

    def take(self, name: str, hearing: Hearing, progress, options: dict) -> Summary:
        """Read and import one file."""
        progress.step(_("reading %s") % name)
        data = bytes_of(name)
        facts = {each: options[each] for each in ("format", "skip_bad_lines")}
        parsed = parsed_or_refused(name, data, progress=progress.tell, **facts)
        progress.step(_("importing %s") % name)
        return import_transcript(
            hearing,
            parsed,
            digest=digest_of(data),
            now=clock.now(),
            file_name="" if name == STDIN else Path(name).name,
            progress=progress.tell,
        )


def bytes_of(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise CommandError(
            _("%(file)s can't be read: %(why)s. Nothing was imported.")
            % {"file": name, "why": error.strerror}
        ) from error


def parsed_or_refused(name: str, data: bytes, **how) -> ParsedTranscript:
    try:
        return parse(data, **how)
    except TranscriptError as error:
        shown = _("standard input") if name == STDIN else name
        raise CommandError(
            _("%(file)s: %(why)s Nothing was imported.") % {"file": shown, "why": error}
        ) from error


def the_hearing(options: dict) -> tuple[Hearing, list[str]]:
    """The hearing that the options name, with the facts they give, and warnings. Nothing is guessed."""
    described = options["title"] or options["date"] or options["committees"]
    if options["hearing"] and described:
        raise CommandError(_("Give --hearing, or --title, --date and --committee, not both."))
    if options["hearing"]:
        hearing, warnings = Hearing.objects.filter(slug=options["hearing"]).first(), []
        if hearing is None:
            raise CommandError(_("There is no hearing %s.") % options["hearing"])
    else:
        if not (options["title"] and options["date"]):
            raise CommandError(_("Say which hearing: --hearing, or --title and --date."))
        hearing, warnings = find_or_make_hearing(
            title=title_of(options["title"]),
            held_on=day_of(options["date"]),
            committees=options["committees"],
        )
    give_facts(hearing, options)
    return hearing, warnings


def title_of(words: str) -> str:
    title = " ".join(words.split())
    longest = Hearing._meta.get_field("title").max_length
    if not 0 < len(title) <= longest:
        raise CommandError(_("--title takes 1 to %d characters.") % longest)
    return title


def day_of(words: str) -> date:
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise CommandError(
            _("--date must be a date such as 2026-11-20, not %s.") % words
        ) from error


def give_facts(hearing: Hearing, options: dict) -> None:
    """Note the addresses and the offset that were given; what wasn't given stays as it is."""
    facts = {name: options[name] for name in ("source_url", "video_url") if options[name]}
    for name, address in facts.items():
        try:
            web_address(address)
        except ValidationError as error:
            option = name.replace("_", "-")
            raise CommandError(_("--%s must be a web address.") % option) from error
        setattr(hearing, name, address)
    hearing.save(update_fields=list(facts))
    if options["video_offset"] is not None:
        set_video_offset(hearing, options["video_offset"])


def set_video_offset(hearing: Hearing, seconds: float) -> None:
    if not offsets.is_possible(seconds):
        raise CommandError(_("--video-offset must be a number of seconds, less than a day."))
    offsets.set_offset(hearing, seconds, now=clock.now())


def in_words(summary: Summary) -> str:
    counts = [
        ngettext("%d utterance", "%d utterances", summary.utterances) % summary.utterances,
        _("%d of them new") % summary.added,
        ngettext("%d chapter", "%d chapters", summary.chapters) % summary.chapters,
        ngettext("%d speaker", "%d speakers", summary.speakers) % summary.speakers,
        _("%d of them identified") % summary.identified,
    ]
    heading = _("%(hearing)s, revision %(revision)d, read as %(format)s: ") % {
        "hearing": summary.hearing,
        "revision": summary.revision,
        "format": summary.format,
    }
    skipped = [_("Left out, line %(line)d: %(reason)s") % each for each in summary.skipped]
    return "\n".join([f"{heading}{', '.join(counts)}.", *summary.warnings, *skipped])
