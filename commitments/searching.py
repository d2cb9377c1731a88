"""Commitments by words of the promise or of its quotations, ranked; or by their reference.

A term may stand in either, so each is looked for by itself, in both indexes. Whoever may not read a text
can't find anything by it, nor rank it, nor rule it out."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from commitments.models import Commitment, CommitmentQuerySet, Moment
from hearings.models import Withholding
from hearings.models.transcript import by_a_public_witness
from hearings.search import Asked

RANKED = 200  # of the newest hits; all of them stand in the register, by its own orders
REFERENCE = re.compile(r"\d{4}-\d{4,}")


@dataclass(frozen=True)
class Texts:
    """What a reader's words may find: promises as staff worded them, and quotations."""

    promises: QuerySet[Commitment]
    quotes: QuerySet[Moment]

    @classmethod
    def all(cls) -> "Texts":
        return cls(Commitment.objects.all(), Moment.objects.all())

    @classmethod
    def public(cls) -> "Texts":
        """Nothing of which something is withheld, nor what members of the public said."""
        secretive = set(Withholding.objects.standing().values_list("hearing", flat=True))
        said_in_office = Moment.objects.filter(
            Q(speaker=None) | ~by_a_public_witness(), hearing__is_unlisted=False
        )
        return cls(_whole(Commitment.objects.all(), secretive), _whole(said_in_office, secretive))

    def holding(self, query: SearchQuery) -> QuerySet:
        """The keys of the commitments in whose promise or quotations this stands."""
        promised = self.promises.filter(search=query).order_by().values("pk")
        quoted = self.quotes.filter(search=query).order_by().values("commitment")
        return promised.union(quoted)

    def rank(self, query: SearchQuery) -> Coalesce:
        """How well it fits; words of the promise weigh twice as much."""
        promise = self.promises.filter(pk=OuterRef("pk"))
        quotes = self.quotes.filter(commitment=OuterRef("pk")).order_by().values("commitment")
        return 2 * _ranked(promise.values("pk"), query) + _ranked(quotes, query)


def _whole(rows: QuerySet, secretive: Collection[int]) -> QuerySet:
    """Those of the rows that show the public all that is stored; only in these hearings others can be."""
    suspects = rows.filter(hearing__in=secretive).as_public() if secretive else ()
    return rows.exclude(pk__in=[each.pk for each in suspects if each.is_redacted])


def _ranked(texts: QuerySet, query: SearchQuery) -> Coalesce:
    best = texts.annotate(rank=Max(SearchRank(F("search"), query))).values("rank")
    return Coalesce(Subquery(best), Value(0.0))


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
