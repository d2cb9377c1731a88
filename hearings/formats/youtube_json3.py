"""YouTube's own caption file (`fmt=json3`): events in milliseconds, their words in segments.

An event marked `aAppend` only breaks the line on screen; one without segments opens a window.
"""

from hearings.formats.captions import Cue, spoken
from hearings.formats.decoding import Source
from hearings.formats.fields import Record, inside, records, stretch
from hearings.formats.parsed import Format, ParsedTranscript, Problems


def _events(source: Source) -> list[Record]:
    return records(inside(source.json, "events"), "tStartMs")


def _matches(source: Source) -> bool:
    return bool(_events(source))


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    cues = (_cue(event, number, problems) for number, event in source.numbered(_events(source)))
    return ParsedTranscript("youtube-json3", tuple(spoken(filter(None, cues))))


def _cue(event: Record, number: int, problems: Problems) -> Cue | None:
    segments = records(event.get("segs"), "utf8")
    text = "".join(str(segment.get("utf8") or "") for segment in segments)
    if event.get("aAppend") or not text.strip():
        return None
    times = stretch(
        event.get("tStartMs"), event.get("dDurationMs"), number, problems, per_second=1000
    )
    return Cue(number, *times, text.splitlines()) if times else None


FORMAT = Format(
    name="youtube-json3",
    title="Captions as JSON, events with segments",
    origin="YouTube (`fmt=json3`), yt-dlp",
    matches=_matches,
    read=_read,
)
