"""The work grows with the length of the hearing and with nothing else."""

import tracemalloc

from commitments.suggestions import context, suggest
from commitments.suggestions.context import MARGIN, WINDOW, read, windows

from .builders import exchange

HEARING = [
    *exchange("How many permits were denied?", "We will get back to you on that."),
    *exchange("Can you send us the list?", "Absolutely."),
]


def test_a_hundred_hearings_in_a_row_hold_a_hundred_times_the_promises():
    once, often = len(suggest(HEARING)), len(suggest(HEARING * 100))
    assert once >= 2
    assert once * 99 <= often <= once * 101


def test_windows_cover_every_sentence_once_and_give_each_its_surroundings():
    spoken = list(read(HEARING * 300))
    inside = []
    for held, judged in windows(spoken):
        inside.extend(held[at] for at in judged)
        assert judged.start >= min(MARGIN, spoken.index(held[judged.start])) or held[0] is spoken[0]
    assert len(spoken) > WINDOW
    assert [one.sentence for one in inside] == [one.sentence for one in spoken]


def test_memory_beyond_the_suggestions_stays_flat(monkeypatch):
    monkeypatch.setattr(context, "WINDOW", 200)

    def peak(times):
        lines = HEARING * times
        tracemalloc.start()
        suggest(lines, min_score=1.0)
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    suggest(HEARING)
    assert peak(300) < 1.3 * peak(60)
