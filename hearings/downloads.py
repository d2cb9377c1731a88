"""A hearing's current transcript as a file: what goes out comes in again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from hearings.formats import ParsedUtterance, exported
from hearings.models import Hearing, Utterance


@dataclass(frozen=True)
class Download:
    label: str
    content_type: str
    written: Callable[[Iterable[ParsedUtterance]], str]

    def write(self, hearing: Hearing) -> str:
        return self.written(map(_parsed, _lines(hearing)))


def _lines(hearing: Hearing) -> Iterator[Utterance]:
    return (
        Utterance.objects.current()
        .filter(part__hearing=hearing)
        .select_related("speaker")
        .defer("search")
        .in_order()
        .iterator(chunk_size=2000)
    )


def _parsed(line: Utterance) -> ParsedUtterance:
    return ParsedUtterance(
        text=line.text,
        speaker=line.speaker.printed_name if line.speaker else "",
        start=line.start,
        end=line.end,
        interpolated=line.is_interpolated,
    )


FORMATS = {
    "vtt": Download("VTT", "text/vtt; charset=utf-8", exported.as_vtt),
    "txt": Download("text", "text/plain; charset=utf-8", exported.as_text),
    "csv": Download("CSV", "text/csv; charset=utf-8", exported.as_csv),
    "json": Download("JSON", "application/json; charset=utf-8", exported.as_json),
}
