"""Officials and agencies by names that are only alike: a slip or two are forgiven."""

import re

from django.contrib.postgres.search import TrigramStrictWordSimilarity, TrigramWordSimilarity
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Greatest

from hearings.models import Agency, Official
from hearings.search.grammar import typed

ALIKE = 0.6  # of a name's letters in threes
NAMED = 5


def agencies_called(words: str) -> list[Agency]:
    """The agencies whose name, short name or other name is like these words, the likest first."""
    agencies = Agency.objects.annotate(called=joined("aliases"))
    return _alike(agencies, words, "name", "short_name", "called")


def officials_called(words: str) -> list[Official]:
    """The officials, none of them of the public, whose name is like these words, the likest first."""
    return _alike(Official.objects.in_office(), words, "name")


def _alike(people: models.QuerySet, words: str, *fields: str) -> list:
    """Those one of whose fields holds words like these, or the words one like it; accents aside."""
    plain = _unaccented(Value(" ".join(re.findall(r"\w+", typed(words)))))
    names = [_unaccented(F(field)) for field in fields]
    likeness = Greatest(
        *(TrigramWordSimilarity(plain, name) for name in names),
        *(TrigramStrictWordSimilarity(name, plain) for name in names),
    )
    alike = people.annotate(likeness=likeness).filter(likeness__gte=ALIKE)
    return list(alike.order_by("-likeness", "name")[:NAMED])


def joined(field: str) -> Func:
    """The texts of an array, as one to look into."""
    texts, blank = F(field), Value(" ")
    return Func(texts, blank, function="array_to_string", output_field=models.TextField())


def _unaccented(words: models.Expression | F) -> Func:
    return Func(words, function="unaccent", output_field=models.TextField())
