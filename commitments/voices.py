"""Words given to another voice, and what was quoted from them: a quotation follows its words."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from commitments.models import Commitment, Moment
from commitments.moments import Selection
from hearings import attributions, speakers
from hearings.attributions import Span
from hearings.models import Decision, Official, Speaker, Utterance
from hearings.words import whole_words


def spans_of(selection: Selection) -> list[Span]:
    """The selected words, line by line; whole ones, also where only a part of one was marked."""
    starts = {selection.first.pk: selection.start_offset}
    ends = {selection.last.pk: selection.end_offset}
    return [
        (
            line,
            *whole_words(line.text, starts.get(line.pk, 0), ends.get(line.pk, len(line.text))),
        )
        for line in selection.lines
    ]


@transaction.atomic
def give_to(
    selection: Selection,
    *,
    speaker: Speaker | None = None,
    official: Official | None = None,
    new: dict | None = None,
    side: str = "",
    role: str = "",
    by,
    now: datetime,
) -> tuple[Decision, list[Commitment]]:
    """Give the selected words to somebody who spoke there, an official, a `new` one of these facts, or to
    whoever has this role; see `give`."""
    hearing = selection.first.part.hearing
    made = speakers.new_official(**new) if new else None
    if speaker:
        voice = speaker
    elif known := made or official:
        voice = attributions.voice_of_official(hearing, known)
    else:
        voice = attributions.voice_of_role(hearing, side=side, role=role)
    return give(selection, voice, by=by, now=now, made=made)


@transaction.atomic
def give(
    selection: Selection, voice: Speaker, *, by, now: datetime, made: Official | None = None
) -> tuple[Decision, list[Commitment]]:
    """Give the selected words to that voice; the decision, and the commitments that name somebody else
    as who said them, for a person to look at."""
    decision = attributions.attribute(spans_of(selection), voice, by=by, now=now, made=made)
    return decision, _follow(line.pk for line in selection.lines)


@transaction.atomic
def undo(decision: Decision, *, by, now: datetime) -> list[Commitment]:
    """Put back what stood before; the commitments that name somebody else than their words now do."""
    lines = list(decision.attributions.values_list("utterance", flat=True))
    _follow(lines, without=decision)
    speakers.undo(decision, by=by, now=now)
    return mismatched(Moment.objects.filter(utterance__in=lines))


def _follow(lines: Iterable[int], without: Decision | None = None) -> list[Commitment]:
    """Take who said each quotation that begins in these lines from the lines as they stand."""
    moments = Moment.objects.filter(utterance__in=list(lines))
    begin_in = Utterance.objects.with_speakers().filter(pk__in=moments.values("utterance"))
    known = {line.pk: line for line in begin_in}
    for moment in moments:
        line = known[moment.utterance_id]
        line.given = [each for each in line.given if each.decision != without]
        voice = line.voice_at(moment.start_offset)
        if voice and voice.pk != moment.speaker_id:
            Moment.objects.filter(pk=moment.pk).update(speaker=voice)
    return mismatched(moments)


def mismatched(moments) -> list[Commitment]:
    """The commitments made in these moments that name somebody else than now is known to have said them."""
    made = moments.made().select_related("commitment", "speaker__official")
    return [
        each.commitment
        for each in made.all()
        if each.speaker and each.commitment.official_id != each.speaker.official_id
    ]
