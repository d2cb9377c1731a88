"""Real transcripts, where CORPUS_DIR says that they lie: formats/, its expected.tsv, labelled/."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hearings.formats import ParsedTranscript, parse

CORPUS = os.environ.get("CORPUS_DIR")
ROOT = Path(CORPUS or ".")
FORMATS = ROOT / "formats"

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(CORPUS is None, reason="not run: CORPUS_DIR is unset"),
]

# Where the list counts otherwise than we do, and why.
UNITS = {"tsv/canada-bay-whisper.tsv": 612}  # the list's 613 count the table's header
LAST_START = {"turns/us-house-2019-sondland-rev.csv": 2534.0}  # then the clock begins again, twice


def expected() -> dict[str, dict[str, str]]:
    if CORPUS is None:
        return {}
    with (FORMATS / "expected.tsv").open(encoding="utf-8") as table:
        return {row["file"]: row for row in csv.DictReader(table, delimiter="\t")}


def files() -> list[str]:
    if CORPUS is None:
        return ["CORPUS_DIR"]
    found = (path.relative_to(FORMATS).as_posix() for path in FORMATS.rglob("*") if path.is_file())
    return sorted(name for name in found if name != "expected.tsv")


def neutral() -> Iterator[Path]:
    return (path for path in ROOT.glob("labelled/*.jsonl") if ".labels." not in path.name)


def printed_starts(transcript: ParsedTranscript) -> list[float]:
    return [
        line.start
        for line in transcript.utterances
        if line.start is not None and not line.interpolated
    ]


@pytest.mark.parametrize("name", files())
def test_a_real_file_is_read_by_what_it_holds(name: str):
    row = expected().get(name, {})
    transcript = parse((FORMATS / name).read_bytes())

    assert transcript.utterances or transcript.chapters
    assert transcript.format == (row.get("format") or name.split("/")[0]).split()[0]
    if units := row.get("units_in_file"):
        lines = {line.line for line in transcript.utterances}
        assert len(lines) == UNITS.get(name, int(units))
    if last := row.get("last_start_s"):
        starts = printed_starts(transcript)
        assert starts[0] == pytest.approx(float(row["first_start_s"]), abs=0.0005)
        assert starts[-1] == pytest.approx(LAST_START.get(name, float(last)), abs=0.0005)
    if words := row.get("words_about"):
        said = sum(len(line.text.split()) for line in transcript.utterances)
        tolerance = 0.08 if transcript.format == "minutes" else 0.03
        assert said == pytest.approx(int(words), rel=tolerance)


def test_neutral_files_are_taken_line_by_line():
    for path in neutral():
        data = path.read_bytes()
        lines = parse(data, format="jsonl").utterances
        assert [line.line for line in lines] == list(range(1, data.count(b"\n") + 1)), path.name
