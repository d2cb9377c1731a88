"""Search in what was said: one grammar for every page and the API, and one answer to what the public
may find.

Words are stemmed and accents folded by the text search configuration `council`. All words of a query
must be there; `"exact words"` stand together, `word*` begins a word, `-word` must not be there, and
`OR` divides alternatives.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    TrigramStrictWordSimilarity,
    TrigramWordSimilarity,
)
from django.db import connection, models
from django.db.models import Count, F, Func, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Coalesce, Greatest

from hearings.models import Agency, Appointment, Official, Side, Utterance
from hearings.models.transcript import UtteranceQuerySet

CONFIG = "council"
LONGEST = 200  # characters of a query that are looked at
FOUND = 20
RANKED = 2000  # of the newest hits, so that a common word stays quick
COUNTED = 1000  # above, "1,000+"
ALIKE = 0.6  # of a name's letters in threes, so that a slip or two are forgiven
NAMED = 5
MARK_START, MARK_END = "\u0002", "\u0003"  # no stored line holds control characters

_TERM = re.compile(r'(-?)(?:"([^"]*)"?|(\S+))')
_QUOTES = str.maketrans("“”„«»", '"""""')
_SHORTEST_BEGINNING = 2


def typed(words: str) -> str:
    """What somebody typed, as far as it is looked at."""
    return words.replace("\0", "")[:LONGEST].strip()


def asked(words: str) -> SearchQuery | None:
    """The query that the words make; None if they hold nothing that can be looked for: only words as
    common as “the”, only what must not be there, or no word at all. One query of the database."""
    alternatives = [
        reduce(and_, terms) for terms in _alternatives(typed(words).translate(_QUOTES)) if terms
    ]
    query = reduce(or_, alternatives) if alternatives else None
    return query if query is not None and _can_be_looked_for(query) else None


def _alternatives(words: str) -> Iterator[list[SearchQuery]]:
    """The terms between one OR and the next."""
    terms: list[SearchQuery] = []
    for minus, phrase, word in _TERM.findall(words):
        if word == "OR" and not minus:
            yield terms
            terms = []
        else:
            term = _beginning(word[:-1]) if _is_beginning(word) else _together(phrase or word)
            terms.append(~term if minus else term)
    yield terms


def _is_beginning(word: str) -> bool:
    return word.endswith("*") and len(word.strip("*")) >= _SHORTEST_BEGINNING


def _together(words: str) -> SearchQuery:
    return SearchQuery(words, config=CONFIG, search_type="phrase")


def _beginning(word: str) -> SearchQuery:
    quoted = word.replace("\\", "\\\\").replace("'", "''")
    return SearchQuery(f"'{quoted}':*", config=CONFIG, search_type="raw")


def _can_be_looked_for(query: SearchQuery) -> bool:
    """Whether an index can find it; PostgreSQL's `querytree` is empty or T where none can."""
    lines = Utterance.objects.all().query
    sql, params = lines.get_compiler(connection=connection).compile(query.resolve_expression(lines))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT querytree({sql})", params)
        return cursor.fetchone()[0] not in ("", "T")


def searchable() -> UtteranceQuerySet:
    """The lines that the public may find, of current transcripts only."""
    lines = Utterance.objects.searchable().as_public()
    return open_to_search(lines, hearing="part__hearing")


def open_to_search(rows: models.QuerySet, *, hearing: str) -> models.QuerySet:
    """Of rows with a `speaker`, and a hearing at the end of this path, those whose words the public may
    find: not of an unlisted hearing, and not what members of the public said. The one place that
    decides it, for pages and the API."""
    appointments = Appointment.objects.in_force(OuterRef(f"{hearing}__held_on")).filter(
        official=OuterRef("speaker__official")
    )
    latest = appointments.order_by(F("starts_on").desc(nulls_last=True), "-pk")
    side = Coalesce(Subquery(latest.values("side")[:1]), "speaker__side", Value(""))
    witnesses = Appointment.objects.filter(side=Side.PUBLIC).values("official")
    # Asked first, for it is quick: only these can have spoken for the public.
    maybe = Q(speaker__side=Side.PUBLIC) | Q(speaker__official__in=witnesses)
    listed = rows.filter(**{f"{hearing}__is_unlisted": False})
    return listed.alias(searched_side=side).exclude(maybe & Q(searched_side=Side.PUBLIC))


@dataclass(frozen=True)
class Found:
    """The best lines, each in pieces (words, whether they were looked for), and how many there are."""

    lines: list[tuple[Utterance, list[tuple[str, bool]]]]
    count: int  # at most RANKED

    @property
    def about(self) -> str:
        return f"{COUNTED:,}+" if self.count > COUNTED else f"{self.count:,}"


def best(lines: UtteranceQuerySet, query: SearchQuery) -> Found:
    """The best of the newest of these lines, in one query of the database."""
    newest = lines.filter(search=query).order_by("-pk").values("pk")[:RANKED]
    headline = SearchHeadline(
        "text",
        query,
        config=CONFIG,
        start_sel=MARK_START,
        stop_sel=MARK_END,
        highlight_all=True,
    )
    found = Utterance.objects.filter(pk__in=newest)
    ranked = (
        (found.as_public() if lines.is_public else found)
        .annotate(
            rank=SearchRank(F("search"), query),
            headline=headline,
            count=Window(Count("pk")),
        )
        .select_related("part__hearing", "speaker__official")
        .defer("search")
        .order_by("-rank", "-pk")[:FOUND]
    )
    shown = [(line, marked(line.headline)) for line in ranked]
    return Found(shown, shown[0][0].count if shown else 0)


def marked(headline: str) -> list[tuple[str, bool]]:
    """A line in pieces: (words, whether they were looked for)."""
    pieces = []
    for before_end in headline.split(MARK_END):
        plain, _mark, hit = before_end.partition(MARK_START)
        pieces += [(plain, False), (hit, True)]
    return [piece for piece in pieces if piece[0]]


def agencies_called(words: str) -> list[Agency]:
    """The agencies whose name, short name or other name is like these words, the likest first."""
    aliases = Func(
        F("aliases"), Value(" "), function="array_to_string", output_field=models.TextField()
    )
    return _alike(Agency.objects.annotate(called=aliases), words, "name", "short_name", "called")


def officials_called(words: str) -> list[Official]:
    """The officials, none of them of the public, whose name is like these words, the likest first."""
    in_office = Appointment.objects.exclude(side=Side.PUBLIC).values("official")
    return _alike(Official.objects.filter(pk__in=in_office), words, "name")


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


def _unaccented(words: models.Expression | F) -> Func:
    return Func(words, function="unaccent", output_field=models.TextField())
