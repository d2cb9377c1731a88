"""ParsedTranscript → rows, in one transaction. A better transcript is a new revision, never an edit."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hearings import attributions, capitals, queue, speakers, withholding
from hearings.formats import ParsedTranscript, ParsedUtterance, Progress, told_to_nobody
from hearings.formats.names import printed_role
from hearings.models import (
    Agency,
    Chapter,
    Committee,
    Hearing,
    Host,
    Official,
    Part,
    Speaker,
    Transcript,
    Utterance,
)
from hearings.models.transcript import is_nameless
from hearings.refusing import Refused, permit
from hearings.roles import Role
from hearings.words import share_in_common


@dataclass
class Summary:
    """What an import did, for a person to check; `added` is what was new."""

    hearing: str
    format: str
    revision: int
    utterances: int
    added: int
    chapters: int
    speakers: int
    identified: int
    skipped: list[dict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    as_dict = asdict


ROWS_A_REPORT = 500
SAID_AGAIN = 0.3  # of the words of the shorter; two machines hear most words alike
FOREIGN = 0.05  # less than so much: of another hearing, for all that people say everywhere
ENOUGH_WORDS = 200  # to tell it by
ONLY_THE_CHAPTER = gettext_lazy(
    "The hearing has a transcript of the whole: of this page only the chapter was added, not the words."
)
COLUMNS = 'line, place, start, "end", is_interpolated, speaker_id, text'
EDGES = 5.0  # seconds by which one file may run on into the next


def digest_of(data: bytes) -> str:
    """What tells a file from others: its bytes, but for its line ends and what is blank at its end."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n").rstrip()).hexdigest()


@transaction.atomic
def find_or_make_hearing(
    *, title: str, held_on: date, committees: Iterable[str], **facts
) -> tuple[Hearing, list[str]]:
    """The hearing of that title, date and committees, made where there is none, and warnings."""
    names = each_once(committees)
    one_at_a_time(f"{held_on} {title}")
    if known := hearings_called(title, held_on, names):
        return known[0], []
    hearing = Hearing.objects.create(
        title=title, held_on=held_on, **{key: value for key, value in facts.items() if value}
    )
    return hearing, seat(hearing, names)


def each_once(committees: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name.strip() for name in committees if name.strip()))


def hearings_called(title: str, held_on: date, committees: Iterable[str]) -> list[Hearing]:
    """The hearings of that title, date and committees: one, or none."""
    alike = Hearing.objects.filter(title=title, held_on=held_on).with_committees()
    wanted = set(committees)
    return [each for each in alike if {body.name for body in each.committee_list} == wanted]


def seat(hearing: Hearing, committees: Iterable[str]) -> list[str]:
    """Let these committees sit at a hearing that has none; warnings of those that were not known."""
    warnings = []
    for position, name in enumerate(committees):
        committee, is_new = Committee.objects.get_or_create(name=name)
        Host.objects.create(hearing=hearing, committee=committee, position=position)
        if is_new:
            warnings.append(_("The committee “%s” was not known and has been added.") % name)
    return warnings


