"""What was asked, and by whom: the question a person would quote beside the answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import cues
from .asking import weight
from .context import Spoken, read
from .records import Line
from .sides import nameless

LOOK_BACK = 24  # sentences; further back, a question belongs to something else
LONGEST_ANSWER = 12  # sentences of one turn; after that it is a statement, not an answer
SHORTEST = 4  # words; "Is that the", "Why not?" ask nothing by themselves
LINES_BACK = 300  # lines from which the sides are told, where they are not given
REMARK_REACH = 4  # sentences back to a remark of the turn before that may have been the question
FADING = 0.1  # how much less a question weighs for each sentence further back
OF_COUNCIL = cues.index({"put": "my question | question is | my request | i want to know"})

COLLEAGUES_BACK = 6  # sentences before a question in which it is said whose question it is
MEMBER = (
    r"((?:council ?member|councilman|councilwoman|deputy speaker|speaker|vice chair|chair|senator|"
    r"assembly ?member|alderman|alderwoman|supervisor|commissioner|representative|vice mayor|mayor)"
    r"(?: [A-Z][\w'’-]+){1,3})"
)
FOR_A_COLLEAGUE = re.compile(
    rf"(?i:on behalf of|question (?:here )?(?:is )?from|asking (?:this )?for|question for me from)"
    rf" (?i:my colleague,? )?(?i:the )?(?i:{MEMBER.replace('[A-Z]', '(?-i:[A-Z])')})"
    rf"|(?i:{MEMBER.replace('[A-Z]', '(?-i:[A-Z])')})"
    r" (?i:asked|wanted|would like|couldn't be here and asked|could not be here and asked)"
    r" (?i:me to|us to) (?i:ask|raise|bring)"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked before a promise; without words where nothing was."""

    words: str = ""
    asked_by: str = ""
    asked_for: str = ""  # the colleague on whose behalf
    utterance: int | None = None
    back: int = 0  # sentences before the promise

    @property
    def reason(self) -> str:
        """Who asked, for whom, and how many sentences before; or ""."""
        if self.utterance is None:
            return ""
        who = f"asked by {self.asked_by}" if self.asked_by else "asked"
        on_behalf = f" for {self.asked_for}" if self.asked_for else ""
        return f"{who}{on_behalf} {self.back} sentence{'s' if self.back > 1 else ''} before"


def asked_before(lines: Sequence[Line], spoken: Sequence[Spoken], at: int) -> Question:
    """The question that sentence `at` answers."""
    found = question_of(spoken, at)
    if found is None:
        return Question()
    asked = spoken[found]
    return Question(
        words=quote(lines, asked),
        asked_by=asked.speaker,
        asked_for=asked_for(lines, spoken, found),
        utterance=asked.sentence.first,
        back=at - found,
    )


def question_of(spoken: Sequence[Spoken], at: int) -> int | None:
    """The sentence that asked for what sentence `at` answers, or None.

    A person looks back for the last thing the other side really asked: an open question or a
    request before a yes-or-no check, and any of them before a mere remark; what the answering
    voice asks to be sure ("is your question …?") and fragments are passed over.
    """
    here = spoken[at]
    if here.place > LONGEST_ANSWER:
        return None
    best, heaviest = None, 0.0
    for back in range(1, min(LOOK_BACK, at) + 1):
        before = spoken[at - back]
        found = _weight(before, here, back) - FADING * back
        if found > heaviest:
            best, heaviest = at - back, found
    return best


def _weight(before: Spoken, here: Spoken, back: int) -> float:
    """How much a sentence is the question: 3 an open question or request, 0 none."""
    if len(before.words) < SHORTEST or before.turn == here.turn:
        return 0
    if not nameless(before.speaker) and before.speaker == here.speaker:
        return 0
    if before.side in ("agency", "public") or (before.side == here.side != ""):
        return 0
    if cues.names(OF_COUNCIL, before.words) or weight(before.asks) == "request":
        return 3
    if "why" in before.asks or "when" in before.asks:
        return 3
    if "question" in before.asks:
        return 2.5
    if weight(before.asks) == "hint":
        return 1.5
    return 1 if here.turn - before.turn <= 2 and back <= REMARK_REACH else 0


def asked_for(lines: Sequence[Line], spoken: Sequence[Spoken], question: int) -> str:
    """The colleague for whom sentence `question` was asked, as named beside it, or ""."""
    turn = spoken[question].turn
    for at in range(question, max(-1, question - COLLEAGUES_BACK), -1):
        if spoken[at].turn != turn:
            break
        named = FOR_A_COLLEAGUE.search(quote(lines, spoken[at]))
        if named:
            return named.group(1) or named.group(2)
    return ""


def question_before(lines: Sequence[Line], index: int) -> tuple[int, str] | None:
    """The question an answer in utterance `index` answers: its utterance and its words."""
    start = max(0, index - LINES_BACK)
    near = lines[start : index + 1]
    spoken = list(read(near))
    at = next((n for n, s in enumerate(spoken) if s.sentence.last == index - start), None)
    found = None if at is None else question_of(spoken, at)
    if found is None:
        return None
    return start + spoken[found].sentence.first, quote(near, spoken[found])


def quote(lines: Sequence[Line], spoken: Spoken) -> str:
    """The words of a sentence as printed, with its closing mark."""
    first, last = spoken.sentence.words[0], spoken.sentence.words[-1]
    return verbatim(lines, first.line, first.start, last.line, closing(lines, last.line, last.end))


def closing(lines: Sequence[Line], line: int, end: int) -> int:
    """`end` moved past the punctuation that closes a sentence."""
    text = lines[line].text
    while end < len(text) and text[end] in ".?!\"”')":
        end += 1
    return end


def verbatim(lines: Sequence[Line], first: int, start: int, last: int, end: int) -> str:
    """The printed words from one place to another; lines are joined by a space."""
    if first == last:
        return lines[first].text[start:end]
    middle = [lines[number].text for number in range(first + 1, last)]
    return " ".join([lines[first].text[start:], *middle, lines[last].text[:end]])
