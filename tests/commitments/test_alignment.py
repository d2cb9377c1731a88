"""Words found again in another transcript: where they are, or nowhere, but never at a lookalike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.alignment import Alignment, Found, Span, Text, same_words
from tests.commitments.meeting import SAID, captions, lines, recut

GET_BACK = 7
FIRST_THANKS, SECOND_THANKS = 3, 8


def whole(number: int, said=SAID) -> Span:
    return Span(number, 0, number, len(said[number]))


def there(new: list[Text], found: Found) -> str:
    texts = [line.words for line in new[found.span.line : found.span.end_line + 1]]
    texts[-1] = texts[-1][: found.span.end_offset]
    texts[0] = texts[0][found.span.start_offset :]
    return " ".join(texts)


def find(number: int, new: list[Text], old: list[Text] | None = None) -> Found | None:
    return Alignment(old or lines(), new).find(whole(number))


def changed(number: int, words: str) -> list[Text]:
    return lines([*SAID[:number], words, *SAID[number + 1 :]])


def test_the_same_transcript_keeps_every_place():
    alignment = Alignment(lines(), lines())
    for number in range(len(SAID)):
        found = alignment.find(whole(number))
        assert found is None or found.span == whole(number)
    assert alignment.find(whole(GET_BACK)) == Found(whole(GET_BACK), 100)


@pytest.mark.parametrize("begin", [0.0, -3600.0, 5400.0])
def test_captions_with_another_clock_hold_the_same_words(begin):
    new = captions(begin=begin + 7200)
    found = find(GET_BACK, new)
    assert found.score == 100
    assert same_words(there(new, found), SAID[GET_BACK])


@pytest.mark.parametrize("ahead", [-3600.0, -20.0, 0.0, 95.5])
def test_it_says_by_how_much_the_newer_clock_is_ahead(ahead):
    alignment = Alignment(lines(), lines(begin=ahead))
    assert alignment.ahead_at(whole(GET_BACK)) == alignment.find(whole(GET_BACK)).ahead == ahead


def test_a_break_that_was_cut_out_is_a_clock_of_its_own():
    late = [*lines()[:8], *lines(begin=1800)[8:]]
    alignment = Alignment(late, lines())
    assert alignment.ahead_at(whole(4)) == 0
    assert alignment.ahead_at(whole(12)) == -1800


@pytest.mark.parametrize("size", [3, 10, 25])
def test_lines_cut_elsewhere_are_no_other_clock(size):
    assert Alignment(lines(), recut(size)).ahead_at(whole(GET_BACK)) == 0
    assert abs(Alignment(lines(), recut(size, 600)).ahead_at(whole(GET_BACK)) - 600) < 3


def test_a_clock_is_not_known_without_times_or_common_words():
    untimed = [Text(line.words) for line in lines()]
    others = [Text(f"Nothing of that, number {number}.", 10.0 * number) for number in range(16)]
    assert Alignment(lines(), untimed).ahead_at(whole(GET_BACK)) is None
    assert Alignment(lines(), others).ahead_at(whole(GET_BACK)) is None


def test_part_of_a_line_is_found_as_that_part():
    words = "we can get back to you on that."
    start = SAID[GET_BACK].index(words)
    span = Span(GET_BACK, start, GET_BACK, len(SAID[GET_BACK]))
    assert Alignment(lines(), lines()).find(span).span == span


def test_a_span_over_several_lines_is_found():
    new = captions()
    found = Alignment(lines(), new).find(Span(5, 0, 7, len(SAID[7])))
    assert same_words(there(new, found), " ".join(SAID[5:8]))


def test_misheard_words_are_found_and_said_to_differ():
    new = changed(
        GET_BACK, "So I don't have that number on me but we can get back to you and that."
    )
    found = find(GET_BACK, new)
    assert 80 < found.score < 100
    assert found.span.line == GET_BACK


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (12, "We paid three million dollars, and we will send you the invoices within 60 days."),
        (12, "We paid three million dollars, and we will not send you the invoices within 30 days."),
        (GET_BACK, "So I don't have that number with me, but we can't get back to you on that."),
        (5, "As of last Friday we count four thousand three hundred service lines north of the canal."),
    ],
)  # fmt: skip
def test_another_number_or_a_no_is_not_the_same(number, words):
    assert find(number, changed(number, words)) is None


@pytest.mark.parametrize(
    "words", ["We paid 3,000,000 dollars, and we will send you the invoices within thirty days."]
)
def test_a_number_written_otherwise_is_the_same(words):
    assert find(12, changed(12, words)).span.line == 12


@pytest.mark.parametrize("number", [FIRST_THANKS, SECOND_THANKS])
def test_each_thank_you_is_its_own(number):
    new = captions()
    found = find(number, new)
    assert found is None or abs(new[found.span.line].start - place_of(number)) <= 5


def place_of(number: int) -> float:
    """Seconds in the captions at which a line begins."""
    return sum(len(words.split()) for words in SAID[:number]) * 0.75


def test_of_two_that_are_alike_none_is_taken_where_one_is_missing():
    """The second "Thank you." is gone; the first must not stand in for it."""
    new = lines([*SAID[:SECOND_THANKS], *SAID[SECOND_THANKS + 1 :]])
    assert find(SECOND_THANKS, new) is None


def test_a_short_answer_needs_its_question():
    gone = lines([*SAID[:9], "Moving on.", *SAID[10:]])
    assert find(10, gone) is None or find(10, gone).span.line == 10
    elsewhere = lines([*SAID[:9], *SAID[11:], "Absolutely."])
    assert find(10, elsewhere) is None


def test_the_words_of_somebody_else_are_not_taken():
    old = lines(voices=("7",) * len(SAID))
    other = lines(voices=("8",) * len(SAID))
    unknown = lines(voices=("",) * len(SAID))
    assert find(GET_BACK, other, old) is None
    assert find(GET_BACK, unknown, old) is not None


def test_what_lies_outside_a_slice_is_lost():
    slice_ = lines(SAID[:6])
    assert find(GET_BACK, slice_) is None
    assert find(2, slice_).span.line == 2


def test_a_hearing_in_another_order_keeps_only_what_is_unmistakable():
    """Two blocks changed places, as on a page grouped by speaker."""
    new = lines([*SAID[8:], *SAID[:8]])
    found = find(GET_BACK, new)
    assert found is None or same_words(there(new, found), SAID[GET_BACK])
    assert find(SECOND_THANKS, new) is None or find(SECOND_THANKS, new).span.line in (0, 11)


def test_the_same_sentence_said_twice_is_told_apart_by_what_surrounds_it():
    again = [*SAID[:12], SAID[GET_BACK], *SAID[12:]]
    new = lines(again)
    alignment = Alignment(lines(again), new)
    for number in (GET_BACK, 12):
        found = alignment.find(Span(number, 0, number, len(again[number])))
        assert found is None or found.span.line == number


@given(st.integers(2, 40), st.integers(0, 39))
def test_without_surroundings_to_tell_them_apart_none_is_taken(times, which):
    old = [Text("Thank you.", None)] * times
    new = [Text("Thank you.", None)] * (times + 1)
    assert Alignment(old, new).find(Span(which % times, 0, which % times, 10)) is None


@given(st.lists(st.sampled_from(SAID), min_size=1, max_size=30), st.data())
def test_whatever_is_left_or_shuffled_the_words_found_are_the_words(said, data):
    number = data.draw(st.integers(0, len(SAID) - 1))
    new = lines(said)
    found = find(number, new)
    if found is not None and found.score == 100:
        assert same_words(there(new, found), SAID[number])


@pytest.mark.parametrize("old", [[], [Text("", None)], [Text("…", 1.0)]])
def test_nothing_is_found_in_nothing(old):
    assert Alignment(old, lines()).find(Span(0, 0, 0, 0)) is None


def test_closing_marks_belong_to_the_words():
    new = lines()
    assert there(new, find(6, new)) == SAID[6]
