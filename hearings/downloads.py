"""A hearing's current transcript as a file: what goes out comes in again."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearings.models import Hearing, Utterance

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take these for a formula
SHORTEST = 2.0  # seconds a caption without an end stands


@dataclass(frozen=True)
class Download:
    label: str
    content_type: str
    write: Callable[[Hearing], str]


@dataclass(frozen=True)
class Turn:
    """A line, or the stretch of one that staff gave to another voice: then `printed` is the name it was
    printed under."""

    line: Utterance
    name: str
    text: str
    printed: str | None


def _turns(hearing: Hearing) -> Iterator[Turn]:
    lines = (
        Utterance.objects.current()
        .filter(part__hearing=hearing)
        .as_public()
        .with_speakers()
        .in_order()
        .iterator(chunk_size=2000)
    )
    for line in lines:
        printed = line.speaker.printed_name if line.speaker else ""
        for each in line.stretches():
            words = line.text[each.start : each.end].strip()
            if each.attribution:
                yield Turn(line, each.speaker.name, words, printed)
            else:
                yield Turn(line, printed, words, None)


def _voice(turn: Turn) -> str:
    """The name, and what a reader has to know where staff corrected it."""
    if turn.printed is None:
        return turn.name
    printed = turn.printed or _("nobody")
    return _("%(name)s (speaker corrected by staff; printed: %(printed)s)") % {
        "name": turn.name,
        "printed": printed,
    }


def _stamp(seconds: float) -> str:
    whole = int(seconds)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02d}:{minute:02d}:{second:02d}"


def _vtt_stamp(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    return f"{_stamp(milliseconds // 1000)}.{milliseconds % 1000:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_vtt(hearing: Hearing) -> str:
    """WebVTT, the printed name as the voice. A line without a time stands at its predecessor's."""
    cues = []
    for turn in _turns(hearing):
        line = turn.line
        end = line.end if line.end and line.end > line.place else line.place + SHORTEST
        voice = f"<v {_escaped(_voice(turn))}>" if turn.name else ""
        cues.append(
            f"{_vtt_stamp(line.place)} --> {_vtt_stamp(end)}\n{voice}{_escaped(turn.text)}\n"
        )
    return "WEBVTT\n\n" + "\n".join(cues)


def as_json(hearing: Hearing) -> str:
    """The lines in order; `printed_speaker` stands where staff corrected the speaker."""
    turns = [
        {"start": turn.line.start, "end": turn.line.end, "speaker": turn.name, "text": turn.text}
        | ({} if turn.printed is None else {"printed_speaker": turn.printed})
        for turn in _turns(hearing)
    ]
    return json.dumps(turns, ensure_ascii=False, indent=1)


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def as_csv(hearing: Hearing) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["start", "end", "speaker", "text", "printed_speaker"])
    for turn in _turns(hearing):
        cells = (turn.name, turn.text, turn.printed or "")
        writer.writerow([turn.line.start, turn.line.end, *map(guarded, cells)])
    return out.getvalue()


def as_text(hearing: Hearing) -> str:
    rows = []
    for turn in _turns(hearing):
        start = turn.line.start
        time = f"[{_stamp(start)}] " if start is not None else ""
        rows.append(f"{time}{_voice(turn)}: {turn.text}" if turn.name else f"{time}{turn.text}")
    return "\n".join(rows) + "\n"


FORMATS = {
    "vtt": Download("VTT", "text/vtt; charset=utf-8", as_vtt),
    "txt": Download("text", "text/plain; charset=utf-8", as_text),
    "csv": Download("CSV", "text/csv; charset=utf-8", as_csv),
    "json": Download("JSON", "application/json; charset=utf-8", as_json),
}
