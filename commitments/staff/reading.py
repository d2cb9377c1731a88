"""A page of a transcript as the desk shows it: each line with what is marked, suggested and tagged in it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from commitments.marks import Piece, Span, by_line, cut
from commitments.models import Moment, Suggestion
from hearings.models import Utterance, Withheld
from hearings.models.transcript import Stretch, joined


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
    marks = by_line(lines, spans)
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
            pieces=cut(line.shown, marks[number]),
            suggestions=suggested[line.pk],
            moments=tagged[line.pk],
            is_withheld=any(look == "held" for _start, _end, look in marks[number]),
        )
        for number, (line, voice) in enumerate(zip(lines, voices, strict=False))
    ]


def _by_last_line(marked: Iterable) -> dict[int, list]:
    found = defaultdict(list)
    for each in marked:
        found[each.end_utterance_id].append(each)
    return found
