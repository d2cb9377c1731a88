"""Type, dates and the one-line summary."""

import pytest

from commitments.suggestions import due_words, summarise, type_of


@pytest.mark.parametrize(
    "quote, request_, summary",
    [
        (
            "We will get back to you on that.",
            "What is the process for closing a pier?",
            "Report the process for closing a pier",
        ),
        (
            "We'll follow up with you.",
            "So how many permits were denied?",
            "Report how many permits were denied",
        ),
        (
            "Absolutely.",
            "Can you send us the list of denied permits?",
            "Send the Council the list of denied permits",
        ),
        (
            "I will send you the survey by Friday.",
            "",
            "Send the Council the survey by Friday",
        ),
        (
            "So I'll look into that.",
            "Who inspects the crane?",
            "Look into that: Who inspects the crane?",
        ),
        (
            "Yes, of course.",
            "And I would like to see the inspection reports.",
            "Provide the inspection reports",
        ),
        (
            "We are planning on publishing the dredging plan in March.",
            "",
            "Publish the dredging plan in March",
        ),
    ],
)
def test_the_summary_starts_with_a_verb_and_uses_the_words_spoken(quote, request_, summary):
    assert summarise(quote, request_) == summary


def test_a_long_summary_is_cut_between_words():
    summary = summarise("We will send you " + "the very long list " * 20, "")
    assert len(summary) <= 141
    assert summary.endswith("list…") or summary.endswith("long…") or summary.endswith("very…")


@pytest.mark.parametrize(
    "quote, request_, kind",
    [
        ("We'll get back to you on that.", "", "information"),
        ("I will send you the report.", "", "document"),
        ("Let's set up a meeting.", "", "meeting"),
        ("We will correct the table.", "", "correction"),
        ("We will repave it in May.", "", "action"),
        ("Absolutely.", "Can you send us a copy?", "document"),
    ],
)
def test_the_type(quote, request_, kind):
    assert type_of(quote, request_) == kind


@pytest.mark.parametrize(
    "text, words",
    [
        ("We'll have it by the end of next week.", "by the end of next week"),
        ("I'd say within thirty days of the vote.", "within thirty days"),
        ("It comes before the executive budget.", "before the executive budget"),
        ("We will share updates over the course of 2027.", "over the course of 2027"),
        ("On April 28th, which is a Tuesday.", "On April 28th"),
        ("By the 15th.", "By the 15th"),
        ("in the next two or three weeks", "in the next two or three weeks"),
        ("It will be out this summer.", "this summer"),
        ("as soon as possible", "as soon as possible"),
        ("We may do that.", ""),
        ("You march to the first pier.", ""),
    ],
)
def test_the_words_that_say_when(text, words):
    assert due_words(text) == words
