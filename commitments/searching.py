"""Commitments by words of the promise or of its quotations, ranked; or by their reference.

A term may stand in either, so each is looked for by itself, in both indexes. Whoever may not read a text
can't find anything by it, nor rank it, nor rule it out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Q, QuerySet, Value, When

from commitments.models import Commitment, CommitmentQuerySet, Moment
from hearings.models import Withholding
from hearings.models.transcript import by_a_private_person
from hearings.models.withholding import HasPublicWords
from hearings.search import Asked

RANKED = 1000  # of the newest hits; all of them stand in the register, by its own orders
REFERENCE = re.compile(r"\d{4}-\d{4,}")

_OPEN_QUOTES = Moment.objects.filter(
    Q(speaker=None) | ~by_a_private_person(looked_at=True), hearing__is_unlisted=False
)


@dataclass(frozen=True)
class Texts:
    """What a reader's words may find: these quotations, and promises as staff worded them, but not those
    of the closed commitments."""

    quotes: QuerySet[Moment]
    closed: list[int]

    @classmethod
    def all(cls) -> "Texts":
        return cls(Moment.objects.all(), [])

    @classmethod
    def public(cls) -> "Texts":
        """Nothing of which something is withheld, nor what whoever was found to be a private person said."""
        secretive = set(Withholding.objects.standing().values_list("hearing", flat=True))
        if not secretive:
            return cls(_OPEN_QUOTES.all(), [])
        return cls(
            quotes=_OPEN_QUOTES.exclude(pk__in=_redacted(Moment, secretive)),
            closed=_redacted(Commitment, secretive),
        )

    def holding(self, query: SearchQuery) -> QuerySet:
        """The keys of the commitments in whose promise or quotations this stands."""
        promised = Commitment.objects.filter(search=query).exclude(pk__in=self.closed)
        quoted = self.quotes.filter(search=query).order_by()
        return promised.order_by().values("pk").union(quoted.values("commitment"))

    def rank(self, query: SearchQuery) -> Case:
        """How well the words fit the promise; those that only quotations hold come after all others."""
        closed = When(pk__in=self.closed, then=Value(0.0))
        return Case(closed, default=SearchRank(F("search"), query))


def _redacted(model: type[HasPublicWords], hearings: set[int]) -> list[int]:
    """Those of the rows that speak of these hearings and show the public less than is stored."""
    tied = [pk for pk, _hearing in model.ties_to(hearings)]
    rows = model.objects.filter(Q(hearing__in=hearings) | Q(pk__in=tied)).as_public()
    return [each.pk for each in rows if each.is_redacted]


def called(words: str) -> str | None:
    """The reference that was typed, if it was one."""
    match = REFERENCE.fullmatch(words.strip())
    return match and match[0]


def with_words(commitments: CommitmentQuerySet, asked: Asked, texts: Texts) -> CommitmentQuerySet:
    """Those in whose texts one of the alternatives holds."""
    first, *others = (_with_all(terms, texts) for terms in asked.alternatives)
    if not others:
        return commitments.filter(first)
    keys = (Commitment.objects.filter(each).order_by().values("pk") for each in (first, *others))
    one, *rest = keys
    return commitments.filter(pk__in=one.union(*rest))


def _with_all(terms: Iterable, texts: Texts) -> Q:
    found = Q()
    for term in terms:
        holds = Q(pk__in=texts.holding(term.query))
        found &= ~holds if term.is_excluded else holds
    return found


def best(commitments: CommitmentQuerySet, asked: Asked, texts: Texts) -> CommitmentQuerySet:
    """The best of the newest of them first."""
    newest = with_words(commitments, asked, texts).order_by("-pk").values("pk")[:RANKED]
    ranked = commitments.filter(pk__in=newest).annotate(rank=texts.rank(asked.query))
    return ranked.order_by("-rank", "-pk")
