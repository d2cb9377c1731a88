"""A cast for small dialogues: a council member, a director, a resident."""

from commitments.suggestions import Line, Suggestion, suggest

MEMBER = "Council Member Odell"
DIRECTOR = "Director Quist (Harbor Department)"
RESIDENT = "Tobias Wren"


def dialogue(*turns: tuple[str, str]) -> list[Line]:
    """Lines of (speaker, words), ten seconds apart."""
    return [Line(words, speaker, 10.0 * at) for at, (speaker, words) in enumerate(turns)]


def exchange(question: str, answer: str) -> list[Line]:
    """A question and an answer in the middle of an ordinary hearing."""
    return dialogue(
        (MEMBER, "Thank you, Chair, and good morning, Director."),
        (MEMBER, "My constituents on Gull Street have a question for you."),
        (MEMBER, "How long has the pier been closed?"),
        (DIRECTOR, "Our department closed it in January, Council Member."),
        (MEMBER, question),
        (DIRECTOR, answer),
        (MEMBER, "Thank you."),
    )


ANSWER = 5  # where the answer of an exchange stands


def found(lines: list[Line], at: int = ANSWER) -> Suggestion | None:
    """The suggestion made of line `at`, or None."""
    return next((one for one in suggest(lines) if one.utterance <= at <= one.end_utterance), None)


def score(lines: list[Line], at: int = ANSWER) -> float:
    """The score of line `at`, 0 where nothing in it could be a promise."""
    every = suggest(lines, min_score=0.0)
    return max((one.score for one in every if one.utterance <= at <= one.end_utterance), default=0)
