"""A transcript is shown in pages: chapters, or stretches of about 300 lines."""

import pytest

from hearings import parts
from hearings.formats import ParsedChapter
from hearings.importing import digest_of, find_or_make_hearing, import_transcript
from hearings.models import Utterance
from tests import cast

pytestmark = pytest.mark.django_db


def long_hearing(count: int, *chapters: ParsedChapter, seconds: float = 10):
    hearing, _ = find_or_make_hearing(title="Long", held_on=cast.HELD_ON, committees=["Rules"])
    lines = tuple((number * seconds, "Ann", f"Line {number}.") for number in range(count))
    file = cast.parsed(lines, chapters=chapters)
    import_transcript(hearing, file, digest=digest_of(b"long"), now=cast.NOON)
    return hearing


def line(number: int) -> Utterance:
    return Utterance.objects.get(text=f"Line {number}.")


def shape(hearing) -> list[tuple[str, int]]:
    return [(part.title, part.lines) for part in parts.parts_of(hearing)]


def test_a_hearing_without_a_transcript_has_no_part():
    hearing, _ = find_or_make_hearing(title="Empty", held_on=cast.HELD_ON, committees=[])
    assert parts.parts_of(hearing) == []
    assert parts.part_at(hearing, t=5) is None


def test_a_short_one_is_one_part():
    assert shape(long_hearing(300)) == [("Transcript", 300)]


def test_a_long_one_is_cut_evenly():
    assert shape(long_hearing(601)) == [
        ("Transcript, part 1 of 3", 201),
        ("Transcript, part 2 of 3", 201),
        ("Transcript, part 3 of 3", 199),
    ]


def test_chapters_are_parts_and_a_long_one_several():
    opening = ParsedChapter(title="Opening", start=50)
    questions = ParsedChapter(title="Questions", start=1000)
    assert shape(long_hearing(500, opening, questions)) == [
        ("Transcript", 5),
        ("Opening", 95),
        ("Questions, part 1 of 2", 200),
        ("Questions, part 2 of 2", 200),
    ]


def test_every_line_is_in_exactly_one_part_and_in_order():
    hearing = long_hearing(700, ParsedChapter(title="Late", start=3333))
    shown = [each.text for part in parts.parts_of(hearing) for each in part.utterances()]
    assert shown == [f"Line {number}." for number in range(700)]


@pytest.mark.parametrize("number", [0, 233, 234, 467, 468, 699])
def test_a_line_is_found_in_its_part_by_id_and_by_time(number):
    hearing = long_hearing(700)
    wanted = line(number)
    for part in (
        parts.part_at(hearing, u=wanted.pk),
        parts.part_at(hearing, t=wanted.start + 9),
    ):
        assert wanted in part.utterances()
        assert part.first == part.utterances()[0].pk


def test_lines_of_one_second_are_told_apart():
    hearing = long_hearing(700, seconds=0)
    assert [part.lines for part in parts.parts_of(hearing)] == [234, 234, 232]
    assert parts.part_at(hearing, u=line(500).pk).number == 3


def test_an_unknown_line_or_an_early_second_shows_the_beginning():
    hearing = long_hearing(700, ParsedChapter(title="Late", start=3333))
    assert parts.part_at(hearing, u=10**9).number == 1
    assert parts.part_at(hearing, t=-5).number == 1


def test_finding_a_part_costs_the_same_whatever_the_length(django_assert_num_queries):
    hearing = long_hearing(1500)
    wanted = line(1400)
    with django_assert_num_queries(5):
        parts.part_at(hearing, u=wanted.pk)
