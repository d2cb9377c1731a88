"""A selection of words in a transcript → a moment that quotes them exactly."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from commitments.models import Moment
from hearings.formats.timecode import clock
from hearings.models import Hearing, Speaker, Utterance

CONTEXT = 60  # characters kept on either side, by which a moment is found again in a new revision
NEAR = 60  # seconds before and after its lines within which a moment can begin


class BadSelection(ValueError):
    """The words can't be quoted; the message is a sentence for the person who selected them."""


class BadStart(ValueError):
    """The words can't begin then; the message is a sentence for the person who said so."""


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
    def voice(self) -> Speaker | None:
        """Who began to say them, as far as we know."""
        return self.first.voice_at(self.start_offset)

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


def capture(selection: Selection, role: str, start: float | None = None) -> Moment:
    """The moment of a selection, not yet saved nor belonging to a commitment. It begins at `start` where
    a person set that, else with its first line."""
    first, last = selection.first, selection.last
    hearing = first.part.hearing
    moment = Moment(
        role=role,
        hearing=hearing,
        transcript=hearing.current_transcript,
        speaker=selection.voice,
        utterance=first,
        start_offset=selection.start_offset,
        end_utterance=last,
        end_offset=selection.end_offset,
        quote=selection.quote,
        prefix=first.text[: selection.start_offset][-CONTEXT:],
        suffix=last.text[selection.end_offset :][:CONTEXT],
    )
    begin(moment, start)
    return moment


def begin(moment: Moment, start: float | None) -> None:
    """Let a moment begin at the second a person set, or, with None, where its first line does. Raises
    BadStart."""
    first, last = moment.utterance, moment.end_utterance
    if start is not None:
        check_start(first, last, start)
    moment.start = first.start if start is None else start
    moment.is_start_set = start is not None
    is_over = None not in (start, last.end) and last.end <= start
    moment.end = None if is_over else last.end


def can_begin(first: Utterance, last: Utterance, start: float) -> bool:
    """Whether words of these lines can begin then: a little before or after them at most; at any second
    where the lines have no times."""
    earliest = 0 if first.start is None else max(0, first.start - NEAR)
    latest = math.inf if last.start is None else (last.end or last.start) + NEAR
    return earliest <= start <= latest


def check_start(first: Utterance, last: Utterance, start: float) -> None:
    if not can_begin(first, last, start):
        raise BadStart(
            _(
                "%(start)s is more than a minute away from these words (%(first)s). Where the whole hearing is off, set the video’s offset instead."
            )
            % {"start": clock(start), "first": clock(first.place)}
        )
