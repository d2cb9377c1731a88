"""The work grows with the length of the hearing and with nothing else."""

from commitments.suggestions import suggest

from .builders import exchange

HEARING = [
    *exchange("How many permits were denied?", "We will get back to you on that."),
    *exchange("Can you send us the list?", "Absolutely."),
]


def test_a_hundred_hearings_in_a_row_hold_a_hundred_times_the_promises():
    once, often = len(suggest(HEARING)), len(suggest(HEARING * 100))
    assert once >= 2
    assert once * 99 <= often <= once * 101
