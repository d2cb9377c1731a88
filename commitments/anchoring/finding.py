"""Words of one transcript, found again in another one of the same hearing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commitments.alignment import Alignment, Found, Span, Text
from commitments.models import Moment
from commitments.moments import Selection
from hearings.models import Hearing, Transcript, Utterance


@dataclass(frozen=True)
class Revision:
    """The lines of one revision in order, and where each stands among them."""

    utterances: list[Utterance]

    @classmethod
    def of(cls, transcript: Transcript) -> "Revision":
        lines = Utterance.objects.of_revision(transcript).with_speakers()
        return cls(list(lines.in_order()))

    @property
    def texts(self) -> list[Text]:
        return [
            Text(line.text, line.start, str((line.speaker and line.speaker.official_id) or ""))
            for line in self.utterances
        ]

    def span_of(self, thing) -> Span:
        """Of anything that names its first and last utterance with offsets."""
        places = self._places()
        return Span(
            places[thing.utterance_id],
            thing.start_offset,
            places[thing.end_utterance_id],
            thing.end_offset,
        )

    def _places(self) -> dict[int, int]:
        return {line.pk: number for number, line in enumerate(self.utterances)}

    def selection(self, span: Span) -> Selection:
        lines = self.utterances[span.line : span.end_line + 1]
        return Selection(lines, span.start_offset, span.end_offset)


def find_again(hearing: Hearing, things: Iterable) -> dict[int, tuple[Selection, Found] | None]:
    """For each of these displaced things, by its key: where its words stand in the current transcript."""
    of_revision = defaultdict(list)
    for thing in things:
        of_revision[_number_of_last_revision(thing)].append(thing)
    if not of_revision:
        return {}
    now = Revision.of(hearing.current_transcript)
    return {
        key: found
        for number, group in of_revision.items()
        for key, found in _found_in(now, hearing.transcripts.get(number=number), group)
    }


def _found_in(now: Revision, transcript: Transcript, things: Sequence):
    then = Revision.of(transcript)
    alignment = Alignment(then.texts, now.texts)
    for thing in things:
        found = alignment.find(then.span_of(thing))
        yield thing.pk, found and (now.selection(found.span), found)


def _number_of_last_revision(displaced) -> int:
    """The number of the last revision that has all of its words."""
    parts = (displaced.utterance.part, displaced.end_utterance.part)
    return min(part.replaced_in.number for part in parts if part.replaced_in_id) - 1


def last_revision_of(displaced: Moment) -> Revision:
    number = _number_of_last_revision(displaced)
    return Revision.of(displaced.hearing.transcripts.get(number=number))
