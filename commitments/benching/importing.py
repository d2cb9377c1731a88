"""Importing a hearing with all its indexes, beside parsing and a bare COPY into a table with the same."""

from collections.abc import Iterator
from datetime import date
from itertools import count
from time import perf_counter

from django.db import connection, transaction

from commitments.benching.database import run, throwaway
from commitments.benching.measuring import Row, Size, medians
from commitments.benching.texts import captions
from hearings import clock
from hearings.formats import ParsedTranscript, parse
from hearings.importing import find_or_make_hearing, import_transcript

LINES = 6_000  # of a hearing of five hours
TABLE = "CREATE TABLE bare (LIKE hearings_utterance INCLUDING ALL)"
COPY = 'COPY bare (part_id, line, place, start, "end", is_interpolated, text) FROM STDIN'

numbers = count()


def bench(size: Size) -> Iterator[Row]:
    data = captions(LINES)
    with throwaway():
        run(TABLE)
        ours, floor = medians(lambda: _import(parse(data)), lambda: _copy(parse(data)))
        yield Row(f"import {LINES:,} utterances", ours, "ms", "≤ 2.5 ×", floor)
        if size.imported:
            yield _at_length(parse(data), size.imported // LINES)


def _import(parsed: ParsedTranscript) -> None:
    """One more hearing with this transcript."""
    number = next(numbers)
    hearing, _ = find_or_make_hearing(
        title=f"Hearing {number}", held_on=date(2026, 3, 4), committees=["Committee"]
    )
    import_transcript(hearing, parsed, digest=str(number), now=clock.now())


@transaction.atomic
def _copy(parsed: ParsedTranscript) -> None:
    part = next(numbers)
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for line in parsed.utterances:
            copy.write_row((part, line.line, line.start, line.start, line.end, False, line.text))


def _at_length(parsed: ParsedTranscript, hearings: int) -> Row:
    """So many hearings in turns with as many bare ones, so that both tables grow alike."""
    taken = {_import: 0.0, _copy: 0.0}
    for _ in range(hearings):
        for work in taken:
            began = perf_counter()
            work(parsed)
            taken[work] += perf_counter() - began
    lines = hearings * len(parsed.utterances)
    ours, floor = (lines / seconds for seconds in taken.values())
    return Row(f"import {lines:,} lines", ours, "rows/s", "≥ 0.6 ×", floor)