def one_at_a_time(key: str) -> None:
    """Hold a lock on these words until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [key])


@transaction.atomic
def import_transcript(
    hearing: Hearing,
    parsed: ParsedTranscript,
    *,
    digest: str,
    now: datetime,
    by=None,
    file_name: str = "",
    progress: Progress = told_to_nobody,
) -> Summary:
    """Add a parsed file to a hearing.

    The same bytes, by their `digest_of`, change nothing. A free stretch of time joins the current
    revision; an overlap, or the same words on another clock, makes a new one with those parts replaced; a
    chapter's page over a whole-hearing file adds only its chapter. `progress` hears which fraction of the
    utterances is written, and may stop it all by raising.
    """
    Hearing.objects.select_for_update().get(pk=hearing.pk)
    standing = list(Part.objects.current().filter(hearing=hearing))
    warnings = list(parsed.warnings)
    if known := next((part for part in standing if part.digest == digest), None):
        speakers.identify(hearing, Speaker.objects.of_part(known))
        return _summary(hearing, parsed, now, part=known, added=0, warnings=warnings)
    facts = {"digest": digest, "imported_at": now, "imported_by": by, "file_name": file_name}
    part, replaced, doubts = _take_lines(hearing, parsed, standing, progress, facts)
    _add_chapters(hearing, part, parsed, replaced)
    warnings += doubts + _follow(hearing, replaced)
    added = len(parsed.utterances) if part else 0
    return _summary(hearing, parsed, now, part=part, added=added, warnings=warnings)


@transaction.atomic
def restore(earlier: Transcript, *, by, now: datetime) -> list[str]:
    """Make an earlier revision's words the current ones again, as a new revision; warnings. Its chapters
    don't come back with it."""
    permit(by, Role.CLERK)
    hearing = Hearing.objects.select_for_update().get(pk=earlier.hearing_id)
    standing = {part.digest: part for part in Part.objects.current().filter(hearing=hearing)}
    wanted = {part.digest: part for part in Part.objects.of_revision(earlier)}
    gone = [part for digest, part in standing.items() if digest not in wanted]
    missing = [part for digest, part in wanted.items() if digest not in standing]
    if not gone and not missing:
        raise Refused(_("These are the current words already. Nothing was changed."))
    revision = _next_revision(hearing, gone, now)
    for part in missing:
        _bring_back(part, revision, by)
    return _follow(hearing, [*gone, *missing])


def _bring_back(part: Part, revision: Transcript, by) -> None:
    """A copy of a replaced part, with its lines, in a later revision."""
    again = Part.objects.get(pk=part.pk)
    again.pk, again.replaced_in, again.added_in = None, None, revision
    again.imported_at, again.imported_by = revision.made_at, by
    again._state.adding = True
    again.save()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO hearings_utterance (part_id, {COLUMNS})"
            f" SELECT %s, {COLUMNS} FROM hearings_utterance WHERE part_id = %s",
            [again.pk, part.pk],
        )


def _take_lines(
    hearing: Hearing,
    parsed: ParsedTranscript,
    standing: Sequence[Part],
    progress: Progress,
    facts: dict,
) -> tuple[Part | None, list[Part], list[str]]:
    """Add the file's lines: as which part, in place of which, and warnings; none where only its chapters
    are new."""
    if not parsed.utterances:
        return None, [], []
    if not parsed.covers_hearing and any(part.covers_hearing for part in standing):
        return None, [], [str(ONLY_THE_CHAPTER)]
    part = _new_part(hearing, parsed, **facts)
    replaced = [each for each in standing if _overlap(part, each) or _says_again(parsed, each)]
    warnings = list(_doubts(standing, replaced, parsed))
    _add_part(part, replaced)
    _make_speakers(part, _names(parsed))
    _copy_utterances(part, parsed.utterances, progress)
    return part, replaced, warnings


def _follow(hearing: Hearing, replaced: Sequence[Part]) -> list[str]:
    """Let what was said about the lines follow to the new ones; warnings where it can't."""
    for task in settings.AFTER_IMPORT_TASKS:
        queue.on_commit(task, hearing.pk)
    return [
        *withholding.follow_import(hearing),
        *attributions.follow_import(hearing, replaced),
    ]


def _summary(
    hearing: Hearing,
    parsed: ParsedTranscript,
    now: datetime,
    *,
    part: Part | None,
    added: int,
    warnings: list[str],
) -> Summary:
    names = _names(parsed)
    return Summary(
        hearing=hearing.slug,
        format=parsed.format,
        revision=_current_revision(hearing, now).number,
        utterances=len(parsed.utterances),
        added=added,
        chapters=len(parsed.chapters),
        speakers=len(names),
        identified=_identified(part, names),
        skipped=[asdict(each) for each in parsed.skipped],
        warnings=warnings,
    )


