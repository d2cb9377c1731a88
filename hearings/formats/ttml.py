"""Captions as XML: TTML (W3C, https://www.w3.org/TR/ttml2/), and what YouTube writes beside it, `srv1`
(`<text start dur>`, in seconds) and `srv3` (`<p t d>`, in milliseconds)."""

import re
from collections.abc import Mapping

from hearings.formats.captions import Cue, spoken
from hearings.formats.decoding import Source
from hearings.formats.fields import refuse_backwards
from hearings.formats.parsed import Format, ParsedTranscript, Problems
from hearings.formats.telling import Progress
from hearings.formats.timecode import clock_seconds
from hearings.formats.wording import tidy
from hearings.formats.xml import Walk

_ROOT = re.compile(r"<(?:\w{1,20}:)?(?:tt|timedtext|transcript)[\s>]")
_CAPTIONS = frozenset({"p", "text"})
_AROUND = frozenset({"body", "div"})  # whose beginning their captions count from
_COUNT = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,9})?)(h|m|s|ms|f|t)")
_FRAMES = re.compile(r"(.{1,20}):([0-9]{2,3})")
_FRAME_RATE = 30.0  # frames a second, where the document doesn't say


class _Captions(Walk):
    """Collects the captions of a document."""

    def __init__(self, text: str, progress: Progress, problems: Problems) -> None:
        super().__init__(text, progress)
        self.cues: list[Cue] = []
        self._problems = problems
        self._per_second = {"h": 1 / 3600, "m": 1 / 60, "s": 1.0, "ms": 1000.0, "f": _FRAME_RATE, "t": 1.0}  # fmt: skip
        self._begins = [0.0]  # of the elements around
        self._names: dict[str, str] = {}  # of speakers by their id
        self._agent = ""  # whose name is being read
        self._words: list[str] | None = None  # of the open caption
        self._cue: Cue | None = None

    def started(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "tt":
            self._count_by(attributes)
        elif name == "agent":
            self._agent = attributes.get("id", "")
        elif name == "name" and self._agent:
            self._words = []
        elif name in _AROUND:
            self._begins.append(self._begins[-1] + (self._seconds(attributes.get("begin")) or 0.0))
        elif name in _CAPTIONS:
            self._open(attributes)
        elif name == "br":
            self.said("\n")

    def said(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def ended(self, name: str) -> None:
        if name == "agent":
            self._agent = ""
        elif name == "name" and self._agent:
            self._names[self._agent] = tidy("".join(self._words or []))
            self._words = None
        elif name in _AROUND:
            self._begins.pop()
        elif name in _CAPTIONS:
            self._close()

    def _count_by(self, attributes: Mapping[str, str]) -> None:
        """The units that the document counts by, as its root says."""
        frames = _number(attributes.get("frameRate"))
        self._per_second["f"] = frames or _FRAME_RATE
        self._per_second["t"] = _number(attributes.get("tickRate")) or frames or 1.0

    def _open(self, attributes: Mapping[str, str]) -> None:
        """Begin a caption; one without times that make sense is a bad line."""
        self._words, self._cue = [], None
        given = {name: attributes[name] for name in ("begin", "end", "dur", "start", "t", "d") if name in attributes}  # fmt: skip
        start, end = self._times(given)
        if start is None or end is None:
            self._problems.skip(self.line, f"{given or 'A caption without times'} is not a start and an end.")  # fmt: skip
        elif end < start:
            refuse_backwards(start, end, self.line, self._problems)
        else:
            voice = self._names.get(attributes.get("agent", ""), "")
            self._cue = Cue(self.line, start, end, [f"<v {voice}>"] if voice else [])

    def _times(self, given: Mapping[str, str]) -> tuple[float | None, float | None]:
        if "t" in given:
            start, length = (_number(given.get(name, "0")) for name in ("t", "d"))
            return _span(start, length, 1000)
        if "start" in given:
            start, length = (_number(given.get(name, "0")) for name in ("start", "dur"))
            return _span(start, length, 1)
        start, end, length = (self._seconds(given.get(name)) for name in ("begin", "end", "dur"))
        around = self._begins[-1]
        if start is not None and end is None and length is not None:
            end = start + length
        return (
            None if start is None else round(around + start, 3),
            None if end is None else round(around + end, 3),
        )

    def _seconds(self, text: str | None) -> float | None:
        """Seconds of `1:02:03.5`, `1:02:03:12` (frames), `3.5s`, `90000t`; None for anything else."""
        if counted := _COUNT.fullmatch(text or ""):
            return float(counted[1]) / self._per_second[counted[2]]
        seconds = clock_seconds(text or "")
        if seconds is None and (framed := _FRAMES.fullmatch(text or "")):
            whole = clock_seconds(framed[1])
            return None if whole is None else whole + int(framed[2]) / self._per_second["f"]
        return seconds

    def _close(self) -> None:
        self.tell()
        lines = [line for line in "".join(self._words or []).splitlines() if line.strip()]
        if self._cue and lines:
            self.cues.append(self._cue._replace(words=[*self._cue.words, *map(tidy, lines)]))
        self._words = self._cue = None


def _span(
    start: float | None, length: float | None, per_second: int
) -> tuple[float | None, float | None]:
    if start is None or length is None:
        return None, None
    return round(start / per_second, 3), round((start + length) / per_second, 3)


def _number(text: str | None) -> float | None:
    return float(text) if text and re.fullmatch(r"[0-9]{1,12}(?:\.[0-9]{1,9})?", text) else None


def _matches(source: Source) -> bool:
    start = source.head[:4000]
    return start.lstrip().startswith("<") and _ROOT.search(start) is not None


def _read(source: Source, problems: Problems) -> ParsedTranscript:
    captions = _Captions(source.text, source.progress, problems)
    captions.read()
    return ParsedTranscript("ttml", tuple(spoken(iter(captions.cues))))


FORMAT = Format(
    name="ttml",
    title="Captions as XML (.ttml, .dfxp, .xml)",
    origin="broadcasters and caption makers (TTML), YouTube (srv1, srv3), yt-dlp",
    matches=_matches,
    read=_read,
)
