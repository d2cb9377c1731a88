"""What youtube-transcript-api writes: `[{"text", "start", "duration"}]`, in seconds."""

from hearings.formats.captions import Cue, spoken
from hearings.formats.decoding import Source
from hearings.formats.fields import Record, records, stretch
from hearings.formats.parsed import Format, ParsedTranscript, Problems


def _matches(source: Source) -> bool:
    return bool(records(source.json, "text", "start", "duration"))


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    snippets = records(source.json, "text", "start", "duration")
    cues = (_cue(snippet, number, problems) for number, snippet in source.numbered(snippets))
    return ParsedTranscript("youtube-transcript", tuple(spoken(filter(None, cues))))


def _cue(snippet: Record, number: int, problems: Problems) -> Cue | None:
    text = str(snippet.get("text") or "")
    times = stretch(snippet.get("start"), snippet.get("duration"), number, problems)
    return Cue(number, *times, text.splitlines()) if times and text.strip() else None


FORMAT = Format(
    name="youtube-transcript",
    title='Captions as JSON: `[{"text", "start", "duration"}]`',
    origin="youtube-transcript-api",
    matches=_matches,
    read=_read,
)
