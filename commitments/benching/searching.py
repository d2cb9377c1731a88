"""Finding words among many lines, in the database and by the page, beside a bare ranked query."""

from collections.abc import Iterator

from django.test import Client

from commitments import searching
from commitments.benching.database import run, throwaway
from commitments.benching.measuring import Row, Size, in_the_database, medians
from commitments.generating import Size as Load
from commitments.generating import generate
from commitments.models import Commitment, CommitmentQuerySet
from hearings import clock, search
from hearings.search.grammar import as_sql

LINES_A_HEARING = 5_000
COMMITMENTS_A_HEARING = 100
TERMS = (  # as the generator's sentences have them
    ("in every line", "district", "≤ 25 ms"),
    ("common", "hydrants", "≤ 25 ms"),
    ("medium", '"district 17"', "≤ 25 ms"),
    ("rare", "shelter7", "≤ 2 ms"),
    ("two common", "hydrants repaired", "≤ 25 ms"),
    ("beginning", "hydran*", "≤ 25 ms"),
    ("two common that never meet", "repaired funded", ""),
    ("phrase of two common that is nowhere", '"district hydrants"', ""),
)
PROMISED = ("breakdown", "send list", "hydrants")
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
        promises = hearings * COMMITMENTS_A_HEARING
        generate(Load(hearings, size.utterances, promises, 0), seed=1, today=clock.today())
        run("VACUUM ANALYZE")
        client = Client()
        for name, typed, target in TERMS:
            asked = search.asked(typed)
            bare = _bare(asked)
            ((hits,),) = run(COUNT, [bare])
            ours, floor = medians(
                lambda asked=asked: search.best(search.searchable(), asked),
                lambda bare=bare: run(FLOOR, [bare]),
                timer=in_the_database,
            )
            (page,) = medians(lambda typed=typed: client.get("/search/", {"q": typed}))
            among = f"{hits:,} of {size.utterances:,}"
            yield Row(f"search {name} ({among}), in the database", ours, "ms", target, floor)
            yield Row(f"search {name}, the page", page, "ms", "p99 < 300 ms at 16 clients")
        public = Commitment.objects.public()
        for typed in PROMISED:
            asked = search.asked(typed)
            hits = searching.with_words(public, asked, searching.Texts.public()).count()
            (ours,) = medians(lambda asked=asked: _best(public, asked), timer=in_the_database)
            among = f"{hits:,} of {promises:,} commitments"
            yield Row(f"search “{typed}” ({among}), in the database", ours, "ms", "≤ 25 ms")


def _best(commitments: CommitmentQuerySet, asked: search.Asked) -> list[Commitment]:
    return list(searching.best(commitments, asked, searching.Texts.public())[: search.FOUND])


def _bare(asked: search.Asked) -> str:
    """The query as PostgreSQL writes it."""
    sql, params = as_sql(asked.query)
    ((words,),) = run(f"SELECT ({sql})::text", params)
    return words
