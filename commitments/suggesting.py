"""The engine's suggestions → rows that wait for a decision, and that never come back once decided."""

import hashlib
from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet

from commitments import anchoring
from commitments.dates import spoken_due
from commitments.models import Holiday, Reading, Suggestion
from commitments.proposals import as_line
from commitments.suggestions import suggest
from commitments.suggestions.text import plain_words
from hearings.models import Hearing, Part, Utterance


def unread() -> QuerySet[Hearing]:
    """Hearings with an import that nobody has looked through yet."""
    newer = Part.objects.current().filter(hearing=OuterRef("pk"))
    return Hearing.objects.filter(
        Exists(newer.filter(hearing__reading=None))
        | Exists(newer.filter(pk__gt=F("hearing__reading__newest_part")))
    )


@transaction.atomic
def refresh(hearing: Hearing, *, now: datetime) -> int:
    """Look through the current transcript anew; how many suggestions are new.

    What waited undecided is replaced; what was accepted or dismissed stays decided, also where a new
    revision says the same words.
    """
    Hearing.objects.select_for_update().get(pk=hearing.pk)
    newest = Part.objects.current().filter(hearing=hearing).order_by("pk").last()
    if newest is None:
        return 0
    utterances = list(
        Utterance.objects.current().filter(part__hearing=hearing).with_speakers().in_order()
    )
    hearing.suggestions.waiting().delete()
    answered = _lines_of_the_decided(hearing)
    decided = set(hearing.suggestions.values_list("fingerprint", flat=True))
    tagged = set(hearing.moments.filter(role="made").values_list("utterance", flat=True))
    rows = [
        row
        for row in _rows(hearing, utterances)
        if row.fingerprint not in decided
        and not (tagged | answered) & {row.utterance_id, row.end_utterance_id}
    ]
    Suggestion.objects.bulk_create(rows)
    Reading.objects.update_or_create(
        hearing=hearing, defaults={"newest_part": newest, "read_at": now}
    )
    return len(rows)


def _lines_of_the_decided(hearing: Hearing) -> set[int]:
    """Lines of the current transcript in which a newer wording stands of what staff have decided on."""
    related = ("utterance__part__replaced_in", "end_utterance__part__replaced_in")
    decided = hearing.suggestions.exclude(decision="").select_related(*related)
    places = anchoring.find_again(hearing, anchoring.displaced(decided))
    return {line.pk for place in places.values() if place for line in place[0].lines}


def _rows(hearing: Hearing, utterances: list[Utterance]) -> list[Suggestion]:
    seen: Counter[str] = Counter()
    rows = []
    holidays = Holiday.objects.as_mapping()

    def words_of_time(text: str) -> str:
        due = spoken_due(text, hearing.held_on, holidays=holidays)
        return due.words if due else ""

    for found in suggest([as_line(each) for each in utterances], due_words=words_of_time):
        words = " ".join(plain_words(f"{found.request} / {found.quote}"))
        seen[words] += 1
        asked = found.asked_utterance
        rows.append(
            Suggestion(
                hearing=hearing,
                utterance=utterances[found.utterance],
                start_offset=found.start_offset,
                end_utterance=utterances[found.end_utterance],
                end_offset=found.end_offset,
                question=None if asked is None else utterances[asked],
                quote=found.quote,
                score=found.score,
                how=found.how,
                strength=found.strength,
                type=found.type,
                kind=found.kind,
                cue=found.cue[:200],
                reason=found.reason[:400],
                what=utterances[found.utterance].part.as_read(found.summary)[:300],
                due_words=found.due_words[:200],
                fingerprint=hashlib.sha256(f"{words} {seen[words]}".encode()).hexdigest(),
            )
        )
    return rows
