"""The look-alike files beside the tests: quirks of the wild, people of Marrow Bay."""

from pathlib import Path

from hearings.formats import ParsedTranscript, parse

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def read(name: str) -> ParsedTranscript:
    """The sample, its format recognised from what it holds."""
    return parse(sample(name))


def said(transcript: ParsedTranscript) -> list[tuple[float | None, str, str]]:
    return [(line.start, line.speaker, line.text) for line in transcript.utterances]
