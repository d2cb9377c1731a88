"""Lines in, suggestions out."""

from collections.abc import Callable, Mapping, Sequence

from . import describe, later, model
from .asking import request_answered
from .context import Spoken, read, windows
from .due import due_words as find_due_words
from .features import Candidate, candidates, yes
from .records import Line, Suggestion
from .requests import Question, asked_before, closing, verbatim
from .summary import summarise
from .text import Word

DEFAULT_MIN_SCORE = 0.08
ALONE = 0.35  # score from which a suggestion stands beside a neighbour
LONGEST_QUOTE = 45  # words; of a longer sentence only the part about the undertaking is quoted
SIDES = {"": "side unknown", "council": "council side", "public": "the public"}

Scored = tuple[Candidate, float]


def suggest(
    lines: Sequence[Line],
    *,
    min_score: float = DEFAULT_MIN_SCORE,
    weights: Mapping[str, float] | None = None,
    due_words: Callable[[str], str] = find_due_words,
) -> list[Suggestion]:
    """Likely commitments with a score of at least `min_score`, in the order spoken.

    Lines are taken in the order given. `due_words` finds the words of time in a quotation;
    `weights` replace the learned ones when measuring.
    """
    returned = later.returns(lines)
    found: list[Suggestion] = []
    for spoken, inside in windows(read(lines)):
        scored = score(spoken, weights or model.learned())
        found.extend(
            describe_one(lines, spoken, scored[at], returned, due_words)
            for at in sorted(strongest(spoken, scored, min_score))
            if at in inside
        )
    return found


def score(spoken: Sequence[Spoken], weights: Mapping[str, float]) -> dict[int, Scored]:
    """The best candidate of each sentence and its score."""
    best: dict[int, Scored] = {}
    for candidate in candidates(spoken):
        chance = model.chance(candidate.features, weights)
        if candidate.at not in best or chance > best[candidate.at][1]:
            best[candidate.at] = candidate, chance
    return best


def strongest(spoken: Sequence[Spoken], scored: Mapping[int, Scored], least: float) -> set[int]:
    """The sentences worth showing; a doubtful one beside a stronger one in its turn is not."""
    kept: set[int] = set()
    for at, (_, chance) in sorted(scored.items(), key=lambda item: -item[1][1]):
        if chance < least:
            break
        neighbours = kept.intersection((at - 1, at + 1))
        if chance >= ALONE or all(spoken[n].turn != spoken[at].turn for n in neighbours):
            kept.add(at)
    return kept


def describe_one(
    lines: Sequence[Line],
    spoken: Sequence[Spoken],
    scored: Scored,
    returned: Sequence[int],
    due_words: Callable[[str], str],
) -> Suggestion:
    """Everything a clerk sees of one suggestion."""
    candidate, chance = scored
    frame, here = candidate.frame, spoken[candidate.at]
    first, last = quoted_words(here, candidate)
    end = closing(lines, last.line, last.end)
    words = verbatim(lines, first.line, first.start, last.line, end)
    question = asked_before(lines, spoken, candidate.at)
    wanted = request_answered(spoken, candidate.at)
    due = due_words(words)
    given_away = cue(lines, here, candidate)
    answered = later.answered_later(lines, returned, last.line, words, question.words)
    return Suggestion(
        utterance=first.line,
        end_utterance=last.line,
        quote=words,
        start_offset=first.start,
        end_offset=end,
        speaker=lines[first.line].speaker,
        start=lines[first.line].start,
        score=round(chance, 4),
        strength=describe.strength_of(frame, words),
        type=describe.type_of(words, question.words),
        kind=describe.kind_of(frame, due, wanted),
        how=describe.how_of(frame, len(here.words), yes(here.words), wanted),
        cue=given_away,
        reason=_reason(here.side, given_away, question, answered),
        asked_by=question.asked_by,
        asked_for=question.asked_for,
        asked_utterance=question.utterance,
        request=question.words,
        summary=summarise(words, question.words),
        due_words=due or (due_words(question.words) if wanted else ""),
        answered_later=answered,
    )


def _reason(side: str, given_away: str, question: Question, answered: bool) -> str:
    """Why a clerk should look: the side, the cue, who asked, and whether it was answered since."""
    said = (
        SIDES.get(side, "answering side"),
        f"“{given_away}”",
        question.reason,
        "answered later in the same hearing" if answered else "",
    )
    return " · ".join(filter(None, said))


def quoted_words(here: Spoken, candidate: Candidate) -> tuple[Word, Word]:
    """The first and last word to quote: the sentence, or the part about the undertaking."""
    words = here.sentence.words
    if len(words) <= LONGEST_QUOTE or candidate.frame is None:
        return words[0], words[-1]
    start = max(0, candidate.frame.first - LONGEST_QUOTE // 3)
    return words[start], words[min(len(words), start + LONGEST_QUOTE) - 1]


def cue(lines: Sequence[Line], here: Spoken, candidate: Candidate) -> str:
    """The printed words that gave it away."""
    words, frame = here.sentence.words, candidate.frame
    first, stop = (0, 4) if frame is None else (frame.first, frame.verb_at + 4)
    begin, end = words[first], words[min(len(words), stop) - 1]
    return verbatim(lines, begin.line, begin.start, end.line, end.end)
