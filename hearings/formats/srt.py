"""SubRip captions: a number, `00:01:02,000 --> 00:01:04,000`, and the words."""

from hearings.formats.captions import SUBRIP, has_cues, read_captions
from hearings.formats.decoding import Source
from hearings.formats.parsed import Format, ParsedTranscript, Problems


def _matches(source: Source) -> bool:
    return has_cues(source, SUBRIP)


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    return read_captions(source, problems, SUBRIP)


FORMAT = Format(
    name="srt",
    title="SubRip captions (.srt)",
    origin="Whisper, video editors",
    matches=_matches,
    read=_read,
)
