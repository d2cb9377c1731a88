"""What stands around a date word: a promise, a memory, a refusal, or hardly anything."""

import re
from dataclasses import dataclass
from functools import cached_property

from commitments.dates.grammar import Needs

SENTENCE, CLAUSE = 200, 64  # characters looked at around a match
REPLY_WORDS = 3

_ENDS = re.compile(
    r"(?<!\b[a-z])(?<!jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec| st| dr| mr| ms)(?<!sept| mrs)"
    r"[.?!;]+[\"')]* |>> ?"
)
_FUTURE = re.compile(
    r"\b(?:will|shall|going to|gonna|can|could|would|should|must|may be|might|plan(?:s|ning)?"
    r"|(?:be )?expect(?:s|ed|ing)?|expectation|hop(?:e|es|ing|eful|efully)|aim(?:s|ing)?"
    r"|anticipat\w+|intend\w*|intention|goal|looking|want|need|let's|let me|commit\w*|promis\w+"
    r"|scheduled|slated|slotted|target\w*|projected|estimated|due|deadline|to be|to have|to get"
    r"|get (?:back|it|that|this|you)|follow up|give (?:us|me)|please|supposed to|ready|on track"
    r"|upcoming|(?:we're|i'm|they're|we are|i am|they are) [a-z]+ing|send|provide|report back"
    r"|come back|launch|begin|start)\b|'ll\b|n't .{0,30}\buntil"
)
_PARTICIPLE = (
    r"(?!need|proceed|exceed|succeed|feed|speed|indeed|hundred|expect|schedul|plann|target|anticipat"
    r"|project|intend|slat|finaliz|commit|want)[a-z]{2,}ed"
)
_DONE = (
    r"(?:was|were|had|did|didn't|been|began|came|went|gave|got|held|made|met|saw|sent|spoke|took"
    rf"|won|heard|became|ran|rose|fell|spent|built|{_PARTICIPLE})"
)
_PAST_BEFORE = re.compile(rf"\b{_DONE}(?: [\w'-]+){{0,4}} $")
_WAS_BEFORE = re.compile(r"\b(?:was|were|had|did|used to)(?:n't)?\b(?! (?:to|supposed))")
_JUST_WAS = re.compile(
    r"\b(?:was|were|had been)(?! (?:to|supposed|planning|going|hoping|saying)\b)(?: [\w'-]+){0,2} $"
)
_PAST_AFTER = re.compile(
    rf",? (?:alone,? )?(?:we|i|they|he|she|it|you|there|(?:the|our|your) [a-z]+)(?:'ve|'d)? "
    rf"(?:have |has |already )?{_DONE}\b"
)
_REFUSED = re.compile(
    r"(?<!that we )(?<!reason we )(?<!why )\b(?:can't|cannot|can not|won't|will not"
    r"|not able to|unable to|couldn't|wouldn't)"
    r" (?:(?!but\b|until\b)[\w'-]+ ){0,6}$"
)
_MEASURES = re.compile(
    r"\b(?:last|past|previous|first|for|every|each|per|hours|days|weeks|months|times|than|since|once"
    r"|twice|over|in|within|was|were|been)(?: the)? $"
)
_ERRAND = re.compile(
    r"\b(?:send|get|e-?mail|forward|share|deliver|submit|announc\w+|go(?:ing)? live|post|circulate"
    r"|follow up|(?:will|'ll|to|can) have|call|text|transmit|upload|file|sign|provide (?:it|that"
    r"|them|you|the committee))\b"
)


@dataclass(frozen=True)
class Context:
    """The sentence around the words from `start` to `end` of a plain text."""

    plain: str
    start: int
    end: int

    @cached_property
    def before(self) -> str:
        """The sentence up to the words."""
        window = self.plain[max(0, self.start - SENTENCE) : self.start]
        breaks = [m.end() for m in _ENDS.finditer(window)]
        return window[breaks[-1] :] if breaks else window

    @cached_property
    def after(self) -> str:
        """The rest of the sentence."""
        window = self.plain[self.end : self.end + SENTENCE]
        ends = _ENDS.search(window)
        return window[: ends.start()] if ends else window

    @cached_property
    def future(self) -> bool:
        return bool(_FUTURE.search(self.before) or _FUTURE.search(self.after))

    @property
    def measures(self) -> bool:
        """The words measure something else: "the last 30 days", "for 30 days", "24 hours a day"."""
        return bool(_MEASURES.search(self.before))

    @property
    def reply(self) -> bool:
        """Hardly a word stands beside them: "Thirty days, probably."""
        return len(self.before.split()) + len(self.after.strip(".,?! ").split()) <= REPLY_WORDS

    @property
    def errand(self) -> bool:
        return bool(_ERRAND.search(self.before[-CLAUSE:]))

    def recalls(self, deadline: bool) -> bool:
        """Somebody tells what happened then."""
        if _JUST_WAS.search(self.before[-CLAUSE:]):
            return True
        if self.future:
            return False
        if deadline:
            return bool(_WAS_BEFORE.search(self.before))
        return bool(_PAST_BEFORE.search(self.before[-CLAUSE:]) or _PAST_AFTER.match(self.after))

    @property
    def refused(self) -> bool:
        return bool(_REFUSED.search(self.before[-CLAUSE:]))

    def meets(
        self, needs: Needs, *, lead: bool = False, part: bool = False, deadline: bool = False
    ) -> bool:
        """Whether the words stand as such words must to be due words."""
        match needs:
            case Needs.NOTHING:
                return True
            case Needs.LEAD:
                return lead or part
            case Needs.DEADLINE:
                return deadline
            case Needs.PART:
                return part
            case Needs.FUTURE:
                return lead or part or self.future or self.reply
            case Needs.ERRAND:
                return deadline or self.errand or self.reply
            case Needs.REPLY:
                return self.reply and not self.measures
