"""A found commitment in words: how strong, of what type, due when, and in one line."""

import re

from .frames import Frame

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


FORMAL = {"i": "", "we": ""}


def summarise(quote: str, request: str) -> str:
    """One line that starts with a verb, from the words themselves."""
    return (request or quote).strip()
