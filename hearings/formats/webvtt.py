"""WebVTT, the captions of the web: `00:01:02.000 --> 00:01:04.000`, voices as `<v Name>`."""

from hearings.formats.captions import WEBVTT, read_captions
from hearings.formats.decoding import Source
from hearings.formats.parsed import Format, ParsedTranscript, Problems


def _matches(source: Source) -> bool:
    return source.head.startswith("WEBVTT")


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    return read_captions(source, problems, WEBVTT)


FORMAT = Format(
    name="webvtt",
    title="WebVTT captions (.vtt)",
    origin="YouTube, Vimeo, Zoom, our own export",
    matches=_matches,
    read=_read,
)
