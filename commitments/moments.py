"""A selection of words in a transcript → a moment that quotes them exactly."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from commitments.models import Moment
from hearings.models import Hearing, Utterance

CONTEXT = 60  # characters kept on either side, by which a moment is found again in a new revision


class BadSelection(ValueError):
    """The words can't be quoted; the message is a sentence for the person who selected them."""


@dataclass(frozen=True)
class Selection:
    """From a character of one utterance to a character of the same or a later one, both current."""

    lines: list[Utterance]
    start_offset: int
    end_offset: int

    @property
    def first(self) -> Utterance:
        return self.lines[0]

    @property
    def last(self) -> Utterance:
        return self.lines[-1]

    @property
    def quote(self) -> str:
        """The words as printed, lines joined by a space."""
        texts = [line.text for line in self.lines]
        texts[-1] = texts[-1][: self.end_offset]
        texts[0] = texts[0][self.start_offset :]
        return " ".join(texts).strip()

    @property
    def spoken(self) -> str:
        """The same as people read them."""
        return self.first.part.as_read(self.quote)


def select(
    hearing: Hearing,
    first: int,
    last: int | None = None,
    start_offset: int = 0,
    end_offset: int | None = None,
) -> Selection:
    """The lines from utterance `first` to `last` (ids) of the current transcript.

    Offsets count characters in the first and last line; without them whole lines are meant. Raises
    BadSelection.
    """
    ids = [first, last or first]
    ends = Utterance.objects.current().filter(part__hearing=hearing, pk__in=ids).in_order()
    found = list(ends)
    if len(found) != len(set(ids)):
        raise BadSelection(
            _("These lines are not in the current transcript. Select the words again.")
        )
    start, end = found[0], found[-1]
    if start.pk != first:
        start_offset, end_offset = 0, None
    lines = list(
        Utterance.objects.current()
        .filter(part__hearing=hearing, place__range=(start.place, end.place))
        .with_speakers()
        .in_order()
    )
    keys = [line.pk for line in lines]
    lines = lines[keys.index(start.pk) : keys.index(end.pk) + 1]
    end_offset = len(lines[-1].text) if end_offset is None else end_offset
    selection = Selection(lines, start_offset, end_offset)
    inside = 0 <= start_offset < len(lines[0].text) and 0 < end_offset <= len(lines[-1].text)
    if not inside or (len(lines) == 1 and start_offset >= end_offset) or not selection.quote:
        raise BadSelection(_("No words are selected."))
    return selection


def capture(selection: Selection, role: str) -> Moment:
    """The moment of a selection, not yet saved nor belonging to a commitment."""
    first, last = selection.first, selection.last
    hearing = first.part.hearing
    return Moment(
        role=role,
        hearing=hearing,
        transcript=hearing.current_transcript,
        speaker=first.voice_at(selection.start_offset),
        utterance=first,
        start_offset=selection.start_offset,
        end_utterance=last,
        end_offset=selection.end_offset,
        quote=selection.quote,
        prefix=first.text[: selection.start_offset][-CONTEXT:],
        suffix=last.text[selection.end_offset :][:CONTEXT],
        start=first.start,
        end=last.end,
    )
