"""A line is cut exactly where something is marked in its words."""

from hypothesis import given
from hypothesis import strategies as st

from commitments.staff.reading import LOOKS, Piece, pieces

TEXT = "So I don't know, but we can get back to you on that."
spots = st.integers(0, len(TEXT))
marks = st.lists(
    st.tuples(spots, spots, st.sampled_from(LOOKS)).map(
        lambda mark: (min(mark[:2]), max(mark[:2]), mark[2])
    )
)


def test_an_unmarked_line_is_one_piece():
    assert pieces(TEXT, []) == [Piece(TEXT)]


def test_a_mark_is_cut_out():
    assert pieces("abcdef", [(2, 4, "sug")]) == [Piece("ab"), Piece("cd", "sug"), Piece("ef")]


def test_the_selection_shows_over_a_suggestion():
    found = pieces("abcdef", [(0, 4, "sug"), (2, 6, "sel")])
    assert found == [Piece("ab", "sug"), Piece("cdef", "sel")]


@given(marks)
def test_no_word_is_lost_or_repeated(marks):
    assert "".join(piece.text for piece in pieces(TEXT, marks)) == TEXT


@given(marks)
def test_neighbours_look_different(marks):
    looks = [piece.look for piece in pieces(TEXT, marks)]
    assert all(one != other for one, other in zip(looks, looks[1:], strict=False))
