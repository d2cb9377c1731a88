"""The engine's suggestions → rows that wait for a decision, and that never come back once decided."""

import hashlib
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from commitments import anchoring
from commitments.alignment import Found as Alike
from commitments.dates import spoken_due
from commitments.lifecycle import State
from commitments.models import SPAN, Holiday, Reading, Suggestion
from commitments.moments import Selection
from commitments.proposals import as_lines
from commitments.suggestions import suggest
from commitments.suggestions.text import plain_words
from hearings.models import Hearing, Part, Utterance
from hearings.models.hearing import HearingQuerySet

Span = tuple[
    tuple[int, int], tuple[int, int]
]  # from (line, character) up to before (line, character)
Found = tuple[Suggestion, str]  # and the words it is known by
Places = dict[int, tuple[Selection, Alike] | None]  # of suggestions, by their keys

ROWS = 1000  # written in one statement
SAID_OF_IT = (
    "question_id", "quote", "score", "how", "strength", "type", "kind", "cue", "reason", "what", "due_words",
)  # fmt: skip


def unread() -> HearingQuerySet:
    """Hearings with an import that nobody has looked through yet, or where somebody has decided since
    who spoke."""
    newer = Part.objects.current().filter(hearing=OuterRef("pk"))
    return Hearing.objects.with_decisions().filter(
        Exists(newer.filter(hearing__reading=None))
        | Exists(newer.filter(pk__gt=F("hearing__reading__newest_part")))
        | Q(decided__gt=F("reading__decided"))
    )


def refresh(hearing: Hearing, *, now: datetime) -> int:
    """Look through the current transcript anew; how many suggestions are new.

    What waits stays the row it is where it is found again, for somebody may be looking at it, and goes
    where it isn't; what was accepted or dismissed stays decided, also where a new revision says the same
    words; what is tagged isn't suggested. The hearing is locked only while rows are written: where it got
    other lines meanwhile nothing is, and it stays unread.
    """
    parts = _current_parts(hearing)
    if not parts:
        return 0
    # Counted before the lines are read: what is decided meanwhile is for the next time.
    decided = Hearing.objects.with_decisions().get(pk=hearing.pk).decided
    utterances = list(
        Utterance.objects.current().filter(part__hearing=hearing).with_speakers().in_order()
    )
    numbers = {line.pk: number for number, line in enumerate(utterances)}
    found = list(_found(hearing, utterances))
    places = anchoring.find_again(hearing, _displaced(_decided(hearing), numbers))
    with transaction.atomic():
        Hearing.objects.select_for_update(no_key=True).get(pk=hearing.pk)
        if _current_parts(hearing) != parts:
            return 0
        new = _put(hearing, _undecided(hearing, found, numbers, places))
        facts = {"newest_part_id": max(parts), "decided": decided, "read_at": now}
        Reading.objects.update_or_create(hearing=hearing, defaults=facts)
    return new


def _current_parts(hearing: Hearing) -> set[int]:
    return set(Part.objects.current().filter(hearing=hearing).values_list("pk", flat=True))


def _decided(hearing: Hearing) -> list[Suggestion]:
    related = ("utterance__part__replaced_in", "end_utterance__part__replaced_in")
    return list(hearing.suggestions.exclude(decision="").select_related(*related))


def _displaced(decided: Sequence[Suggestion], numbers: dict[int, int]) -> list[Suggestion]:
    return [each for each in decided if not _is_current(each, numbers)]


def _undecided(
    hearing: Hearing, found: Sequence[Found], numbers: dict[int, int], places: Places
) -> list[Found]:
    """Those of which nobody has tagged or decided on the words. `places` are those already looked for at
    which displaced words stand again."""
    decided = _decided(hearing)
    newly = [each for each in _displaced(decided, numbers) if each.pk not in places]
    places = places | anchoring.find_again(hearing, newly)
    spans, fingerprints = _settled(hearing, decided, numbers, places)
    return [
        (row, words)
        for row, words in found
        if row.fingerprint not in fingerprints and not _meets(_span(row, numbers), spans)
    ]


def _is_current(thing, numbers: dict[int, int]) -> bool:
    return {thing.utterance_id, thing.end_utterance_id} <= numbers.keys()