def _current_revision(hearing: Hearing, now: datetime) -> Transcript:
    return hearing.current_transcript or Transcript.objects.create(
        hearing=hearing, number=1, made_at=now
    )


def _new_part(hearing: Hearing, parsed: ParsedTranscript, **facts) -> Part:
    starts, ends = _stretch(parsed)
    return Part(
        hearing=hearing,
        format=parsed.format,
        covers_hearing=parsed.covers_hearing,
        starts=starts,
        ends=ends,
        names_written=_names_written(parsed),
        warnings=list(parsed.warnings),
        skipped=[asdict(each) for each in parsed.skipped],
        **facts,
    )


def _names_written(parsed: ParsedTranscript) -> list[str] | None:
    """How the names in it are written, where it prints capitals only."""
    texts = [each.text for each in parsed.utterances]
    if not capitals.are_capitals(texts):
        return None
    people = [*Official.objects.values_list("name", flat=True), *map(str.title, _names(parsed))]
    acronyms = [name for each in Agency.objects.all() for name in (each.short_name, *each.aliases)]
    return capitals.names_in(texts, people, acronyms)


def _stretch(parsed: ParsedTranscript) -> tuple[float | None, float | None]:
    """The seconds in which it was said: those of its lines, else of the chapter whose page it is."""
    times = [
        time for each in parsed.utterances for time in (each.start, each.end) if time is not None
    ]
    if not times and not parsed.covers_hearing:
        for each in parsed.chapters:
            if each.start is not None:
                times += [each.start, each.start + (each.seconds or 0)]
    return min(times, default=None), max(times, default=None)


def _overlap(new: Part, old: Part) -> bool:
    """Whether both hold what was said in the same stretch of time. A file of the whole hearing does what
    the page of a chapter did, and anything of which the times are unknown; of two whose edges only touch,
    neither does."""
    if new.covers_hearing and not old.covers_hearing:
        return True
    if new.starts is None or old.starts is None:
        return new.covers_hearing
    one_begins_in_the_other = (
        new.starts == old.starts
        or old.starts < new.starts < old.ends
        or new.starts < old.starts < new.ends
    )
    is_beside = (new.starts - old.starts) * (new.ends - old.ends) > 0
    shared = min(new.ends, old.ends) - max(new.starts, old.starts)
    shorter = min(new.ends - new.starts, old.ends - old.starts)
    return one_begins_in_the_other and not (is_beside and shared <= min(EDGES, shorter / 2))


def _says_again(parsed: ParsedTranscript, old: Part) -> bool:
    """Whether the file says what a part of the hearing says already, on a clock of its own."""
    if not (parsed.covers_hearing and old.covers_hearing):
        return False
    said = old.utterances.values_list("text", flat=True)
    again = share_in_common((each.text for each in parsed.utterances), said)
    return again > SAID_AGAIN


def _doubts(
    standing: Sequence[Part], replaced: Sequence[Part], parsed: ParsedTranscript
) -> Iterator[str]:
    """Where a person would want to look: what is replaced is longer, has other words or more names, or
    nothing is replaced at all."""
    if not replaced:
        if standing and parsed.covers_hearing:
            yield _("Its times lie beside those of the transcript that was there: it was added as a further part.")  # fmt: skip
        return
    lines = Utterance.objects.filter(part__in=replaced)
    before = list(lines.values_list("text", flat=True))
    now = [each.text for each in parsed.utterances]
    old, new = _count_words(before), _count_words(now)
    if old > 2 * new:
        yield _(
            "%(new)d words take the place of %(old)d. If this file holds only a stretch of the hearing, import the whole again; the earlier transcript is kept."
        ) % {"new": new, "old": old}
    if min(old, new) > ENOUGH_WORDS and share_in_common(now, before) < FOREIGN:
        yield _(
            "Hardly any of its words stand in the transcript whose place it takes. If it is of another hearing, open the revision before on the hearing’s page and make it the current one again."
        )
    voices = lines.exclude(speaker=None).values("speaker").distinct().count()
    if voices and not any(each.speaker for each in parsed.utterances):
        yield (
            ngettext(
                "It names nobody; the transcript whose place it takes names %d speaker.",
                "It names nobody; the transcript whose place it takes names %d speakers.",
                voices,
            )
            % voices
        )


