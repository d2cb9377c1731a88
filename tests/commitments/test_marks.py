"""A line is cut exactly where something is marked in its words."""

from hypothesis import given
from hypothesis import strategies as st

from commitments.marks import LOOKS, Piece, cut

TEXT = "So I don't know, but we can get back to you on that."
spots = st.integers(0, len(TEXT))
marks = st.lists(
    st.tuples(spots, spots, st.sampled_from(LOOKS)).map(
        lambda mark: (min(mark[:2]), max(mark[:2]), mark[2])
    )
)


def test_an_unmarked_line_is_one_piece():
    assert cut(TEXT, []) == [Piece(TEXT)]


def test_a_mark_is_cut_out():
    assert cut("abcdef", [(2, 4, "sug")]) == [Piece("ab"), Piece("cd", "sug"), Piece("ef")]


def test_the_selection_shows_over_a_suggestion():
    found = cut("abcdef", [(0, 4, "sug"), (2, 6, "sel")])
    assert found == [Piece("ab", "sug"), Piece("cdef", "sel")]


@given(marks)
def test_no_word_is_lost_or_repeated(marks):
    assert "".join(piece.text for piece in cut(TEXT, marks)) == TEXT


@given(marks)
def test_neighbours_look_different(marks):
    looks = [piece.look for piece in cut(TEXT, marks)]
    assert all(one != other for one, other in zip(looks, looks[1:], strict=False))


@given(marks, spots)
def test_of_a_line_in_two_each_half_is_cut_for_itself(marks, middle):
    halves = cut(TEXT, marks, stop=middle), cut(TEXT, marks, middle)
    words = ["".join(piece.text for piece in half) for half in halves]
    assert words == [TEXT[:middle], TEXT[middle:]]
