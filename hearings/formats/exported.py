"""Our own downloads, written and read: the same utterances come back, whatever they say.

The four files are the formats that others read, each with a mark of ours: a heading, or a column
that nobody else has. A marked file is taken as it stands; nothing is guessed, split or reworded.
"""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from hearings.formats.captions import WEBVTT, cues
from hearings.formats.decoding import Source
from hearings.formats.fields import span
from hearings.formats.names import printed_role
from hearings.formats.parsed import ParsedTranscript, ParsedUtterance, Problems
from hearings.formats.wording import one_line

RISKY = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take these for a formula
SHORTEST = 2.0  # seconds that a caption without an end stands
VTT_HEADING = "WEBVTT Transcript, one utterance a cue"
TEXT_HEADING = "Transcript, one utterance a line: [start - end] Name: words"
COLUMNS = ["start", "end", "speaker", "text", "interpolated"]

_CUE = re.compile(r"(?:<v ([^<>]*)>)?([^<>]*)(?:<c\.?([.a-z]*)></c>)?")
_TIMES = re.compile(r"\[(about )?([0-9:.]*)(?: - ([0-9:.]+))?\] ?")
_NAME = re.compile(r"((?:[^\\:]|\\.|:(?! ))*): ")
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = re.compile(r"[\\:]")


class Row(NamedTuple):
    """What a file says of one utterance, before anybody has looked whether its times make sense."""

    number: int
    start: object
    end: object
    speaker: str
    text: str
    interpolated: bool


class Download(NamedTuple):
    name: str  # of the format that everybody else's files of this kind have
    is_marked: Callable[[Source], bool]
    rows: Callable[[Source, Problems], Iterator[Row]]


def format_of(source: Source) -> str | None:
    """The name of the format if this is a download of ours."""
    return next((each.name for each in _DOWNLOADS if each.is_marked(source)), None)


def read(source: Source, problems: Problems) -> ParsedTranscript:
    """A marked file, its utterances as they were when it was written."""
    download = next(each for each in _DOWNLOADS if each.is_marked(source))
    utterances = (_utterance(row, problems) for row in download.rows(source, problems))
    return ParsedTranscript(download.name, tuple(filter(None, utterances)))


def _utterance(row: Row, problems: Problems) -> ParsedUtterance | None:
    times = span(row.start, row.end, row.number, problems)
    text, speaker = one_line(row.text), one_line(row.speaker)
    if times is None or not (text or speaker or times[0] is not None):
        return None
    return ParsedUtterance(
        text, speaker, *times, row.number, row.interpolated, printed_role(speaker)
    )


def _on_one_line(line: ParsedUtterance) -> ParsedUtterance:
    return replace(line, text=one_line(line.text), speaker=one_line(line.speaker))


def as_vtt(lines: Iterable[ParsedUtterance]) -> str:
    """WebVTT, the printed name as the voice. A line without a time stands at its predecessor's.

    An empty span at the end of a cue says by its classes what the cue can't: `untimed` no start, `open`
    no end, `instant` an end at the start, `about` a time that was computed.
    """
    written = [f"{VTT_HEADING}\n"]
    place = 0.0
    for line in map(_on_one_line, lines):
        place = place if line.start is None else line.start
        lasts = line.end is not None and line.end > place
        end = line.end if line.end is not None and lasts else place + SHORTEST
        written.append(
            f"{_stamp(place, hours=2)} --> {_stamp(end, hours=2)}\n"
            f"{_voice(line)}{_escaped(line.text)}{_facts(line, lasts)}\n"
        )
    return "\n".join(written)


def _voice(line: ParsedUtterance) -> str:
    return f"<v {_escaped(line.speaker)}>" if line.speaker else ""


def _facts(line: ParsedUtterance, lasts: bool) -> str:
    facts = {
        "untimed": line.start is None,
        "open": line.end is None,
        "instant": line.end is not None and not lasts,
        "about": line.interpolated,
    }
    classes = "".join(f".{name}" for name, is_so in facts.items() if is_so)
    return f"<c{classes}></c>" if classes or not line.text else ""


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _vtt_rows(source: Source, problems: Problems) -> Iterator[Row]:
    for number, start, end, words in cues(source.lines(), problems, WEBVTT):
        cue = _CUE.fullmatch(" ".join(words))
        if cue is None:
            problems.skip(number, "This cue has a tag that no download of ours has.")
            continue
        name, text, classes = (part or "" for part in cue.groups())
        facts = classes.split(".")
        begins = None if "untimed" in facts else start
        stops = None if "open" in facts else begins if "instant" in facts else end
        yield Row(number, begins, stops, html.unescape(name), html.unescape(text), "about" in facts)


