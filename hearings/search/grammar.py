"""How words are asked for: one grammar for every page and the API.

All words must be there; `"exact words"` stand together, `word*` begins a word, `-word` must not be there,
and `OR` divides alternatives. Words are stemmed and accents folded by the text search configuration
`council`.
"""

import re
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from hearings.models import Utterance

CONFIG = "council"
LONGEST = 200  # characters of a query that are looked at

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_QUOTES = str.maketrans("“”„«»", '"""""')
_SHORTEST_BEGINNING = 2


@dataclass(frozen=True)
class Term:
    """A word, its beginning or a phrase, as the index has it."""

    query: SearchQuery
    is_excluded: bool


@dataclass(frozen=True)
class Asked:
    """What somebody looks for: one of these alternatives, all terms of which must hold. In each there is
    a term to find, so that an index can."""

    alternatives: list[list[Term]]

    @property
    def query(self) -> SearchQuery:
        """All of it, for words that stand in one text."""
        return reduce(or_, (reduce(and_, map(_signed, terms)) for terms in self.alternatives))


def typed(words: str) -> str:
    """What somebody typed, as far as it is looked at."""
    return words.replace("\0", "")[:LONGEST].strip()


def asked(words: str) -> Asked | None:
    """What the words ask for; None if they hold nothing that can be looked for: only words as common as
    “the”, only what must not be there, or no word at all. One query of the database."""
    alternatives = _without_common_words(_alternatives(typed(words).translate(_QUOTES)))
    can_be_found = all(any(not term.is_excluded for term in terms) for terms in alternatives)
    return Asked(alternatives) if alternatives and can_be_found else None


def _alternatives(words: str) -> list[list[Term]]:
    """The terms between one OR and the next."""
    alternatives: list[list[Term]] = [[]]
    for minus, phrase, word in _TERM.findall(words):
        if word == "OR" and not minus:
            alternatives.append([])
        else:
            query = _beginning(word[:-1]) if _is_beginning(word) else _together(phrase or word)
            alternatives[-1].append(Term(query, is_excluded=bool(minus)))
    return alternatives


def _is_beginning(word: str) -> bool:
    return word.endswith("*") and len(word.strip("*")) >= _SHORTEST_BEGINNING


def _together(words: str) -> SearchQuery:
    return SearchQuery(words, config=CONFIG, search_type="phrase")


def _beginning(word: str) -> SearchQuery:
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return SearchQuery(f"'{quoted}':*", config=CONFIG, search_type="raw")


def _signed(term: Term) -> SearchQuery:
    return ~term.query if term.is_excluded else term.query


def _without_common_words(alternatives: list[list[Term]]) -> list[list[Term]]:
    """The alternatives without the terms of which the index keeps no word."""
    queries = [as_sql(term.query) for terms in alternatives for term in terms]
    if not queries:
        return []
    sizes = ", ".join(f"numnode({sql})" for sql, _params in queries)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sizes}", [each for _sql, params in queries for each in params])
        kept = iter(cursor.fetchone())
    found = [[term for term in terms if next(kept)] for terms in alternatives]
    return [terms for terms in found if terms]


def as_sql(query: SearchQuery) -> tuple[str, list]:
    """The query as it is written in a statement, with its parameters."""
    lines = Utterance.objects.all().query
    sql, params = lines.get_compiler(connection=connection).compile(query.resolve_expression(lines))
    return sql, list(params)
