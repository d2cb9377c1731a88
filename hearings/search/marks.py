"""Where the words that were looked for stand in a text."""

from collections.abc import Iterable

from django.db import connection

from hearings.search.grammar import CONFIG, Asked, as_sql

START, END = "\u0002", "\u0003"  # no stored text holds control characters
MARKED = """
SELECT text, ts_headline(%s::regconfig, text, {query}, %s) FROM unnest(%s::text[]) AS text
"""
OPTIONS = f'StartSel="{START}", StopSel="{END}", HighlightAll=true'

Pieces = list[tuple[str, bool]]


def marks(texts: Iterable[str], asked: Asked) -> dict[str, Pieces]:
    """Those of these texts, as they are shown, in which the words stand, in pieces: (words, whether they
    were looked for). One query of the database."""
    query, params = as_sql(asked.query)
    with connection.cursor() as cursor:
        cursor.execute(MARKED.format(query=query), [CONFIG, *params, OPTIONS, list(set(texts))])
        return {text: _pieces(headline) for text, headline in cursor if START in headline}


def _pieces(headline: str) -> Pieces:
    pieces = []
    for before_end in headline.split(END):
        plain, _mark, hit = before_end.partition(START)
        pieces += [(plain, False), (hit, True)]
    return [piece for piece in pieces if piece[0]]
