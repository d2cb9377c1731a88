"""Lines in, suggestions out."""

from collections.abc import Callable, Mapping, Sequence

from . import describe, model
from .context import Spoken, read
from .due import due_words as find_due_words
from .features import Candidate, candidates
from .records import Line, Suggestion
from .requests import closing, question_of, quote, verbatim
from .text import Word

DEFAULT_MIN_SCORE = 0.07
LONGEST_QUOTE = 45  # words


def suggest(
    lines: Sequence[Line],
    *,
    min_score: float = DEFAULT_MIN_SCORE,
    weights: Mapping[str, float] | None = None,
    due_words: Callable[[str], str] = find_due_words,
) -> list[Suggestion]:
    """Likely commitments with a score of at least `min_score`, in the order spoken."""
    spoken = read(lines)
    scored = score(spoken, weights or model.learned())
    return [
        _suggestion(lines, spoken, scored[at], due_words)
        for at in sorted(strongest(spoken, scored, min_score))
    ]


Scored = tuple[Candidate, float]


def score(spoken: Sequence[Spoken], weights: Mapping[str, float]) -> dict[int, Scored]:
    """The best candidate of each sentence and its score."""
    best: dict[int, Scored] = {}
    for candidate in candidates(spoken):
        chance = model.chance(candidate.features, weights)
        if candidate.at not in best or chance > best[candidate.at][1]:
            best[candidate.at] = candidate, chance
    return best


def strongest(spoken: Sequence[Spoken], scored: Mapping[int, Scored], least: float) -> set[int]:
    """The sentences worth showing; of two neighbours in one turn, the stronger."""
    kept: set[int] = set()
    for at, (_, chance) in sorted(scored.items(), key=lambda item: -item[1][1]):
        if chance < least:
            break
        if not any(
            near in kept and spoken[near].turn == spoken[at].turn for near in (at - 1, at + 1)
        ):
            kept.add(at)
    return kept


def _suggestion(
    lines: Sequence[Line],
    spoken: Sequence[Spoken],
    scored: Scored,
    due_words: Callable[[str], str],
) -> Suggestion:
    candidate, chance = scored
    here = spoken[candidate.at]
    first, last = _span(here, candidate)
    end = closing(lines, last.line, last.end)
    words = verbatim(lines, first.line, first.start, last.line, end)
    question = question_of(spoken, candidate.at)
    asked = spoken[question] if question is not None else None
    request = quote(lines, asked) if asked else ""
    asked_by = lines[asked.sentence.first].speaker if asked else ""
    cue = _cue(lines, here, candidate)
    how = "assent" if candidate.frame is None else "explicit"
    return Suggestion(
        utterance=first.line,
        end_utterance=last.line,
        quote=words,
        start_offset=first.start,
        end_offset=end,
        speaker=lines[first.line].speaker,
        start=lines[first.line].start,
        score=round(chance, 4),
        strength=describe.strength_of(candidate.frame, words),
        type=describe.type_of(words, request),
        kind="agreed",
        how=how,
        cue=cue,
        reason=_reason(here, cue, asked_by, candidate.at, question),
        asked_by=asked_by,
        asked_utterance=asked.sentence.first if asked else None,
        request=request,
        summary=describe.summarise(words, request),
        due_words=due_words(words),
    )


def _span(here: Spoken, candidate: Candidate) -> tuple[Word, Word]:
    words = here.sentence.words
    if len(words) <= LONGEST_QUOTE or candidate.frame is None:
        return words[0], words[-1]
    start = max(0, candidate.frame.first - LONGEST_QUOTE // 3)
    return words[start], words[min(len(words), start + LONGEST_QUOTE) - 1]


def _cue(lines: Sequence[Line], here: Spoken, candidate: Candidate) -> str:
    words = here.sentence.words
    if candidate.frame is None:
        return " ".join(here.words[:4])
    stop = min(len(words), candidate.frame.verb_at + 5)
    return " ".join(here.words[candidate.frame.first : stop])


def _reason(here: Spoken, cue: str, asked_by: str, at: int, question: int | None) -> str:
    side = {"council": "council side", "agency": "answering side"}.get(here.side, "side unknown")
    parts = [side, f"'{cue}'"]
    if question is not None:
        count = at - question
        who = f"asked by {asked_by}" if asked_by else "asked"
        parts.append(f"{who} {count} sentence{'s' if count > 1 else ''} before")
    return " · ".join(parts)
