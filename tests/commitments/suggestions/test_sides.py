"""Who sits on which side, told from the transcript alone."""

from dataclasses import replace

from commitments.suggestions import Line, infer_sides

from .builders import DIRECTOR, MEMBER, dialogue, exchange


def test_titles_tell():
    sides = infer_sides(exchange("Who pays for it?", "The harbor fund does."))
    assert sides == ["council"] * 3 + ["agency", "council", "agency", "council"]


def test_manner_tells_where_names_do_not():
    lines = dialogue(
        ("Voice A", "My question is about the crane."),
        ("Voice A", "When will it be repaired?"),
        ("Voice B", "Our department is waiting for a part."),
        ("Voice A", "Who is the contractor?"),
        ("Voice B", "Our team would know, that is a good question."),
    )
    assert infer_sides(lines) == ["council", "council", "agency", "council", "agency"]


def test_commissioners_are_the_council_where_a_mayor_presides():
    lines = dialogue(
        ("Mayor Pell", "Shall we begin?"),
        ("Commissioner Ash", "Where is the plan?"),
        ("Commissioner Birch", "And who wrote it?"),
        ("City Manager Quist", "Our team wrote it, Commissioner."),
    )
    assert infer_sides(lines) == ["council", "council", "council", "agency"]


def test_what_is_given_stays():
    assert infer_sides([Line("Hello.", DIRECTOR, None, "public")]) == ["public"]


def test_an_elected_official_presides_or_answers_as_the_manner_tells():
    said = exchange("Who pays for it?", "The harbor fund does.")
    given = [replace(line, side="elected") for line in said]
    assert infer_sides(given) == infer_sides(said)
    assert infer_sides([Line("Hello.", "", None, "elected")]) == ["elected"]


def test_a_voice_without_a_name_stays_unknown():
    assert infer_sides([Line("Who is there?"), Line("We are.", "Unknown (B)")]) == ["", ""]


def test_where_nobody_answers_the_names_are_not_believed():
    lines = dialogue((MEMBER, "Who pays?"), (MEMBER, "The fund does."), (MEMBER, "Thank you."))
    assert set(infer_sides(lines)) == {""}
