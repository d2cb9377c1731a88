"""What speaks for and against an undertaking, as names that a person can read.

Every frame ("we will get … to you") of a sentence is a candidate of its own, and so is a bare yes
after a request. A feature is a word or a pair of words of the grammar in `frames`, a phrase of
`cues`, or a fact of the dialogue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from . import cues
from .asking import request_answered
from .context import Spoken
from .frames import Frame, frames

CLAUSE_BEFORE, CLAUSE_AFTER = 8, 18  # words about a frame that colour it
SHORT_CLAUSE = 6  # words after the verb that belong to it even where the next frame begins
LONGEST_YES = 12  # words in a sentence that is nothing but assent
LONG_TURN = 8  # sentences of a turn, either way, that are looked at
WIDE = 8  # sentences either way that show which part of the hearing this is
PEOPLE = ("i", "we", "none", "staff")
TOLD = ("you", "body", "record")
KNOWN = ("council", "agency")
TELLING = ("answer", "inform", "give", "have")
MAKING = ("begin", "publish", "finish", "create", "change")
LINKS = cues.words(
    "if that which but and so when because who what how where whether think hope believe said know"
)
PLEASED = cues.words("okay great good perfect appreciate wonderful excellent alright")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible undertaking in sentence number `at`; `frame` is None for a bare assent."""

    at: int
    frame: Frame | None
    features: frozenset[str]


def _takes_the_oath(spoken: Sequence[Spoken], at: int) -> bool:
    """Whether a few words answer an oath that was read out shortly before, to one witness or to many."""
    before = spoken[max(0, at - OATH_REACH) : at]
    return len(spoken[at].words) <= LONGEST_OATH and any(OATH & set(each.words) for each in before)


OATH = frozenset(("affirm", "swear", "solemnly"))
OATH_REACH = 10  # sentences
LONGEST_OATH = 4  # words


def candidates(spoken: Sequence[Spoken]) -> Iterator[Candidate]:
    """Everything in a hearing that might be a commitment, in the order spoken.

    What the public is known to have said is none, nor is a witness's "I do" to the oath.
    """
    for at, here in enumerate(spoken):
        if here.side == "public" or _takes_the_oath(spoken, at):
            continue
        found = [frame for frame in frames(here.words) if undertakes(frame)]
        request = request_answered(spoken, at)
        said_yes = yes(here.words)
        bare = {"bare yes"} if said_yes and request and len(here.words) <= LONGEST_YES else set()
        if "strong" in here.signals:
            bare.add("bare cue")
        if not found and not bare:
            continue
        shared = {*_sentence(here), *_dialogue(spoken, at), *_reply(said_yes, request)}
        if "bare yes" in bare:
            bare.add(f"bare yes, goes on {_bucket(_goes_on(spoken, at), (0, 1))}")
        if not found:
            yield Candidate(at, None, frozenset(shared | bare))
        ends = [frame.first for frame in found[1:]] + [len(here.words)]
        for frame, end in zip(found, ends, strict=False):
            own = {*_frame(frame), *_clause(here.words, frame, end), *_answer(frame, request)}
            yield Candidate(at, frame, frozenset(shared | own))


def _goes_on(spoken: Sequence[Spoken], at: int) -> int:
    """Sentences the voice adds after sentence `at`, up to two: a yes may just open an answer."""
    return sum(later.turn == spoken[at].turn for later in spoken[at + 1 : at + 3])


def undertakes(frame: Frame) -> bool:
    """Not a question turned round, and not "we are committed to" a value instead of an act."""
    value = frame.modals[-1] == "commit" and frame.verb_class == "other"
    return not frame.asks and not value


def yes(words: Sequence[str]) -> str:
    """The kind of yes among the first three words, or ""."""
    if tuple(words) in cues.ECHOES:
        return "echo"
    for at in range(min(3, len(words))):
        hit = cues.match(cues.YES, words, at) if words[at] in cues.YES else None
        if hit:
            return hit[0]
    return ""


def _frame(frame: Frame) -> Iterator[str]:
    """Who, how, what, to whom: alone and in pairs."""
    modal, chain, who, verb = (
        frame.modals[-1],
        "+".join(frame.modals[:3]),
        frame.subject,
        frame.verb_class,
    )
    if frame.negated:
        yield "not"
        yield f"not {chain}"
        yield f"not {who}"
        return
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
        yield f"verb {frame.verb}"
    if frame.object:
        yield f"object={frame.object}"
        yield f"{verb} object={frame.object}"
        yield f"{chain} {verb} object={frame.object}"
    if frame.first <= 1:
        yield "opens"
        yield f"opens {chain}"
    act = _act(frame)
    if act:
        yield f"act {act}"
        yield f"act {act}, {modal}"
        yield f"act {act}, {who} {modal}"


