"""What the tagging form says before anybody types: everything that can be read off a selection."""

from collections.abc import Sequence
from dataclasses import dataclass

from commitments.dates import Due
from commitments.deadlines import due_of
from commitments.models import Kind, Strength
from commitments.moments import Selection
from commitments.suggestions import Line, question_before, summarise, type_of
from hearings.models import Agency, Committee, Hearing, Official, Side, Speaker, Utterance
from hearings.speakers import agency_of_words

LOOK_BACK = 60  # lines before the selection in which the question is looked for


@dataclass(frozen=True)
class Proposal:
    selection: Selection
    voice: Speaker | None
    question: Utterance | None
    what: str
    official: Official | None
    agency: Agency | None
    owed_to_member: Official | None
    owed_to_committee: Committee | None
    type: str
    kind: str
    strength: str
    due: Due


def as_line(utterance: Utterance) -> Line:
    """An utterance as the suggestion engine sees it."""
    return _line(utterance, utterance.text, utterance.main_voice)


def as_lines(utterance: Utterance) -> list[tuple[Line, int]]:
    """The same, cut by who said it: each stretch with its first character."""
    return [
        (_line(utterance, utterance.text[each.start : each.end], each.speaker), each.start)
        for each in utterance.stretches()
    ]


def _line(utterance: Utterance, text: str, speaker: Speaker | None) -> Line:
    return Line(
        text=text,
        speaker=str(speaker) if speaker else "",
        start=utterance.start,
        side=speaker.stated_side if speaker else "",
        role=speaker.role if speaker else "",
    )


def propose(hearing: Hearing, selection: Selection) -> Proposal:
    """Fill the form from the words: who said it, to whom, what, of which type, due when and why."""
    before = _lines_before(hearing, selection)
    question = _question(before, selection)
    asked = question.shown if question else ""
    speaker = selection.voice
    appointment = speaker.appointment if speaker else None
    type = type_of(selection.quote, asked)
    member = _asker(question, before)
    return Proposal(
        selection=selection,
        voice=speaker,
        question=question,
        what=summarise(selection.spoken, asked)[:300],
        official=speaker.official if speaker else None,
        agency=appointment.agency if appointment else _agency_of_role(speaker),
        owed_to_member=member,
        owed_to_committee=None if member else next(iter(hearing.committee_list), None),
        type=type,
        kind=Kind.AGREED,
        strength=Strength.FIRM,
        due=due_of(hearing, type=type, words=selection.quote, asked=asked),
    )


def _agency_of_role(speaker: Speaker | None) -> Agency | None:
    """The agency that the printed role names, where nobody with an appointment is known."""
    return agency_of_words(speaker.printed_role) if speaker and speaker.printed_role else None


def _lines_before(hearing: Hearing, selection: Selection) -> list[Utterance]:
    lines = Utterance.objects.current().filter(part__hearing=hearing).with_speakers()
    return list(lines.before(selection.first)[:LOOK_BACK])[::-1]


def _question(before: Sequence[Utterance], selection: Selection) -> Utterance | None:
    lines = [as_line(each) for each in (*before, selection.first)]
    found = question_before(lines, len(lines) - 1)
    return before[found[0]] if found and found[0] < len(before) else None


def _asker(question: Utterance | None, before: Sequence[Utterance]) -> Official | None:
    """Who asked: the question's speaker, else the last one who spoke for the council."""
    candidates = [question] if question else []
    candidates += before[::-1]
    voices = (stretch.speaker for line in candidates for stretch in reversed(line.stretches()))
    for voice in voices:
        if voice and voice.official and voice.spoke_for == Side.COUNCIL:
            return voice.official
    return None
