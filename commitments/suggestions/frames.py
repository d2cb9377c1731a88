"""Who will do what for whom: one reading of each undertaking verb in a sentence.

"We'll certainly get that breakdown to your office by Friday" reads as subject *we*, modal *will*,
verb *get* (class give), recipient *you*. A sentence may hold several frames.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from . import cues

OPEN_ENDED = cues.words("glad hope expect must let commit")
REACH = 12  # words after the verb among which its recipient and object are looked for


@dataclass(frozen=True, slots=True)
class Frame:
    subject: str
    modals: tuple[str, ...]
    verb: str
    verb_class: str
    recipient: str
    thing: str
    object: str
    negated: bool
    asks: bool  # "will you", "can we": turned round into a question
    first: int
    verb_at: int


def frames(words: Sequence[str]) -> list[Frame]:
    """Every frame of a sentence, in the order spoken."""
    found: list[Frame] = []
    at, size = 0, len(words)
    while at < size:
        hit = cues.match(cues.MODALS, words, at) if words[at] in cues.MODALS else None
        if hit is None:
            at += 1
            continue
        frame, after = _read(words, at)
        if frame:
            found.append(frame)
        at = max(after, at + 1)
    return found


def _read(words: Sequence[str], at: int) -> tuple[Frame | None, int]:
    size = len(words)
    first, subject, before_negated = _subject(words, at)
    modals: list[str] = []
    negated = before_negated
    asks = False
    here = at
    while here < size:
        word = words[here]
        hit = cues.match(cues.MODALS, words, here) if word in cues.MODALS else None
        if hit:
            modals.append(hit[0])
            here += hit[1]
        elif word in cues.NEGATIONS:
            negated = True
            here += 1
        elif (
            here > at and word in ("you", "we", "i", "they", "somebody", "someone") and not subject
        ):
            asks, subject = True, cues.SUBJECTS.get(word, "they")
            here += 1
        elif _carries_on(words, here, modals):
            here += 1
        else:
            break
    if here >= size:
        return None, here
    verb, verb_class, after = _verb(words, here)
    near = words[here + 1 : here + 1 + REACH]
    recipient = _best(cues.RECIPIENTS, near, ("you", "body", "record", "offline", "others"))
    thing = _best(cues.THINGS, near, ("document", "information", "meeting", "correction"))
    return (
        Frame(
            subject or "none",
            tuple(dict.fromkeys(modals)),
            verb,
            verb_class,
            recipient,
            thing,
            _object(words, after),
            negated,
            asks,
            first,
            here,
        ),
        here,
    )


def _carries_on(words: Sequence[str], here: int, modals: Sequence[str]) -> bool:
    """Whether the word stands between the modal and its verb: adverb, "be …ing", "that we"."""
    word = words[here]
    if modals and modals[-1] in OPEN_ENDED and word in ("that", "we", "i", "to"):
        return True
    if word in cues.ADVERBS and cues.match(cues.VERBS, words, here) is None:
        return True
    if word not in ("be", "been", "being", "have") or here + 1 == len(words):
        return False
    following = words[here + 1]
    modal = following in cues.MODALS and cues.match(cues.MODALS, words, here + 1) is not None
    return modal or following in cues.ADVERBS or following.endswith("ing")


def _subject(words: Sequence[str], at: int) -> tuple[int, str, bool]:
    """Look back over adverbs and "am", "would" for the subject: (where, who, negated)."""
    negated = False
    here = at - 1
    while here >= max(0, at - 6):
        word = words[here]
        if word in cues.SUBJECTS:
            who = cues.SUBJECTS[word]
            return here, who, negated
        if word in cues.NEGATIONS:
            negated = True
        elif word not in cues.ADVERBS and word not in (
            "am",
            "are",
            "is",
            "do",
            "does",
            "were",
            "was",
            "and",
            "had",
        ):
            return here, "other", negated
        here -= 1
    return max(here, 0), "", negated


def _verb(words: Sequence[str], at: int) -> tuple[str, str, int]:
    """The verb phrase at `at`, its class, and where its object begins."""
    hit = cues.match(cues.VERBS, words, at) if words[at] in cues.VERBS else None
    if hit is None:
        return "", "other", at + 1
    name, length = hit
    return " ".join(words[at : at + length]), name, at + length


IT = cues.words("that it this those these them so one")
LINKS = cues.words("to with on for into at about from of out up back the a an some")


def _object(words: Sequence[str], after: int) -> str:
    """What the verb governs at once: it (any pronoun), you, questions, end (of sentence) or ""."""
    at = after - 1
    if words[at] in IT or words[at] in ("you", "your"):
        return "it" if words[at] in IT else "you"
    at += 1
    while at < len(words) and words[at] in LINKS and at < after + 2:
        at += 1
    if at >= len(words):
        return "end"
    if words[at] in IT:
        return "it"
    if words[at] in ("you", "your"):
        return "you"
    if "questions" in words[at : at + 3] or "question" in words[at : at + 2]:
        return "questions"
    return ""


def _best(table: cues.Index, near: Sequence[str], order: Sequence[str]) -> str:
    found = cues.names(table, near)
    return next((name for name in order if name in found), "")