def _count_words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _add_part(part: Part, replaced: Sequence[Part]) -> None:
    if replaced:
        part.added_in = _next_revision(part.hearing, replaced, part.imported_at)
    else:
        part.added_in = _current_revision(part.hearing, part.imported_at)
    part.save()


def _next_revision(hearing: Hearing, replaced: Sequence[Part], now: datetime) -> Transcript:
    """A new revision, without these parts."""
    number = _current_revision(hearing, now).number + 1
    revision = Transcript.objects.create(hearing=hearing, number=number, made_at=now)
    Part.objects.filter(pk__in=[each.pk for each in replaced]).update(replaced_in=revision)
    return revision


def _names(parsed: ParsedTranscript) -> dict[str, str]:
    """Printed name → the role words printed with it."""
    roles: dict[str, str] = {}
    for each in parsed.utterances:
        if printed := each.speaker[:200]:
            roles[printed] = roles.get(printed) or each.role
    return {name: (role or printed_role(name))[:200] for name, role in roles.items()}


def _make_speakers(part: Part, names: dict[str, str]) -> None:
    """Make the rows of printed names that are new, and identify whom we can."""
    sides = speakers.sides_of(names)
    Speaker.objects.bulk_create(
        [
            Speaker(
                hearing=part.hearing,
                part=part if is_nameless(name) else None,
                printed_name=name,
                printed_role=role,
                side=sides[name],
            )
            for name, role in names.items()
        ],
        ignore_conflicts=True,
    )
    of_this_file = Speaker.objects.of_part(part).filter(printed_name__in=names)
    speakers.identify(part.hearing, of_this_file)


def _identified(part: Part | None, names: dict[str, str]) -> int:
    """How many of these names are officials'."""
    if part is None:
        return 0
    known = Speaker.objects.of_part(part).filter(official__isnull=False)
    return known.filter(printed_name__in=names).count()


def _placed(
    utterances: Iterable[ParsedUtterance], begins: float
) -> Iterator[tuple[int, float, ParsedUtterance]]:
    """Each with its number in the file and the second it is ordered by: its predecessor's if it has none,
    at first that at which the part `begins`."""
    place = begins
    for number, each in enumerate(utterances):
        place = place if each.start is None else each.start
        yield number, place, each


def _copy_utterances(part: Part, utterances: Sequence[ParsedUtterance], progress: Progress) -> None:
    ids = dict(Speaker.objects.of_part(part).values_list("printed_name", "pk"))
    rows_in = f"COPY hearings_utterance (part_id, {COLUMNS}) FROM STDIN"
    part_id = part.pk
    with connection.cursor() as cursor, cursor.copy(rows_in) as copy:
        for number, place, each in _placed(utterances, part.starts or 0.0):
            if number % ROWS_A_REPORT == 0:
                progress(number / len(utterances))
            copy.write_row(
                (
                    part_id,
                    number,
                    place,
                    each.start,
                    each.end,
                    each.interpolated,
                    ids.get(each.speaker[:200]),
                    each.text,
                )
            )


def _add_chapters(
    hearing: Hearing, part: Part | None, parsed: ParsedTranscript, replaced: Sequence[Part]
) -> None:
    """Add the file's chapters; those of a calendar's agenda, and of what it replaces, make room for them."""
    if parsed.chapters:
        hearing.chapters.of_agenda().delete()
        Chapter.objects.filter(part__in=replaced).delete()
    for each in parsed.chapters:
        Chapter.objects.update_or_create(
            hearing=hearing,
            title=each.title,
            start=each.start,
            defaults={
                "part": part,
                "kind": each.kind,
                "seconds": each.seconds,
                "summary": each.summary,
                "bullets": list(each.bullets),
                "source": each.source,
            },
        )
