"""What is withheld, or would be, of what people wrote about a hearing: for staff, who read all of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Prefetch, Q, QuerySet

from commitments.models import Commitment, CommitmentQuerySet, Event
from hearings import withholding
from hearings.models import Hearing, Utterance, Withheld, Withholding
from hearings.models.withholding import HasPublicWords
from hearings.search import CONFIG
from hearings.words import occurrences


@dataclass(frozen=True)
class Text:
    """The stored words of a field that the public reads without some of them, and where they stand: in
    this commitment, or else in the hearing itself."""

    commitment: Commitment | None
    field: str
    words: str


def by_a_decision(decision: Withholding) -> list[Text]:
    """What this decision hides beside lines of the transcript; it need not have been taken yet."""
    hearing = decision.hearing
    tied = Q(hearing=hearing) | Q(moments__hearing=hearing)
    promised = Commitment.objects.filter(tied).not_gone().distinct()
    rows = [(None, row) for row in (Hearing.objects.get(pk=hearing.pk), *hearing.chapters.all())]
    rows += [(each, row) for each in _with_what_was_written(promised) for row in _written(each)]
    return list(_hidden(rows, Withheld([decision], {})))


def elsewhere(hearing: Hearing, phrases: Sequence[str]) -> QuerySet[Hearing]:
    """Other hearings at which these words were said, or something with these words was promised: a
    decision about this hearing leaves them as they are."""
    query = _any_of([SearchQuery(each, config=CONFIG, search_type="phrase") for each in phrases])
    said = Utterance.objects.current().filter(search=query).values("part__hearing")
    promised = Commitment.objects.filter(search=query).values("hearing")
    found = Q(pk__in=said) | Q(pk__in=promised)
    return Hearing.objects.filter(found).exclude(pk=hearing.pk)


def is_anywhere(decision: Withholding) -> bool:
    """Whether anything, be it a speaker's printed name, holds what this decision would hide."""
    hearing = decision.hearing
    quoted = hearing.moments.values_list("quote", "corrected_quote")
    said = (text for quotes in quoted for text in quotes)
    return bool(
        withholding.places(hearing, decision.phrases)
        or any(map(decision.hides_name, hearing.speakers.values_list("printed_name", flat=True)))
        or any(occurrences(decision.in_words, text) for text in said)
        or by_a_decision(decision)
    )


def _any_of(queries: Sequence[SearchQuery]) -> SearchQuery:
    """Joined by halves: a long chain of them would be nested too deeply."""
    if len(queries) == 1:
        return queries[0]
    half = len(queries) // 2
    return _any_of(queries[:half]) | _any_of(queries[half:])


def of_commitment(commitment: Commitment) -> list[Text]:
    """What is withheld of it at this moment."""
    withheld = Withheld.now()
    if not withheld:
        return []
    found = _with_what_was_written(Commitment.objects.filter(pk=commitment.pk)).get()
    rows = [(found, row) for row in (*_written(found), *found.moments.all())]
    return list(_hidden(rows, withheld))


def _with_what_was_written(commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    events = Prefetch("events", Event.objects.select_related("text"))
    return commitments.prefetch_related(events, "answers__response", "evidence", "moments")


def _written(commitment: Commitment) -> Iterator[HasPublicWords]:
    yield commitment
    yield from (event.text for event in commitment.events.all() if hasattr(event, "text"))
    for answer in commitment.answers.all():
        yield from (answer, answer.response)
    yield from commitment.evidence.all()


def _hidden(
    rows: Iterable[tuple[Commitment | None, HasPublicWords]], withheld: Withheld
) -> Iterator[Text]:
    stored = [
        (commitment, row, {name: getattr(row, name) for name in sorted(row.public_fields())})
        for commitment, row in rows
    ]
    for commitment, row, words in stored:
        row.hide_words(withheld)
        for name in (each for each in words if each in row.redacted):
            yield Text(commitment, _called(row, name), _in_one(words[name]))


def _called(row: HasPublicWords, name: str) -> str:
    field = str(row._meta.get_field(name).verbose_name)
    return field if isinstance(row, Commitment | Hearing) else f"{row._meta.verbose_name}, {field}"


def _in_one(words: str | list[str]) -> str:
    return " · ".join(words) if isinstance(words, list) else words
