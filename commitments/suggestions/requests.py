"""What was asked, and by whom: the question a person would quote beside the answer."""

from collections.abc import Sequence

from .context import Spoken, read
from .records import Line

LOOK_BACK = 14  # sentences; further back, a question belongs to something else
SHORTEST = 5  # words; "Is that the", "Why not?" ask nothing by themselves


def question_of(spoken: Sequence[Spoken], at: int) -> int | None:
    """The sentence that asked for what sentence `at` answers, or None.

    The last question or request by another voice; clarifications by the answering voice itself
    and fragments are passed over. In captions without voices any question may be the one.
    """
    here = spoken[at]
    fallback = None
    for back in range(1, min(LOOK_BACK, at) + 1):
        before = spoken[at - back]
        if not _could_ask(before, here) or len(before.words) < SHORTEST:
            continue
        if before.asks and (before.sentence.ending == "?" or before.asks - {"question"}):
            return at - back
        if fallback is None and before.side == "council" and before.turn != here.turn:
            fallback = at - back
    return fallback


def _could_ask(before: Spoken, here: Spoken) -> bool:
    if before.side and here.side and before.side == here.side:
        return False
    return before.turn != here.turn or here.place > LOOK_BACK


def question_before(lines: Sequence[Line], index: int) -> tuple[int, str] | None:
    """The question an answer in utterance `index` answers: its utterance and its words."""
    spoken = read(lines)
    at = next((n for n, s in enumerate(spoken) if s.sentence.last >= index), None)
    found = None if at is None else question_of(spoken, at)
    if found is None:
        return None
    return spoken[found].sentence.first, quote(lines, spoken[found])


def asker_before(lines: Sequence[Line], index: int) -> int | None:
    """The utterance of the person who asked what utterance `index` answers."""
    found = question_before(lines, index)
    return found[0] if found else None


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
