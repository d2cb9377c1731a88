"""What a sentence asks for: a promise ("Could you send us the list?") or only an answer."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from . import cues

if TYPE_CHECKING:
    from .context import Spoken

# Sentences at the start of a turn that may reply, and at the end of one that may ask.
OPENING = 3
REACH = 9  # words after the form of asking in which the thing asked for is named
WANTED = {
    "answer": "report",
    "inform": "report",
    "give": "report",
    "check": "check",
    "meet": "meet",
    "work": "meet",
}
ANSWERABLE = ("report", "check", "meet")
BY_FACT = cues.words("is are was were do does did has have had isn't aren't doesn't didn't am")
BY_WORD = cues.words("what how why who where which")
LEADING = cues.words("so and but okay well now then just also um or i")
OPINION = cues.index(
    {
        "opinion": """
        do you think | do not you think | would you agree | do you agree |
        do you believe | would you say |
        is that right | is that correct | is that fair | right | correct | is not it | are not you |
        would not you | you know | do you support | would you support | do you recall | do you know
        """
    }
)


def asked_for(words: Sequence[str], ending: str) -> set[str]:
    """What the sentence wants: report, check, meet, act; when; commit; or fact, opinion, why."""
    found: set[str] = set()
    for form, at in cues.names_in(cues.REQUESTS, words):
        if form in ("commit", "when", "record", "repeats"):
            found.add(form)
        wanted = {
            name
            for name, where in cues.names_in(cues.VERBS, words[at + 1 : at + 1 + REACH])
            if where
        }
        kinds = {WANTED[name] for name in wanted if name in WANTED}
        if form in ("can you", "want", "please", "repeats"):
            if "speak" in wanted:
                found.add(f"{form} speak")
            elif kinds:
                found.update(f"{form} {kind}" for kind in kinds)
            else:
                found.add(f"{form} act")
    if ending == "?":
        if cues.names(OPINION, words):
            found.add("opinion")
        start = next((word for word in words if word not in LEADING), "")
        if start in BY_FACT:
            found.add("fact")
        if start in BY_WORD or BY_WORD.intersection(words[:6]):
            found.add("why")
        found.add("question")
    return found


def weight(asked: Collection[str]) -> str:
    """How much of a request a sentence is: request (a promise is wanted), hint, or ""."""
    if any(name in ("record", "commit", "repeats") or name.endswith(ANSWERABLE) for name in asked):
        return "request"
    if any(name == "when" or name.endswith(" act") for name in asked):
        return "hint"
    return ""


def request_answered(spoken: Sequence[Spoken], at: int) -> str:
    """The weight of what was asked in the last words before the turn that sentence `at` opens."""
    here = spoken[at]
    if here.place >= OPENING:
        return ""
    start = at - here.place
    before = [s for s in spoken[max(0, start - OPENING) : start] if here.turn - s.turn <= 2]
    weights = {weight(sentence.asks) for sentence in before}
    return next((name for name in ("request", "hint") if name in weights), "")
