import pytest

from hearings.formats import ParsedUtterance, TranscriptError, parse
from tests.hearings.formats.sample import read


def test_every_line_is_an_utterance_as_it_stands():
    transcript = read("neutral.jsonl")

    assert transcript.format == "jsonl"
    assert transcript.utterances == (
        ParsedUtterance("Who reads the gauges?", "Odalys Ferrán", 12.5, 14.0, 1),
        ParsedUtterance(
            "We do.", "Bram Okafor-Lind", 11.0, line=2, role="Witness — Harbor Department"
        ),
        ParsedUtterance("Will you send us the list?", line=4),
        ParsedUtterance("Absolutely.", "1", 16.25, line=5),
        ParsedUtterance("", start=17.0, line=6),
    )


def test_a_long_line_is_never_split():
    text = "We will look into it. " * 200

    (utterance,) = parse(f'{{"start": 1, "text": "{text}"}}'.encode()).utterances

    assert utterance.text == text.strip()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{broken", 'Line 2: This is not a JSON object with a "text".'),
        ('["a"]', 'Line 2: This is not a JSON object with a "text".'),
        ('{"text": "a", "start": "soon"}', "Line 2: 'soon' is not a time."),
        ('{"text": "a", "start": NaN}', "Line 2: 'nan' is not a time."),
        ('{"text": "a", "start": true}', "Line 2: 'True' is not a time."),
        (
            '{"text": "a", "start": 20, "end": 10}',
            "Line 2: The end is before the start (0:00:20 → 0:00:10).",
        ),
    ],
)
def test_a_bad_line_is_named_or_skipped(line: str, sentence: str):
    data = f'{{"text": "one"}}\n{line}\n{{"text": "three"}}\n'.encode()

    with pytest.raises(TranscriptError) as refused:
        parse(data)
    rest = parse(data, skip_bad_lines=True)

    assert str(refused.value) == sentence
    assert [said.text for said in rest.utterances] == ["one", "three"]
    assert [bad.line for bad in rest.skipped] == [2]


def test_what_no_database_stores_is_dropped_from_the_words():
    (utterance,) = parse(rb'{"text": "one\u0000 two\ud800 three\n four"}').utterances

    assert utterance.text == "one two three four"
