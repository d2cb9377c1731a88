"""The engine's suggestions → rows that wait for a decision, and that never come back once decided."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from commitments import anchoring
from commitments.dates import spoken_due
from commitments.lifecycle import State
from commitments.models import SPAN, Holiday, Reading, Suggestion
from commitments.proposals import as_lines
from commitments.suggestions import suggest
from commitments.suggestions.text import plain_words
from hearings.models import Hearing, Part, Utterance
from hearings.models.hearing import HearingQuerySet

Span = tuple[
    tuple[int, int], tuple[int, int]
]  # from (line, character) up to before (line, character)

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


@transaction.atomic
def refresh(hearing: Hearing, *, now: datetime) -> int:
    """Look through the current transcript anew; how many suggestions are new.

    What waits stays the row it is where it is found again, for somebody may be looking at it, and goes
    where it isn't; what was accepted or dismissed stays decided, also where a new revision says the same
    words; what is tagged isn't suggested.
    """
    Hearing.objects.select_for_update(no_key=True).get(pk=hearing.pk)
    newest = Part.objects.current().filter(hearing=hearing).order_by("pk").last()
    if newest is None:
        return 0
    # Counted before the lines are read: what is decided meanwhile is for the next time.
    decided = Hearing.objects.with_decisions().get(pk=hearing.pk).decided
    utterances = list(
        Utterance.objects.current().filter(part__hearing=hearing).with_speakers().in_order()
    )
    numbers = {line.pk: number for number, line in enumerate(utterances)}
    related = ("utterance__part__replaced_in", "end_utterance__part__replaced_in")
    known = list(hearing.suggestions.select_related(*related))
    spans, fingerprints = _settled(hearing, [each for each in known if each.decision], numbers)
    found = [
        (row, words)
        for row, words in _found(hearing, utterances)
        if row.fingerprint not in fingerprints and not _meets(_span(row, numbers), spans)
    ]
    new = _put(hearing, known, found)
    Reading.objects.update_or_create(
        hearing=hearing, defaults={"newest_part": newest, "decided": decided, "read_at": now}
    )
    return new


def _is_current(thing, numbers: dict[int, int]) -> bool:
    return {thing.utterance_id, thing.end_utterance_id} <= numbers.keys()


def _span(thing, numbers: dict[int, int]) -> Span:
    """Of anything that names its first and last utterance, both current, with offsets."""
    first, last = numbers[thing.utterance_id], numbers[thing.end_utterance_id]
    return (first, thing.start_offset), (last, thing.end_offset)


def _meets(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _settled(
    hearing: Hearing, decided: Sequence[Suggestion], numbers: dict[int, int]
) -> tuple[list[Span], set[str]]:
    """Where in the current transcript the words stand that were tagged or decided on, and the
    fingerprints of those decided on whose words aren't found there."""
    tagged = hearing.moments.made().exclude(commitment__state=State.WITHDRAWN)
    spans = [_span(each, numbers) for each in (*decided, *tagged) if _is_current(each, numbers)]
    displaced = {each.pk: each for each in decided if not _is_current(each, numbers)}
    places = anchoring.find_again(hearing, displaced.values())
    for selection, _how in filter(None, places.values()):
        first, last = numbers[selection.first.pk], numbers[selection.last.pk]
        spans.append(((first, selection.start_offset), (last, selection.end_offset)))
    lost = {each.fingerprint for key, each in displaced.items() if not places.get(key)}
    return spans, lost


def _put(
    hearing: Hearing, known: Sequence[Suggestion], found: Sequence[tuple[Suggestion, str]]
) -> int:
    """Make what waits for a decision those that were found; how many are new."""
    waiting = {_facts(each, SPAN): each for each in known if not each.decision}
    places = {_facts(row, SPAN) for row, _words in found}
    gone = {each.pk for place, each in waiting.items() if place not in places}
    taken = {each.fingerprint for each in known if each.pk not in gone}
    new, changed = [], []
    for row, words in found:
        there = waiting.get(_facts(row, SPAN))
        if there is None:
            row.fingerprint = _free(words, taken)
            taken.add(row.fingerprint)
            new.append(row)
        elif _facts(there, SAID_OF_IT) != _facts(row, SAID_OF_IT):
            for name in SAID_OF_IT:
                setattr(there, name, getattr(row, name))
            changed.append(there)
    hearing.suggestions.waiting().filter(pk__in=gone).delete()
    Suggestion.objects.bulk_create(new)
    Suggestion.objects.bulk_update(changed, [name.removesuffix("_id") for name in SAID_OF_IT])
    return len(new)


def _facts(suggestion: Suggestion, names: Sequence[str]) -> tuple:
    return tuple(getattr(suggestion, name) for name in names)


def _free(words: str, taken: set[str]) -> str:
    numbered = (_fingerprint(words, number) for number in count(1))
    return next(each for each in numbered if each not in taken)


def _fingerprint(words: str, number: int) -> str:
    return hashlib.sha256(f"{words} {number}".encode()).hexdigest()


def _found(hearing: Hearing, utterances: Sequence[Utterance]) -> Iterator[tuple[Suggestion, str]]:
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
