"""The table of docs/formats.md, out of FORMATS and what the samples beside this file give.

Run `python -m tests.hearings.formats.write_docs` after a change of the formats.
"""

from collections import defaultdict
from pathlib import Path

from hearings.formats import FORMATS, ParsedTranscript
from tests.hearings.formats.sample import SAMPLES, read

DOCS = Path(__file__).parents[3] / "docs" / "formats.md"
BEGIN, END = "<!-- table: begin -->\n", "<!-- table: end -->\n"


def table() -> str:
    samples: dict[str, list[str]] = defaultdict(list)
    for path in sorted(SAMPLES.iterdir()):
        transcript = read(path.name)
        samples[transcript.format].append(f"`{path.name}`: {_summary(transcript)}")
    rows = [
        f"| `{format.name}` | {format.title} | {format.origin} | {'<br>'.join(samples[name])} |"
        for name, format in FORMATS.items()
    ]
    head = ["| `--format` | what | comes from | our samples give |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _summary(transcript: ParsedTranscript) -> str:
    lines = transcript.utterances
    starts = [line.start for line in lines if line.start is not None]
    parts = [
        _count(len(lines), "utterance"),
        _count(len({line.speaker for line in lines if line.speaker}), "speaker"),
        *([_count(len(transcript.chapters), "chapter")] if transcript.chapters else []),
        f"{starts[0]:g} to {starts[-1]:g} s" if starts else "no times",
    ]
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def with_table(text: str) -> str:
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    DOCS.write_text(with_table(DOCS.read_text(encoding="utf-8")), encoding="utf-8")
