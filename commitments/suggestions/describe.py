"""A found commitment in words: how strong, of what type, due when, and in one line."""

import re

from . import cues
from .frames import Frame, frames
from .records import Line
from .text import sentences

CORRECTION = re.compile(
    r"\b(correct(ion|ed)?|typo|mistake|erratum|errata|clean(ed|ing)? (it |that |this )?up|"
    r"amend the record)\b",
    re.I,
)
MEETING = re.compile(
    r"\b(meet(ing)?s?( with| you)?|sit down|set up a (call|time|meeting)|"
    r"brief(ing)? (you|the|your)|"
    r"briefings?|conversations?|walk you through|one.on.ones?|tour|work session|"
    r"discuss(ion)?|talk (to|with) you)\b",
    re.I,
)
DOCUMENT = re.compile(
    r"\b(reports?|documents?|list|cop(y|ies)|memo|letter|slides|links?|e-?mail|breakdown|spreadsheet|"
    r"charts?|maps?|draft|guide|plan|study|guidance|addendum|in writing|written|publish|post(ed)?|"
    r"presentation|recommendations|for the record|website|procedures)\b",
    re.I,
)
INFORMATION = re.compile(
    r"\b(get back|come back|circle back|follow.?(ed|ing)? ?-?up|report(ing)? back|"
    r"let (you|them) know|find out|look into|"
    r"check|confirm|numbers?|data|information|figures?|answer|details?|updates?|statistics|numbers|"
    r"share|keep you|exact|status|clarify|inform|notify|names)\b",
    re.I,
)


def type_of(quote: str, request: str) -> str:
    """information, document, meeting, action or correction; the request helps a bare yes."""
    for text in (quote, request):
        for name, pattern in (
            ("correction", CORRECTION),
            ("meeting", MEETING),
            ("document", DOCUMENT),
            ("information", INFORMATION),
        ):
            if pattern.search(text):
                return name
        if len(text.split()) > 8:
            break
    return "action"


CONDITION = re.compile(
    r"\b(if|once|unless|should (you|we|they)|assuming|provided that|contingent|"
    r"subject to|depending|upon (your )?approval|as long as|whenever)\b",
    re.I,
)
SOFT = frozenset(("glad", "hope", "expect", "could", "would", "like", "must"))


def strength_of(frame: Frame | None, quote: str) -> str:
    """firm, conditional or soft, from the way the undertaking is put."""
    if CONDITION.search(quote):
        return "conditional"
    if frame is not None and SOFT.intersection(frame.modals):
        return "soft"
    return "firm"


def kind_of(frame: Frame | None, due: str, request: str) -> str:
    """agreed, or planned: something dated that was announced rather than promised to anybody."""
    if frame is None or not due or request or frame.recipient in ("you", "body", "record"):
        return "agreed"
    return "planned"


def how_of(frame: Frame | None, words: int, said_yes: str, request: str) -> str:
    """assent where the answer only says yes and the request says what; else explicit."""
    if frame is None:
        return "assent"
    pro_form = frame.verb_class == "do" or (frame.verb_class == "other" and frame.object == "end")
    only_yes = said_yes and words <= SHORT_ASSENT
    return "assent" if request and (pro_form or only_yes) else "explicit"


SHORT_ASSENT = 6  # words


BASES = dict(cues.verb_bases())


def family_of(cue: str) -> str:
    """The verb of a cue in its base form: "we'll be getting back to you" → "get back"; or ""."""
    for sentence in sentences([Line(cue)]):
        for frame in frames(sentence.plain):
            if frame.verb:
                return BASES.get(frame.verb, frame.verb).strip()
    return ""
