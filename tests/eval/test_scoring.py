"""The matching rule and the figures, on a hearing small enough to count by hand."""

from commitments.suggestions import Line

from .corpus import OWN, Example, Hearing, Label, examples, load
from .lessons import LESSONS, lessons
from .rougher import CUT, cut_up
from .scoring import Guess, average_precision, figures, walk
from .training import learn


def label(first, last, *, yes=True, wanted=True):
    return Label(first, last, yes=yes, assent=False, wanted=wanted, cue="", dated=False)


LINES = [Line("one two three four five six seven eight nine ten") for _ in range(20)]
HEARING = Hearing("by hand", LINES, [label(3, 3), label(12, 13), label(17, 17, wanted=False)])


def test_a_suggestion_beside_a_label_finds_it_and_one_far_off_is_false():
    steps = walk(HEARING, [Guess(4, 4, 0.9), Guess(8, 8, 0.8), Guess(11, 11, 0.7)])
    assert [(len(step.found), step.false) for step in steps] == [(1, False), (0, True), (1, False)]


def test_a_second_hit_and_a_promise_of_the_public_are_neither_right_nor_false():
    steps = walk(HEARING, [Guess(3, 3, 0.9), Guess(2, 2, 0.8), Guess(17, 17, 0.7)])
    assert [(len(step.found), step.false) for step in steps] == [(1, False), (0, False), (0, False)]


def test_the_figures():
    steps = walk(HEARING, [Guess(3, 3, 0.9), Guess(8, 8, 0.8), Guess(12, 12, 0.1)])
    counted = figures(HEARING, steps, 0.5)
    assert (counted.found, counted.false, counted.recall) == (1, 1, 0.5)
    assert counted.false_per_10k == 50
    assert average_precision([steps], 2) == (1 / 1 + 2 / 3) / 2


def test_learning_tells_a_telling_feature_from_an_idle_one():
    good = Example(frozenset(("promise", "idle")), True)
    bad = Example(frozenset(("remark", "idle")), False)
    weights = learn([[good, bad] * 30])
    assert weights["promise"] > 0.5 > abs(weights["idle"])
    assert weights["remark"] < -0.5


def test_our_own_hearing_is_labelled_within_its_lines_and_holds_examples_of_both():
    hearing = load(OWN, "marrow-bay")
    assert all(0 <= one.first <= one.last < len(hearing.lines) for one in hearing.labels)
    assert all(one.cue in hearing.text(one).lower() for one in hearing.labels)
    assert {one.answer for one in examples(hearing)} == {True, False}


def test_an_example_of_little_weight_teaches_little():
    good = Example(frozenset(("promise",)), True)
    bad = Example(frozenset(("remark",)), False)
    faint = [good._replace(weight=0.1), bad._replace(weight=0.1)] * 30
    assert 0 < learn([faint])["promise"] < learn([[good, bad] * 30])["promise"]


def test_every_lesson_has_three_turns_and_teaches():
    rows = [row for row in LESSONS.read_text("utf-8").splitlines() if row[0] != "#"]
    assert {row.count("\t") for row in rows} == {2}
    taught = lessons()
    assert 200 < sum(one.answer for one in taught) < len(taught) / 2


def test_cut_into_captions_the_labels_stay_on_their_words():
    whole = load(OWN, "marrow-bay")
    cut = cut_up(whole)
    assert max(len(line.text.split()) for line in cut.lines) <= CUT
    assert [cut.text(one) for one in cut.labels] == [whole.text(one) for one in whole.labels]
