"""A hearing's current transcript as a file: what goes out comes in again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hearings.formats import ParsedUtterance, exported
from hearings.models import Hearing, Utterance


@dataclass(frozen=True)
class Download:
    label: str
    content_type: str
    written: Callable[[Iterable[ParsedUtterance]], str]

    def write(self, hearing: Hearing) -> str:
        return self.written(map(_parsed, _turns(hearing)))


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
        .defer("search")
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
    return _("%(name)s (speaker corrected by staff; printed as %(printed)s)") % {
        "name": turn.name,
        "printed": printed,
    }


def _parsed(turn: Turn) -> ParsedUtterance:
    return ParsedUtterance(
        text=turn.text,
        speaker=_voice(turn),
        start=turn.line.start,
        end=turn.line.end,
        interpolated=turn.line.is_interpolated,
    )


FORMATS = {
    "vtt": Download("VTT", "text/vtt; charset=utf-8", exported.as_vtt),
    "txt": Download("text", "text/plain; charset=utf-8", exported.as_text),
    "csv": Download("CSV", "text/csv; charset=utf-8", exported.as_csv),
    "json": Download("JSON", "application/json; charset=utf-8", exported.as_json),
}