def _span(thing, numbers: dict[int, int]) -> Span:
    """Of anything that names its first and last utterance, both current, with offsets."""
    first, last = numbers[thing.utterance_id], numbers[thing.end_utterance_id]
    return (first, thing.start_offset), (last, thing.end_offset)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The same stretches in order, those that overlap as one."""
    apart: list[Span] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _meets(span: Span, apart: Sequence[Span]) -> bool:
    """Whether the last of these that begins before the span's end reaches into it."""
    before = bisect_left(apart, (span[1],))
    return before > 0 and span[0] < apart[before - 1][1]


def _settled(
    hearing: Hearing, decided: Sequence[Suggestion], numbers: dict[int, int], places: Places
) -> tuple[list[Span], set[str]]:
    """Where in the current transcript the words stand that were tagged or decided on, and the
    fingerprints of those decided on whose words aren't found there."""
    tagged = hearing.moments.made().exclude(commitment__state=State.WITHDRAWN)
    spans = [_span(each, numbers) for each in (*decided, *tagged) if _is_current(each, numbers)]
    displaced = _displaced(decided, numbers)
    for selection, _how in filter(None, map(places.get, (each.pk for each in displaced))):
        first, last = numbers[selection.first.pk], numbers[selection.last.pk]
        spans.append(((first, selection.start_offset), (last, selection.end_offset)))
    lost = {each.fingerprint for each in displaced if not places.get(each.pk)}
    return _apart(spans), lost


def _put(hearing: Hearing, found: Sequence[Found]) -> int:
    """Make what waits for a decision those that were found; how many are new."""
    known = list(hearing.suggestions.all())
    waiting = {_facts(each, SPAN): each for each in known if not each.decision}
    places = {_facts(row, SPAN) for row, _words in found}
    gone = {each.pk for place, each in waiting.items() if place not in places}
    taken = {each.fingerprint for each in known if each.pk not in gone}
    numbers: dict[str, Iterator[int]] = defaultdict(lambda: count(1))
    new, changed = [], []
    for row, words in found:
        there = waiting.get(_facts(row, SPAN))
        if there is None:
            row.fingerprint = _free(words, numbers[words], taken)
            new.append(row)
        elif _facts(there, SAID_OF_IT) != _facts(row, SAID_OF_IT):
            for name in SAID_OF_IT:
                setattr(there, name, getattr(row, name))
            changed.append(there)
    hearing.suggestions.waiting().filter(pk__in=gone).delete()
    Suggestion.objects.bulk_create(new, batch_size=ROWS)
    said = [name.removesuffix("_id") for name in SAID_OF_IT]
    Suggestion.objects.bulk_update(changed, said, batch_size=ROWS)
    return len(new)


def _facts(suggestion: Suggestion, names: Sequence[str]) -> tuple:
    return tuple(getattr(suggestion, name) for name in names)


def _free(words: str, numbers: Iterator[int], taken: set[str]) -> str:
    """The next fingerprint that is free: the numbers go on where they stopped for the same words."""
    numbered = (_fingerprint(words, number) for number in numbers)
    return next(each for each in numbered if each not in taken)


def _fingerprint(words: str, number: int) -> str:
    return hashlib.sha256(f"{words} {number}".encode()).hexdigest()


def _found(hearing: Hearing, utterances: Sequence[Utterance]) -> Iterator[Found]:
    """What the engine finds, with the words that it is known by beside those before it with the same."""
    seen: Counter[str] = Counter()
    holidays = Holiday.objects.as_mapping()
    said = [(each, *stretch) for each in utterances for stretch in as_lines(each)]

    def words_of_time(text: str) -> str:
        due = spoken_due(text, hearing.held_on, holidays=holidays)
        return due.words if due else ""

    for found in suggest([line for _each, line, _start in said], due_words=words_of_time):
        words = " ".join(plain_words(f"{found.request} / {found.quote}"))
        seen[words] += 1
        first, _line, before_first = said[found.utterance]
        last, _line, before_last = said[found.end_utterance]
        asked = found.asked_utterance
        suggestion = Suggestion(
            hearing=hearing,
            utterance=first,
            start_offset=before_first + found.start_offset,
            end_utterance=last,
            end_offset=before_last + found.end_offset,
            question=None if asked is None else said[asked][0],
            quote=found.quote,
            score=found.score,
            how=found.how,
            strength=found.strength,
            type=found.type,
            kind=found.kind,
            cue=found.cue[:200],
            reason=found.reason[:400],
            what=first.part.as_read(found.summary)[:300],
            due_words=found.due_words[:200],
            fingerprint=_fingerprint(words, seen[words]),
        )
        yield suggestion, words
