"""The words that say when, as spoken. What day they mean is the business of `commitments.dates`."""

import re

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan\.|feb\.|mar\.|apr\.|aug\.|sept\.|oct\.|nov\.|dec\.)"
)
WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
SEASON = r"(?:spring|summer|fall|autumn|winter)"
COUNT = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|thirty|forty.?five|"
    r"sixty|ninety|several|few|couple)"
)
UNIT = r"(?:(?:business|working|calendar|fiscal) )?(?:day|week|month|quarter|year|hour)s?"
SPAN = (
    r"(?:week|month|quarter|(?:fiscal |calendar )?year|session|budget cycle|spending cycle|meeting|"
    rf"hearing|update|report|{SEASON})"
)
YEAR = r"(?:19|20)\d\d"
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
BY = (
    r"(?:(?:by|before|until|around|about|at|on|in|for|during|within|prior to|no later than|"
    r"starting|beginning|sometime|over|later|early|late|mid|throughout) )?"
)
PART = r"(?:end|beginning|middle|start|close|(?:first|second) (?:half|part)|course)"

EXPRESSIONS = (
    # the end of next week, over the course of 2027, at the end of the fiscal year
    rf"{BY}{BY}(?:the )?{PART} of (?:(?:the|this|that|next|our) )?(?:coming )?"
    rf"(?:{SPAN}|day|business|{MONTH}|fiscal year {YEAR}|{YEAR})(?: {YEAR})?",
    # by March 3rd 2027, in March 2027, June of next year
    rf"{BY}{BY}(?:the )?{MONTH} (?:the )?{DAY}(?:,? {YEAR})?",
    rf"{BY}{BY}{MONTH},? (?:of )?(?:{YEAR}|(?:this|next) year)",
    rf"(?:by|before|until|around|in|this|next|early|late|mid|through|for) (?:early |late )?{MONTH}",
    rf"(?:by |in |on )?the (?:\d{{1,2}}(?:st|nd|rd|th)|first|fifteenth)(?: of {MONTH})?(?! [a-z])",
    # by Friday, next Tuesday afternoon
    rf"{BY}(?:(?:this|next|coming) )?{WEEKDAY}(?: (?:morning|afternoon|evening))?",
    # within thirty days, in the next two or three weeks, six weeks from now
    rf"(?:with)?in (?:about |roughly |the next |the coming )?{COUNT}(?: or {COUNT})?"
    rf"(?: of)? {UNIT}(?: or (?:so|two))?",
    rf"(?:in|over|within) the (?:next|coming) (?:few |couple of )?{UNIT}(?: or (?:so|two))?",
    rf"{COUNT}(?: of)? {UNIT} from (?:now|today)",
    # next month, before the next hearing, this summer
    rf"{BY}(?:(?:the|our|your) )?(?:next|this|coming) {SPAN}(?: of {YEAR})?",
    r"(?:before|by|after|prior to|ahead of|at|in|for) (?:the|our|your) (?:next )?"
    r"(?:(?:executive|preliminary|adopted|final|proposed|may) )?(?:budget|revision|plan)"
    r"(?: hearings?)?",
    rf"(?:in|by|for|during|throughout) (?:fiscal(?: year)? |fy ?|calendar year )?{YEAR}",
    rf"(?:in|by|late|early) (?:the )?(?:early |late )?{SEASON}(?: of)?(?: {YEAR})?",
    rf"(?:by |in )?(?:the )?(?:first|second|third|fourth|next) quarter"
    rf"(?: of (?:{YEAR}|(?:next|this|the) (?:fiscal )?year))?",
    rf"(?:by |in )?q[1-4](?: (?:of )?{YEAR})?",
    r"(?:by )?(?:tomorrow|tonight|today|this (?:morning|afternoon|evening)|"
    r"end of (?:the )?day|close of business)",
    # vague, but spoken
    r"as soon as (?:possible|we can|i can)|right away|(?:(?:very|quite|pretty) )?soon",
    r"shortly|promptly|immediately|in the (?:very )?near future|in the coming (?:weeks|months)",
    r"later this (?:week|month|year|afternoon)|after (?:the|this) (?:hearing|meeting)",
)
WHEN = re.compile(
    r"\b(?:" + "|".join(EXPRESSIONS).replace(" ", r"\s+") + r")\b",
    re.IGNORECASE,
)


def due_words(text: str) -> str:
    """The longest expression of time in the text, verbatim; "" where there is none."""
    return max((match.group() for match in WHEN.finditer(text)), key=len, default="")
