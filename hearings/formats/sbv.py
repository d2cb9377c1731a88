"""SubViewer captions as YouTube writes them: `0:01:02.000,0:01:04.000` and the words."""

from hearings.formats.captions import SUBVIEWER, has_cues, read_captions
from hearings.formats.decoding import Source
from hearings.formats.parsed import Format, ParsedTranscript, Problems


def _matches(source: Source) -> bool:
    return has_cues(source, SUBVIEWER)


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    return read_captions(source, problems, SUBVIEWER)


FORMAT = Format(
    name="sbv",
    title="SubViewer captions (.sbv)",
    origin="YouTube Studio",
    matches=_matches,
    read=_read,
)
