"""A hearing of our own: what the engine must find in it, and what it must leave alone."""

from commitments.suggestions import Line, suggest

ASKED = [
    Line("Director, how many of the harbor permits were denied last year?", "Council Member Odell"),
    Line("I don't have that number with me.", "Director Quist (Harbor Department)"),
    Line("We will get back to you with the exact figure.", "Director Quist (Harbor Department)"),
    Line("Thank you.", "Council Member Odell"),
]


def test_a_promise_of_the_answering_side_is_found():
    best = max(suggest(ASKED), key=lambda suggestion: suggestion.score)
    assert best.utterance == 2
    assert best.quote == "We will get back to you with the exact figure."
    assert best.asked_by == "Council Member Odell"
