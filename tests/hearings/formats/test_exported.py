"""What goes out as a download comes in again, by what the file holds and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearings.formats import ParsedUtterance, TranscriptError, exported, parse
from hearings.formats.wording import one_line

WRITTEN = {
    "vtt": (exported.as_vtt, "webvtt"),
    "txt": (exported.as_text, "labelled"),
    "csv": (exported.as_csv, "turns"),
    "json": (exported.as_json, "turns"),
}

SCRAPS = st.sampled_from(
    [
        *("-->", "<v Ada>", "</v>", "<c.open>", "&", "&amp;lt;", "&copy", ">>", "[0:00:01.000] "),
        *("[", "]", "[] ", ": ", ":", "\\", "\\:", '"', '""', ",", ";", "\t", "'", "''=", "=1+1"),
        *("+1", "-1", "@SUM(A1)", "\n", "\n\n", "\r", "\u2028", "\x85", "\0", "WEBVTT", "Note: "),
        *("{", "}", "start,end,speaker,text", "1:00 --> 2:00", "0:01,0:02", "Q. ", "NAME: "),
        *("שלום ", "\u202eهلا", "🌊", "👩‍🚒", "e\u0301", "long " * 130, "One. " * 130),
    ]
)
WORDS = st.lists(st.one_of(SCRAPS, st.text(max_size=8)), min_size=1, max_size=6).map("".join)
MILLISECONDS = st.integers(0, 400_000_000).map(lambda thousandths: thousandths / 1000)


@st.composite
def lines(draw: st.DrawFn) -> ParsedUtterance:
    start = draw(st.none() | MILLISECONDS)
    lasts = draw(st.none() | st.integers(0, 60_000))
    return ParsedUtterance(
        text=draw(WORDS if start is not None else WORDS.filter(one_line)),
        speaker=draw(st.just("") | WORDS),
        start=start,
        end=None if start is None or lasts is None else round(start + lasts / 1000, 3),
        interpolated=start is not None and draw(st.booleans()),
    )


def facts(line: ParsedUtterance) -> tuple:
    words = (one_line(line.speaker), one_line(line.text))
    return (line.start, line.end, *words, line.interpolated)


@pytest.mark.parametrize("kind", WRITTEN)
@given(said=st.lists(lines(), min_size=1, max_size=6))
def test_whatever_was_said_comes_in_as_it_went_out(kind: str, said: list[ParsedUtterance]):
    write, name = WRITTEN[kind]

    again = parse(write(said).encode())

    assert again.format == name
    assert list(map(facts, again.utterances)) == list(map(facts, said))
    assert not again.warnings


def test_the_files_read_well():
    said = [
        ParsedUtterance("We'll have it by noon.", "Bram Okafor-Lind", 9050.25, 9052.5),
        ParsedUtterance("=HYPERLINK(1): R&D", "", 9053.0, interpolated=True),
        ParsedUtterance("Yes.", "Vane: chair"),
    ]

    assert exported.as_text(said) == (
        "Transcript, one utterance a line: [start - end] Name: words\n\n"
        "[2:30:50.250 - 2:30:52.500] Bram Okafor-Lind: We'll have it by noon.\n"
        "[about 2:30:53.000] : =HYPERLINK(1): R&D\n"
        "Vane\\: chair: Yes.\n"
    )
    assert exported.as_vtt(said) == (
        "WEBVTT Transcript, one utterance a cue\n\n"
        "02:30:50.250 --> 02:30:52.500\n<v Bram Okafor-Lind>We'll have it by noon.\n\n"
        "02:30:53.000 --> 02:30:55.000\n=HYPERLINK(1): R&amp;D<c.open.about></c>\n\n"
        "02:30:53.000 --> 02:30:55.000\n<v Vane: chair>Yes.<c.untimed.open></c>\n"
    )
    assert exported.as_csv(said).splitlines() == [
        "start,end,speaker,text,interpolated",
        "9050.25,9052.5,Bram Okafor-Lind,We'll have it by noon.,",
        "9053.0,,,'=HYPERLINK(1): R&D,yes",
        ",,Vane: chair,Yes.,",
    ]


@pytest.mark.parametrize(
    "data, reason",
    [
        ("start,end,speaker,text,interpolated\n5,1,Ada,Yes.,\n", "The end is before the start"),
        ("start,end,speaker,text,interpolated\n1,Ada,Yes.\n", "3 cells, not 5"),
        ('start,end,speaker,text,interpolated\n1,2,Ada,"' + "a" * 200_000, "table breaks here"),
        (f"{exported.TEXT_HEADING}\n[0:99:00.000] Ada: Yes.\n", "is not a time"),
        (f"{exported.VTT_HEADING}\n\n00:05.000 --> 00:01.000\nYes.\n", "before the start"),
        (f"{exported.VTT_HEADING}\n\n00:01.000 --> 00:05.000\n<b>Yes.\n", "no download of ours"),
        ('[{"start":"x","end":1,"speaker":"","text":"a","interpolated":false}]', "not a time"),
        (
            '[{"start":1,"end":1,"speaker":"","text":"a","interpolated":false}, 7]',
            'not an object with a "text"',
        ),
    ],
)
def test_a_download_that_somebody_broke_says_where(data: str, reason: str):
    with pytest.raises(TranscriptError, match=reason) as error:
        parse(data.encode())
    assert error.value.line
