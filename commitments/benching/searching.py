"""Finding words among many lines, in the database and by the page, beside a bare ranked query."""

from collections.abc import Iterator

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.test import Client

from commitments.benching.database import run, throwaway
from commitments.benching.measuring import Row, Size, medians
from commitments.generating import Size as Load
from commitments.generating import generate
from hearings import clock, search
from hearings.models import Utterance

LINES_A_HEARING = 5_000
TERMS = (  # as the generator's sentences have them
    ("in every line", "district", "≤ 25 ms"),
    ("common", "hydrants", "≤ 25 ms"),
    ("medium", '"district 17"', "≤ 25 ms"),
    ("rare", "shelter7", "≤ 2 ms"),
    ("two common", "hydrants repaired", "≤ 25 ms"),
    ("beginning", "hydran*", "≤ 25 ms"),
)
FLOOR = """
SELECT id, ts_rank(search, q) AS rank FROM (
    SELECT id, search, q FROM hearings_utterance, CAST(%s AS tsquery) AS q
    WHERE search @@ q ORDER BY id DESC LIMIT 2000
) AS newest ORDER BY rank DESC, id DESC LIMIT 20
"""
COUNT = "SELECT count(*) FROM hearings_utterance WHERE search @@ %s::tsquery"


def bench(size: Size) -> Iterator[Row]:
    hearings = size.utterances // LINES_A_HEARING
    with throwaway():
        generate(Load(hearings, size.utterances, hearings * 5, 0), seed=1, today=clock.today())
        run("VACUUM ANALYZE")
        client = Client()
        for name, typed, target in TERMS:
            query = search.asked(typed)
            bare = _bare(query)
            ((hits,),) = run(COUNT, [bare])
            ours, floor, page = medians(
                lambda query=query: search.best(search.searchable(), query),
                lambda bare=bare: run(FLOOR, [bare]),
                lambda typed=typed: client.get("/search/", {"q": typed}),
            )
            among = f"{hits:,} of {size.utterances:,}"
            yield Row(f"search {name} ({among}), in the database", ours, "ms", target, floor)
            yield Row(f"search {name}, the page", page, "ms", "p99 < 300 ms at 16 clients")


def _bare(query: SearchQuery) -> str:
    """The query as PostgreSQL writes it."""
    lines = Utterance.objects.all().query
    sql, params = lines.get_compiler(connection=connection).compile(query.resolve_expression(lines))
    ((words,),) = run(f"SELECT ({sql})::text", params)
    return words
