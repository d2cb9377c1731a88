"""The follow-ups that people listed by hand at a real panel are all among the suggestions."""

import json
import os
from pathlib import Path

import pytest

from commitments.suggestions import Line, suggest
from hearings.formats import parse

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not os.environ.get("CORPUS_DIR"), reason="not run: CORPUS_DIR is not set"),
]


def seconds(clock: str) -> int:
    hours, minutes, rest = (int(part) for part in clock.split(":"))
    return 3600 * hours + 60 * minutes + rest


def test_all_follow_ups_of_the_panel_are_suggested_in_the_turn_they_were_made_in():
    folder = Path(os.environ["CORPUS_DIR"]) / "betanyc"
    said = parse((folder / "city-panel.txt").read_bytes()).utterances
    found = suggest([Line(each.text, each.speaker, each.start) for each in said])
    turns = {said[one.utterance].line for one in found}
    listed = json.loads((folder / "followups.json").read_text("utf-8"))["followups"]
    opened = {each.start: each.line for each in reversed(said)}
    missing = [row for row in listed if opened[seconds(row[3])] not in turns]
    assert len(listed) == 7
    assert missing == []