def as_json(lines: Iterable[ParsedUtterance]) -> str:
    return json.dumps([_record(_on_one_line(line)) for line in lines], ensure_ascii=False, indent=1)


def _record(line: ParsedUtterance) -> dict[str, object]:
    return {name: getattr(line, name) for name in COLUMNS}


def _is_marked_json(source: Source) -> bool:
    found = source.json
    first = found[0] if isinstance(found, list) and found else None
    return isinstance(first, dict) and set(first) == set(COLUMNS)


def _json_rows(source: Source, problems: Problems) -> Iterator[Row]:
    for number, each in source.numbered(source.json):
        if isinstance(each, dict) and isinstance(each.get("text"), str):
            start, end, speaker, text, interpolated = (each.get(name) for name in COLUMNS)
            yield Row(number, start, end, str(speaker or ""), str(text), interpolated is True)
        else:
            problems.skip(number, 'This is not an object with a "text".')


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.lstrip("'").startswith(RISKY) else text


def unguarded(cell: str) -> str:
    """The text that `guarded` made this cell of."""
    is_guarded = cell.startswith("'") and cell.lstrip("'").startswith(RISKY)
    return cell[1:] if is_guarded else cell


def as_csv(lines: Iterable[ParsedUtterance]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for line in map(_on_one_line, lines):
        about = "yes" if line.interpolated else ""
        writer.writerow([line.start, line.end, guarded(line.speaker), guarded(line.text), about])
    return out.getvalue()


def _is_marked_csv(source: Source) -> bool:
    return source.head.partition("\n")[0].strip().replace('"', "") == ",".join(COLUMNS)


def _csv_rows(source: Source, problems: Problems) -> Iterator[Row]:
    reader = csv.reader(source.lines())
    number = 1
    try:
        for cells in reader:
            number, begun = reader.line_num + 1, number
            if begun > 1 and len(cells) == len(COLUMNS):
                start, end, speaker, text, interpolated = cells
                yield Row(
                    begun, start, end, unguarded(speaker), unguarded(text), interpolated == "yes"
                )
            elif begun > 1 and cells:
                problems.skip(begun, f"This row has {len(cells)} cells, not {len(COLUMNS)}.")
    except csv.Error as error:
        problems.skip(number, f"The table breaks here ({error}).")


def as_text(lines: Iterable[ParsedUtterance]) -> str:
    """`[0:00:01.000 - 0:00:02.500] Name: words`, what isn't known left out.

    A colon in a name has a backslash before it; words that would look like a time or a name have
    an empty one before them.
    """
    return "\n".join([TEXT_HEADING, "", *map(_text_line, map(_on_one_line, lines)), ""])


def _text_line(line: ParsedUtterance) -> str:
    name = _ESCAPED.sub(r"\\\g<0>", line.speaker)
    label = f"{name}: " if name or ": " in line.text else ""
    said = f"{label}{line.text}"
    times = _brackets(line)
    return f"{times or '[] '}{said}" if times or said.startswith("[") else said


def _brackets(line: ParsedUtterance) -> str:
    if line.start is None:
        return ""
    about = "about " if line.interpolated else ""
    end = "" if line.end is None else f" - {_stamp(line.end)}"
    return f"[{about}{_stamp(line.start)}{end}] "


def _stamp(seconds: float, hours: int = 1) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:0{hours}d}:{minute:02d}:{second:02d}.{thousandths:03d}"


def _text_rows(source: Source, problems: Problems) -> Iterator[Row]:
    for number, line in source.numbered_lines():
        if number == 1 or not line.strip():
            continue
        times = _TIMES.match(line)
        about, start, end = times.groups() if times else (None, None, None)
        said = line[times.end() :] if times else line
        named = _NAME.match(said)
        name = _ESCAPE.sub(r"\1", named[1]) if named else ""
        text = said[named.end() :] if named else said
        yield Row(number, start, end, name, text, bool(about))


_DOWNLOADS = (
    Download("webvtt", lambda source: source.head.startswith(VTT_HEADING), _vtt_rows),
    Download("labelled", lambda source: source.head.startswith(TEXT_HEADING), _text_rows),
    Download("turns", _is_marked_csv, _csv_rows),
    Download("turns", _is_marked_json, _json_rows),
)
