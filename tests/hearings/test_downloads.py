"""A hearing's download, imported into another hearing, makes the same lines."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from hearings import downloads
from hearings.formats import ParsedTranscript, ParsedUtterance, parse
from hearings.importing import digest_of, find_or_make_hearing, import_transcript
from hearings.models import Hearing, Utterance
from tests import cast
from tests.hearings.formats.sample import SAMPLES
from tests.hearings.formats.test_corpus import FORMATS as CORPUS
from tests.hearings.formats.test_corpus import files

pytestmark = pytest.mark.django_db

AWKWARD = ParsedTranscript(
    "jsonl",
    (
        ParsedUtterance("Before the clock: nobody yet."),
        ParsedUtterance("=SUM(A1) & <b>", "Vane, Ilka: chair", 1.001, 1.001),
        ParsedUtterance("[inaudible] --> yes", "Ilka Vane", 2.0, interpolated=True),
        ParsedUtterance("“שלום” 🌊", "", 3.5, 4.25),
        ParsedUtterance("Long. " * 200 + "End.", "+1 (phone)", 9050.999, 9999.0),
    ),
)


def imported(transcript: ParsedTranscript, title: str) -> Hearing:
    hearing, _ = find_or_make_hearing(title=title, held_on=cast.HELD_ON, committees=[])
    import_transcript(hearing, transcript, digest=digest_of(title.encode()), now=cast.NOON)
    return hearing


def lines(hearing: Hearing) -> list[tuple]:
    facts = ("start", "end", "speaker__printed_name", "text", "is_interpolated")
    found = Utterance.objects.current().filter(part__hearing=hearing).in_order()
    return list(found.values_list(*facts))


def comes_in_as_it_went_out(transcript: ParsedTranscript) -> None:
    hearing = imported(transcript, "Out")
    said = lines(hearing)
    if not said:  # the page of a chapter's summary: there is nothing to take along
        return
    for kind, made in downloads.FORMATS.items():
        again = parse(made.write(hearing).encode())
        assert lines(imported(again, f"In by {kind}")) == said, kind


def test_the_awkward_lines_come_in_as_they_went_out():
    comes_in_as_it_went_out(AWKWARD)


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_every_sample_comes_in_as_it_went_out(name: str):
    comes_in_as_it_went_out(parse((SAMPLES / name).read_bytes()))


@pytest.mark.long
@pytest.mark.skipif("CORPUS_DIR" not in os.environ, reason="not run: CORPUS_DIR is unset")
@pytest.mark.parametrize("name", files())
def test_every_real_file_comes_in_as_it_went_out(name: str):
    comes_in_as_it_went_out(parse((Path(CORPUS) / name).read_bytes()))


@pytest.mark.parametrize("lines", [1, len(AWKWARD.utterances)])
def test_a_download_costs_the_same_whatever_its_length(lines, django_assert_num_queries):
    hearing = imported(replace(AWKWARD, utterances=AWKWARD.utterances[-lines:]), "Counted")
    with django_assert_num_queries(4):
        downloads.FORMATS["csv"].write(hearing)
