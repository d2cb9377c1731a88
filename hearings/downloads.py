"""A hearing's current transcript as a file: what goes out comes in again."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hearings.models import Hearing, Utterance

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take these for a formula
SHORTEST = 2.0  # seconds a caption without an end stands


@dataclass(frozen=True)
class Download:
    label: str
    content_type: str
    write: Callable[[Hearing], str]


def _lines(hearing: Hearing) -> Iterator[Utterance]:
    return (
        Utterance.objects.current()
        .filter(part__hearing=hearing)
        .as_public()
        .with_speakers()
        .in_order()
        .iterator(chunk_size=2000)
    )


def _name(line: Utterance) -> str:
    return line.speaker.printed_name if line.speaker else ""


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
    for line in _lines(hearing):
        end = line.end if line.end and line.end > line.place else line.place + SHORTEST
        voice = f"<v {_escaped(_name(line))}>" if line.speaker else ""
        cues.append(
            f"{_vtt_stamp(line.place)} --> {_vtt_stamp(end)}\n{voice}{_escaped(line.text)}\n"
        )
    return "WEBVTT\n\n" + "\n".join(cues)


def as_json(hearing: Hearing) -> str:
    turns = [
        {"start": line.start, "end": line.end, "speaker": _name(line), "text": line.text}
        for line in _lines(hearing)
    ]
    return json.dumps(turns, ensure_ascii=False, indent=1)


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def as_csv(hearing: Hearing) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["start", "end", "speaker", "text"])
    for line in _lines(hearing):
        writer.writerow([line.start, line.end, guarded(_name(line)), guarded(line.text)])
    return out.getvalue()


def as_text(hearing: Hearing) -> str:
    rows = []
    for line in _lines(hearing):
        time = f"[{_stamp(line.start)}] " if line.start is not None else ""
        rows.append(f"{time}{_name(line)}: {line.text}" if line.speaker else f"{time}{line.text}")
    return "\n".join(rows) + "\n"


FORMATS = {
    "vtt": Download("VTT", "text/vtt; charset=utf-8", as_vtt),
    "txt": Download("text", "text/plain; charset=utf-8", as_text),
    "csv": Download("CSV", "text/csv; charset=utf-8", as_csv),
    "json": Download("JSON", "application/json; charset=utf-8", as_json),
}
