"""Words in front of a stretch of days: how they read it, and which part of it they mean."""

import re
from collections.abc import Callable
from functools import partial

from commitments.dates import spans
from commitments.dates.grammar import Reading
from commitments.dates.spans import Span

LEADS = {
    Reading.BY: (
        r"on or (?:by|before|about)|by or before|(?:no|not) later than|by|at the latest|within"
        r"|in time for|inside(?: of)?|(?:between|from) now and|not until"
        r"|(?:\w{1,6}n't|not) [^.]{0,40}\buntil"
        r"|(?:give|have|need|wait|us|me|them) until|(?:sometime |some time |due |ending |starting )"
        r"?(?:in|on|during|around|about)|at|for|come|starting|beginning|effective|towards?|due"
        r"|into|ending|sometime"
    ),
    Reading.BEFORE: r"before|prior to|(?:ahead|in advance) of|earlier than",
    Reading.ROLLING: (
        r"(?:over|during|in|through|throughout) the course of|all through|throughout|through|over"
        r"|across"
    ),
    Reading.OPEN: (
        r"(?:on or |sometime |shortly |right |soon )?after|following|(?:as )?early as|beyond"
        r"|(?:no|not) (?:earlier|sooner) than|not before"
    ),
    Reading.PAST: (
        r"since|as of|(?:way |(?<!come )(?<!get )(?<!be )(?<!go )(?<!you )(?<!report )(?<!circle )"
        r"(?<!it ))back (?:in|on|at)|from|until|till|earlier|past|previous|prior|between|every|each"
        r"|last(?! (?:week (?:of|in)|half|part|day of))|than|(?:so|thus) far|dated|leaders of"
    ),
}
DEADLINE = re.compile(r"\b(?:by|before|prior|ahead|advance|later than|latest|within|in time)\b")

HOUR = (
    r"(?:c\.?o\.?b\.?|e\.?o\.?d\.?|(?:the )?(?:close|end) of (?:the )?(?:business )?"
    r"(?:business|day)|noon|midday|midnight|first thing"
    r"|\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?| o'clock))"
)
PARTS: dict[str, tuple[str, Callable[[Span], Span]]] = {
    "end": (
        r"(?:(?:very |tail )?(?:end|close|conclusion)|(?:latter|second|last) (?:half|part))"
        r"(?: of| in)?|(?:mid|middle)[- ]to[- ]late|late|later(?: in)?",
        lambda span: span,
    ),
    "middle": (
        r"(?:middle|midpoint|first half)(?: of)?|early[- ]to[- ]mid|mid",
        spans.middle_of,
    ),
    "early": (r"early(?: part of| in| on in)?|(?:early|first) part of", spans.early_part_of),
    "opening": (
        r"(?:(?:very )?(?:beginning|start|outset|top)|first day|first) of",
        spans.early_part_of,
    ),
    "week_of": (r"week of", lambda span: spans.week_of(span.first)),
    "week_after": (
        r"week (?:after|following)",
        lambda span: spans.week_of(span.last + spans.A_WEEK),
    ),
    "week_1": (r"(?:first|1st) (?:full )?week (?:of|in)", partial(spans.nth_week_of, n=1)),
    "week_2": (r"(?:second|2nd) week (?:of|in)", partial(spans.nth_week_of, n=2)),
    "week_3": (r"(?:third|3rd) week (?:of|in)", partial(spans.nth_week_of, n=3)),
    "week_4": (r"(?:fourth|4th) week (?:of|in)", partial(spans.nth_week_of, n=4)),
    "week_last": (r"last week (?:of|in)", partial(spans.nth_week_of, n=-1)),
}
_HEDGE = (
    r"(?:or before|or around|or about|about|around|approximately|roughly|probably|maybe|perhaps"
    r"|hopefully|say|like|sometime|some time|i think|i believe|i guess|at least|at the latest"
    r"|either|the|our|your|this|that)"
)
IN_FRONT = re.compile(
    r"(?<![\w'])"
    rf"(?:(?:{'|'.join(f'(?P<{reading}>{words})' for reading, words in LEADS.items())}),?"
    rf" (?:{_HEDGE},? ){{0,4}})?"
    rf"(?:(?P<hour>{HOUR}),?(?: on| of)? )?"
    rf"(?:(?:{'|'.join(f'(?P<{part}>{words})' for part, (words, _) in PARTS.items())})[ -])?"
    r"(?:(?:the|our|your|that|calendar|calendar year|year|month of) ){0,2}$"
)
