"""What speaks for and against an undertaking, as names that a person can read.

Every frame ("we will get … to you") of a sentence is a candidate of its own, and so is a bare yes
after a request. A feature is a word or a pair of words of the grammar in `frames`, a phrase of
`cues`, or a fact of the dialogue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import cues
from .context import Spoken
from .frames import Frame, frames

CLAUSE_BEFORE, CLAUSE_AFTER = 8, 18  # words about a frame that colour it
LONGEST_YES = 12  # words in a sentence that is nothing but assent
OTHER_TURNS = 2  # turns back in which the question is looked for
QUESTION_REACH = 8  # sentences back, likewise
LONG_AGO = 60  # sentences


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible undertaking in sentence number `at`; `frame` is None for a bare assent."""

    at: int
    frame: Frame | None
    features: frozenset[str]


def candidates(spoken: Sequence[Spoken]) -> Iterator[Candidate]:
    """Everything in a hearing that might be a commitment, in the order spoken."""
    since_question = LONG_AGO
    for at, here in enumerate(spoken):
        since_question = 0 if here.sentence.ending == "?" else since_question + 1
        found = [frame for frame in frames(here.words) if not frame.asks]
        said_yes = yes(here.words)
        if (
            not found
            and not (said_yes and len(here.words) <= LONGEST_YES)
            and "strong" not in here.signals
        ):
            continue
        around = set(_dialogue(spoken, at, since_question))
        asked = {name for name in around if name.startswith("asked")}
        if said_yes:
            around.add(f"yes={said_yes}")
            around.update(f"yes&{name}" for name in asked)
        if not found:
            if said_yes and asked:
                around.update(f"bare&{name}" for name in asked)
                yield Candidate(
                    at, None, frozenset(around | {"bare", f"bare&yes={said_yes}", *_sentence(here)})
                )
            elif "strong" in here.signals:
                yield Candidate(at, None, frozenset(around | {"bare strong", *_sentence(here)}))
            continue
        whole = set(_sentence(here))
        for number, frame in enumerate(found):
            end = found[number + 1].first if number + 1 < len(found) else len(here.words)
            own = set(_frame(frame))
            own.update(_clause(here.words, frame, end, own))
            yield Candidate(at, frame, frozenset(own | around | whole))


def yes(words: Sequence[str]) -> str:
    """The kind of yes among the first three words, or ""."""
    for at in range(min(3, len(words))):
        hit = cues.match(cues.YES, words, at) if words[at] in cues.YES else None
        if hit:
            return hit[0]
    return ""


def _frame(frame: Frame) -> Iterator[str]:
    modal, chain = frame.modals[-1], "+".join(frame.modals[:3])
    if frame.negated:
        yield "not"
        yield f"not {chain}"
        yield f"not {frame.subject}"
        return
    who, verb = frame.subject, frame.verb_class
    yield f"who={who}"
    yield f"how={chain}"
    yield f"does={verb}"
    yield f"{who} {frame.modals[0]}"
    yield f"{chain} {verb}"
    yield f"{who} {chain} {verb}"
    if frame.recipient:
        yield f"to={frame.recipient}"
        yield f"{verb} to={frame.recipient}"
        yield f"{modal} to={frame.recipient}"
    if frame.thing:
        yield f"thing={frame.thing}"
        yield f"{verb} thing={frame.thing}"
    if frame.verb:
        yield f"verb={frame.verb}"
    if frame.first <= 1:
        yield "opens"
        yield f"opens {chain}"


def _clause(words: Sequence[str], frame: Frame, end: int, own: set[str]) -> Iterator[str]:
    near = words[
        max(0, frame.first - CLAUSE_BEFORE) : min(
            frame.verb_at + CLAUSE_AFTER, max(end, frame.verb_at + 6)
        )
    ]
    due = cues.names(cues.DUE, near)
    if due:
        yield "dated"
        yield f"dated how={'+'.join(frame.modals[:3])}"
        yield f"dated does={frame.verb_class}"
        yield f"dated who={frame.subject}"
        for name in due:
            yield f"due={name}"
    for name in cues.names(cues.SIGNALS, near):
        yield f"near {name}"
        yield f"near {name} who={frame.subject}"
    before = words[max(0, frame.first - 4) : frame.first]
    for word in before[-2:]:
        if word in (
            "if",
            "that",
            "which",
            "but",
            "and",
            "so",
            "when",
            "because",
            "who",
            "what",
            "how",
            "where",
            "whether",
            "think",
            "hope",
            "believe",
            "said",
            "know",
        ):
            yield f"after {word}"


def _sentence(here: Spoken) -> Iterator[str]:
    for name in here.signals:
        yield f"has {name}"
    for name in here.manner:
        yield f"talks {name}"
    yield f"ends {here.sentence.ending}"
    yield f"length {_bucket(len(here.words), (4, 8, 15, 30))}"
    if cues.names(cues.REFUSALS, here.words):
        yield "refusal"


def _dialogue(spoken: Sequence[Spoken], at: int, since_question: int) -> Iterator[str]:
    here = spoken[at]
    yield f"side {here.side or 'unknown'}"
    yield f"place {_bucket(here.place, (0, 1, 2, 9, 39))}"
    yield f"since question {_bucket(since_question, (0, 2, 5, 12, 30))}"
    seen: set[str] = set()
    for back in range(1, min(QUESTION_REACH, at) + 1):
        before = spoken[at - back]
        turns = here.turn - before.turn
        if turns > OTHER_TURNS:
            break
        unmarked = here.place > LONG_AGO
        if turns == 0 and not unmarked:
            continue
        near = "just" if (turns == 1 and here.place <= 1) or (unmarked and back == 1) else "before"
        seen.update(f"asked {name} {near}" for name in before.asks)
    yield from seen
    for back in (1, 2):
        if at >= back:
            yield from (f"before {name}" for name in spoken[at - back].signals)
    for ahead in (1, 2):
        if at + ahead < len(spoken):
            later = spoken[at + ahead]
            if later.words[0] in ("thank", "thanks"):
                yield f"then thanks {ahead}"
            if later.words[0] in (
                "okay",
                "great",
                "good",
                "perfect",
                "appreciate",
                "wonderful",
                "excellent",
                "alright",
            ):
                yield f"then okay {ahead}"
            if later.sentence.ending == "?":
                yield "then question"
    for other in range(max(0, at - 3), min(len(spoken), at + 4)):
        if other != at and spoken[other].turn == here.turn:
            yield from (f"around {name}" for name in spoken[other].manner)


def _bucket(value: int, bounds: Sequence[int]) -> str:
    return next((f"≤{bound}" for bound in bounds if value <= bound), f">{bounds[-1]}")
