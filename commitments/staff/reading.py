"""A page of a transcript as the desk shows it: each line cut where something was marked in its words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from commitments.models import Moment, Suggestion
from hearings.models import Utterance, Withheld
from hearings.models.transcript import Stretch, joined

LOOKS = (
    "sel",
    "held",
    "tagd",
    "sug",
    "asked",
    "voice",
)  # of two marks on the same words the first one shows


@dataclass(frozen=True)
class Span:
    """Words from a character of one line to a character of the same or a later one, and their look."""

    first: int
    start: int
    last: int
    end: int | None
    look: str


@dataclass(frozen=True)
class Piece:
    text: str
    look: str = ""


@dataclass
class Row:
    """One line of the transcript on the desk."""

    utterance: Utterance
    names_speaker: bool
    is_current: bool
    pieces: list[Piece]
    suggestions: list[Suggestion] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    is_withheld: bool = False

    @property
    def corrections(self) -> list[Stretch]:
        """The words of this line that staff gave to another voice."""
        return [each for each in self.utterance.stretches() if each.attribution]

    @property
    def agency(self) -> int | None:
        appointment = self.utterance.speaker and self.utterance.speaker.appointment
        return appointment.agency_id if appointment else None

    @property
    def side(self) -> str:
        return self.utterance.speaker.spoke_for if self.utterance.speaker else ""


def span_of(marked: Suggestion | Moment, look: str) -> Span:
    """The words of a suggestion or a moment."""
    return Span(
        marked.utterance_id, marked.start_offset, marked.end_utterance_id, marked.end_offset, look
    )


def rows_of(
    lines: Sequence[Utterance],
    *,
    current: Iterable[int],
    spans: Iterable[Span],
    suggestions: Iterable[Suggestion],
    moments: Iterable[Moment],
    withheld: Withheld,
) -> list[Row]:
    """The lines with their marks; suggestions and moments stand below the line they end in."""
    lines = joined(lines)
    marks = _marks_by_line(lines, spans)
    for number, line in enumerate(lines):
        marks[number] += [(each.start, each.end, "held") for each in withheld.in_line(line)]
        marks[number] += [
            (each.start, each.end, "voice") for each in line.stretches() if each.attribution
        ]
    suggested, tagged = _by_last_line(suggestions), _by_last_line(moments)
    current = set(current)
    voices = [None, *(line.speaker_id for line in lines)]
    return [
        Row(
            utterance=line,
            names_speaker=line.speaker_id != voice,
            is_current=line.pk in current,
            pieces=pieces(line.shown, marks[number]),
            suggestions=suggested[line.pk],
            moments=tagged[line.pk],
            is_withheld=any(look == "held" for _start, _end, look in marks[number]),
        )
        for number, (line, voice) in enumerate(zip(lines, voices, strict=False))
    ]


def pieces(text: str, marks: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """The text cut at the ends of its marks (first character, character after the last, look)."""
    cuts = sorted({0, len(text)}.union(*((start, end) for start, end, _look in marks)))
    found: list[Piece] = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        look = _look_between(start, end, marks)
        if found and found[-1].look == look:
            found[-1] = Piece(found[-1].text + text[start:end], look)
        else:
            found.append(Piece(text[start:end], look))
    return found


def _look_between(start: int, end: int, marks: Sequence[tuple[int, int, str]]) -> str:
    covering = [look for first, last, look in marks if first <= start and end <= last]
    return min(covering, key=LOOKS.index, default="")


def _marks_by_line(
    lines: Sequence[Utterance], spans: Iterable[Span]
) -> dict[int, list[tuple[int, int, str]]]:
    """By the line's number on the page; a span may begin before the page or end after it."""
    numbers = {line.pk: number for number, line in enumerate(lines)}
    marks: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for span in spans:
        if span.first not in numbers and span.last not in numbers:
            continue
        first, last = numbers.get(span.first, 0), numbers.get(span.last, len(lines) - 1)
        for number in range(first, last + 1):
            line = lines[number]
            start = span.start if line.pk == span.first else 0
            end = span.end if line.pk == span.last and span.end is not None else len(line.text)
            marks[number].append((min(start, len(line.text)), min(end, len(line.text)), span.look))
    return marks


def _by_last_line(marked: Iterable) -> dict[int, list]:
    found = defaultdict(list)
    for each in marked:
        found[each.end_utterance_id].append(each)
    return found
