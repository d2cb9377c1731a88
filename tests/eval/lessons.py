"""What is learned from beside the labelled hearings, and never measured on.

`lessons.tsv` holds invented exchanges in plain sight. `judged.tsv` names places in the transcripts
below CORPUS_DIR/formats that were read and found to be promises, or doubtful ones; the likeliest
others of those transcripts were read as well and found to be none. It holds no word of them.
"""

import csv
import os
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

from commitments.suggestions import Line
from commitments.suggestions.context import Spoken, read
from commitments.suggestions.features import Candidate, candidates
from hearings.formats import parse

from .corpus import Example

LESSONS = Path(__file__).with_name("lessons.tsv")
JUDGED = Path(__file__).with_name("judged.tsv")
INVENTED = 0.5  # how much an invented example counts beside a real one
PROMISE = re.compile(r"\[[^]]*\]")
# Half of the transcripts of this world print no names.
CASTS = (
    ("Council Member Odell", "Director Quist"),
    ("", ""),
    ("Mr. Pell", "Ms. Tarn"),
    ("", ""),
)

Place = tuple[int, int]  # line, character


def lessons() -> list[Example]:
    rows = [row.split("\t") for row in LESSONS.read_text("utf-8").splitlines() if row[0] != "#"]
    return [
        example
        for (asked, answer, reply), (member, director) in zip(rows, cycle(CASTS), strict=False)
        for example in exchange((asked, member), (answer, director), (reply, member))
    ]


def exchange(*turns: tuple[str, str]) -> Iterator[Example]:
    """The candidates of three turns; of those inside a pair of brackets the first is the promise."""
    lines = [
        Line(words if speaker else f">> {words}", speaker, None, side if speaker else "")
        for (words, speaker), side in zip(turns, ("council", "agency", "council"), strict=True)
    ]
    promises = [match.span() for match in PROMISE.finditer(lines[1].text)]
    met: set[tuple[int, int]] = set()
    spoken = list(read(lines))
    for candidate in candidates(spoken):
        line, character = place(spoken, candidate)
        around = next((span for span in promises if span[0] <= character < span[1]), None)
        if line != 1 or around is None:
            yield Example(candidate.features, False, INVENTED)
        elif around not in met:
            met.add(around)
            yield Example(candidate.features, True, INVENTED)


def place(spoken: Sequence[Spoken], candidate: Candidate) -> Place:
    """Where the verb of a candidate is printed, or the first word of a bare yes."""
    frame = candidate.frame
    word = spoken[candidate.at].sentence.words[frame.verb_at if frame else 0]
    return word.line, word.start


def judged() -> list[list[Example]]:
    """The examples of each transcript that was read through."""
    verdicts: dict[str, dict[Place, str]] = defaultdict(dict)
    with JUDGED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            verdicts[row["file"]][int(row["line"]), int(row["character"])] = row["verdict"]
    folder = Path(os.environ["CORPUS_DIR"]) / "formats"
    return [list(read_through(folder / name, found)) for name, found in verdicts.items()]


def read_through(path: Path, verdicts: dict[Place, str]) -> Iterator[Example]:
    """Candidates of a promise's sentence that were not judged themselves are left out."""
    transcript = parse(path.read_bytes(), skip_bad_lines=True)
    spoken = list(read([Line(u.text, u.speaker or "", u.start) for u in transcript.utterances]))
    found = list(candidates(spoken))
    places = [place(spoken, candidate) for candidate in found]
    doubtful = {
        candidate.at
        for candidate, where in zip(found, places, strict=True)
        if verdicts.get(where) in ("yes", "unsure")
    }
    for candidate, where in zip(found, places, strict=True):
        if verdicts.get(where) == "yes":
            yield Example(candidate.features, True)
        elif candidate.at not in doubtful:
            yield Example(candidate.features, False)
