"""Words and sentences out of lines of every kind."""

import pytest

from commitments.suggestions import Line
from commitments.suggestions.text import plain_words, sentences


def plain(*lines):
    return [" ".join(sentence.plain) for sentence in sentences([Line(text) for text in lines])]


@pytest.mark.parametrize(
    "printed, words",
    [
        ("We’ll", ("we", "will")),
        ("I' m", ("i", "am")),
        ("don't", ("do", "not")),
        ("gonna", ("going", "to")),
        ("that's", ("that", "is")),
        ("Odell's", ("odell's",)),
    ],
)
def test_contractions_are_opened(printed, words):
    assert plain_words(printed) == words


def test_sentences_run_over_lines_and_stop_at_full_stops():
    assert plain("WE WILL GET", "BACK TO YOU. THANKS") == ["we will get back to you", "thanks"]


def test_titles_and_initials_do_not_end_a_sentence():
    assert plain("Mr. J. Wren asked Dr. Quist.") == ["mr j wren asked dr quist"]


def test_stumbles_and_fillers_are_dropped():
    assert plain("We we um will go") == ["we will go"]


def test_a_sentence_never_crosses_two_speakers():
    lines = [Line("And so we", "Quist"), Line("will vote", "Odell")]
    assert [sentence.plain for sentence in sentences(lines)] == [
        ["and", "so", "we"],
        ["will", "vote"],
    ]


def test_a_chevron_opens_a_turn():
    said = list(sentences([Line("Go on. >> We will.")]))
    assert [sentence.opens_turn for sentence in said] == [True, True]


def test_words_know_where_they_were_printed():
    word = next(iter(sentences([Line("Well, we'll go.")]))).words[1]
    assert (word.text, word.line, word.start, word.end) == ("we", 0, 6, 11)