def _act(frame: Frame) -> str:
    """The kind of undertaking, where words of several tables agree."""
    if frame.subject not in PEOPLE:
        return ""
    if frame.verb_class in TELLING and frame.recipient in TOLD:
        return "tell you"
    if frame.verb_class in TELLING:
        return "tell"
    if frame.verb_class in MAKING:
        return "make"
    if frame.verb_class in ("check", "meet", "work", "do"):
        it = " it" if frame.object == "it" else ""
        you = " with you" if frame.recipient == "you" else ""
        return frame.verb_class + it + you
    return ""


def _clause(words: Sequence[str], frame: Frame, end: int) -> Iterator[str]:
    """Times and signals in the words about the frame, up to where the next frame begins."""
    stop = min(frame.verb_at + CLAUSE_AFTER, max(end, frame.verb_at + SHORT_CLAUSE))
    near = words[max(0, frame.first - CLAUSE_BEFORE) : stop]
    times = cues.names(cues.DUE, near)
    if times:
        yield "dated"
        yield f"dated how={'+'.join(frame.modals[:3])}"
        yield f"dated does={frame.verb_class}"
        yield f"dated who={frame.subject}"
        yield f"dated {frame.subject} {frame.modals[-1]} {frame.verb_class}"
    yield from (f"due={name}" for name in times)
    for name in cues.names(cues.SIGNALS, near):
        yield f"near {name}"
        yield f"near {name} who={frame.subject}"
    yield from (f"word {word}" for word in words[frame.first : frame.verb_at + 7])
    for word in words[max(0, frame.first - 2) : frame.first]:
        if word in LINKS:
            yield f"after {word}"


def _sentence(here: Spoken) -> Iterator[str]:
    """Signals anywhere in the sentence, and its shape."""
    yield from (f"has {name}" for name in here.signals)
    yield f"ends {here.sentence.ending}"
    yield f"length {_bucket(len(here.words), (4, 8, 15, 30))}"
    if cues.names(cues.REFUSALS, here.words):
        yield "refusal"


def _reply(said_yes: str, request: str) -> Iterator[str]:
    """A yes, and what it replies to."""
    if said_yes:
        yield f"yes={said_yes}"
    if request:
        yield f"reply to {request}"
    if said_yes and request:
        yield f"reply {said_yes} to {request}"


def _answer(frame: Frame, request: str) -> Iterator[str]:
    """A frame that answers a request: "we can do that" says little by itself."""
    if request:
        yield f"reply {frame.modals[-1]} to {request}"
        yield f"reply {frame.subject} {frame.verb_class} to {request}"
        if frame.object in ("it", "end"):
            yield f"reply {frame.modals[-1]} it to {request}"


def _dialogue(spoken: Sequence[Spoken], at: int) -> Iterator[str]:
    """The side of the voice, how it was received, the turn, the part of the hearing."""
    yield f"side {spoken[at].side if spoken[at].side in KNOWN else 'unknown'}"
    for ahead, later in enumerate(spoken[at + 1 : at + 3], start=1):
        if later.words[0] in ("thank", "thanks"):
            yield f"then thanks {ahead}"
        if later.words[0] in PLEASED:
            yield f"then okay {ahead}"
        if later.sentence.ending == "?":
            yield "then question"
    around = spoken[max(0, at - WIDE) : at + WIDE + 1]
    testifying = sum("testifying" in other.signals for other in around)
    yield f"testifying around {_bucket(testifying, (0, 1, 3))}"
    yield from _turn(spoken, at)


def _turn(spoken: Sequence[Spoken], at: int) -> Iterator[str]:
    """What the voice does in the rest of its turn, and what came just before and after it."""
    turn = spoken[at].turn
    first, last = at, at
    while first > max(0, at - LONG_TURN) and spoken[first - 1].turn == turn:
        first -= 1
    while last < min(len(spoken) - 1, at + LONG_TURN) and spoken[last + 1].turn == turn:
        last += 1
    said = spoken[first : last + 1]
    asked = sum(sentence.sentence.ending == "?" for sentence in said)
    yield f"turn asks {_bucket(asked, (0, 1, 2))}"
    if said[-1].sentence.ending == "?":
        yield "turn ends asking"
    for manner in set().union(*(sentence.manners for sentence in said)):
        yield f"turn {manner}"
    if any(sentence.sentence.ending == "?" for sentence in spoken[max(0, first - 3) : first]):
        yield f"turn answers {_bucket(at - first, (0, 1, 3, 8))}"
    if any(sentence.sentence.ending == "?" for sentence in spoken[last + 1 : last + 3]):
        yield "turn questioned"


def _bucket(value: int, bounds: Sequence[int]) -> str:
    return next((f"≤{bound}" for bound in bounds if value <= bound), f">{bounds[-1]}")
