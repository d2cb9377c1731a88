"""Time words that mean something by themselves: waits, habits, events, and no date at all."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

from commitments.dates import spans
from commitments.dates.due import Basis
from commitments.dates.grammar import Match, Needs, Phrase, Reached, Said
from commitments.dates.numbers import CARDINAL, number
from commitments.dates.periods import WEEKDAY
from commitments.dates.spans import A_WEEK, DAY
from commitments.dates.workdays import add_working_days

LONGEST_WAIT = 60 * 366  # days; "in 9000 years" names no due date

_COUNT = (
    rf"(?P<count>{CARDINAL})(?:(?: ?(?:to|or|-) ?|, )(?P<most>{CARDINAL}))?"
    r"(?: (?P<working>business|working)| calendar| more| full)?"
    r"(?: ?|-(?=[a-z]+ (?:period|window)))(?P<unit>hour|day|week|month|quarter|year)s?\b'?"
    r"(?! (?:ago|old|early|later?)\b)"
    r"(?: (?P<half>and a half)| or (?P<or_more>two|so|three))?"
    r"(?! (?:a|an|per|each|every|of (?:service|experience|age|data|testimony))\b)(?!-)(?:'? time)?"
    r"(?!,? (?:i|we|they|you|he|she)(?:'ve|'d| have| had))"
)
_ABOUT = (
    r"(?:(?:about|around|roughly|approximately|maybe|perhaps|probably|like|say|under|less than"
    r"|no more than|as little as|at most|up to|the|these|this|next|coming|following|i guess"
    r"|i think|another|only|just|or around|or about),? ){0,4}"
)
_NOW = r"(?:now|today|tonight|this (?:hearing|meeting)|the hearing|today's (?:hearing|meeting))"


def _waited(m: Match, said: Said) -> date | None:
    """The day so long after the words; of a range ("two to three weeks") its far end."""
    more = {"two": 2, "three": 3}.get(m["or_more"] or "", 0)
    n, unit = max(number(m["most"] or m["count"] or "a"), more), m["unit"]
    days_each = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
    if n * days_each[unit] > LONGEST_WAIT:
        return None
    half = bool(m["half"])
    match unit:
        case "hour" if said.at:
            return (datetime.combine(said.on, said.at) + timedelta(hours=n)).date()
        case "hour":
            return said.on + n // 24 * DAY
        case "day" if m["working"]:
            return add_working_days(said.on, n, said.holidays)
        case "day" | "week":
            return said.on + (n * (7 if unit == "week" else 1) + 4 * half) * DAY
        case "month":
            return spans.add_months(said.on, n) + 15 * half * DAY
        case _:
            return spans.add_months(said.on, n * (3 if unit == "quarter" else 12) + 6 * half)


def _count(m: Match, said: Said) -> Reached | None:
    day = _waited(m, said)
    return Reached(Basis.SPOKEN, day) if day else None


def _the_unit(m: Match, said: Said) -> Reached | None:
    """ "Within the week" gives a whole week."""
    unit = m["unit"]
    days = {"hour": 0, "day": 1, "week": 7}
    if unit in days:
        return Reached(Basis.SPOKEN, said.on + days[unit] * DAY)
    return Reached(Basis.SPOKEN, spans.add_months(said.on, 12 if unit == "year" else 1))


def check_in(start: date, until: date) -> date:
    """The end of the first quarter of a rolling stretch, or of the stretch."""
    return min(until, spans.quarter_holding(start).last)


def _along_the_next(m: Match, said: Said) -> Reached | None:
    until = _waited(m, said)
    if until is None:
        return None
    return Reached(Basis.ROLLING, until, said.on, until, check_in(said.on, until))


HABITS: dict[str, Callable[[date], date]] = {
    r"daily|every day|each day": lambda day: day + DAY,
    r"bi-?weekly|every (?:other|two|2) weeks?|twice a month": lambda day: day + 2 * A_WEEK,
    rf"weekly|every week|each week|once a week|every (?:{WEEKDAY})": lambda day: day + A_WEEK,
    r"bi-?monthly|every (?:other|two|2) months?": lambda day: spans.add_months(day, 2),
    r"monthly|every month|each month|once a month": (
        lambda day: spans.month_of((day + DAY).year, (day + DAY).month).last
    ),
    r"quarterly|every quarter|each quarter|once a quarter|every (?:three|3) months": (
        lambda day: spans.quarter_holding(day + DAY).last
    ),
    r"semi-?annual(?:ly)?|bi-?annual(?:ly)?|every (?:six|6) months|twice a year": (
        lambda day: spans.add_months(day, 6)
    ),
    r"annual(?:ly)?|yearly|every year|each year|once a year": (
        lambda day: spans.year_of((day + DAY).year).last
    ),
    r"regular|rolling|ongoing|continuous|continuing|periodic": lambda day: (
        spans.quarter_holding(day + DAY).last
    ),
}
"""How often, and the next day to look after a given day."""

_ADVERB = r"(?=[.,;:?!]|$| (?:to|with|on|until|through|and|for|starting|beginning|as|going|in)\b)"
_HABIT = (
    r"(?:on|at) an? (?:regular |rolling |more )?(?P<basis>{0}) (?:basis|schedule|cadence|cases)"
    r"|(?P<adverb>(?:bi-?|semi-?)?(?:daily|weekly|monthly|quarterly|annually|yearly)){1}"
    r"|(?P<often>(?:every|each) (?:other |two |three |six |[236] )?"
    r"(?:day|week|month|quarter|year)s?"
    r"|every (?:monday|tuesday|wednesday|thursday|friday)"
    r"|(?:once|twice) a (?:week|month|quarter|year))"
    r"|(?:(?P<updates>{0}) (?:progress |status |written )?"
    r"(?:updates|reports|briefings|check-?ins|reporting))"
).format("|".join(words for words in HABITS), _ADVERB)


def _habit(m: Match, said: Said) -> Reached | None:
    words = m["basis"] or m["adverb"] or m["often"] or m["updates"]
    next_check = next((day for how, day in HABITS.items() if re.fullmatch(how, words)), None)
    return Reached(Basis.ROLLING, next_check=next_check(said.on)) if next_check else None


def _event(m: Match, said: Said) -> Reached:
    return Reached(Basis.EVENT)


def _no_date(m: Match, said: Said) -> Reached:
    return Reached(Basis.NONE)


def _this_sitting(m: Match, said: Said) -> Reached:
    return Reached(Basis.SPOKEN, said.on)


_EVENT = (
    r"(?:hearings?|meetings?|votes?|budget(?: cycle| process| hearings?| adoption)?|plan|cycle"
    r"|session|adoption|elections?|revision|revise|updates?|reports?|deadline|recess|launch|rollout"
    r"|school year|semester|summit|briefings?|term|packet|agenda|season|opening|storms)\b"
    r"(?! (?:office|director|division|committee|staff|team|chair|is about))"
)
_WORD = (
    rf"(?:(?!(?:by|before|after|and|or|but|that|which|who|is|was|we|i|you|to|{WEEKDAY})\b)"
    r"(?!\d{1,3}\b)[a-z0-9'-]+ )"
)
_NEXT = r"(?:next|upcoming|following|subsequent|future|forthcoming|next year's|may(?= revis))"
_IN_THE_CYCLE = r"(?:executive|preliminary|adopted)"
_AT_EVENT = r"(?:by the time of|at|in|during|for|on|by|with|as part of|until|come back(?: at)?)"
_CLAUSE = r"(?: [a-z0-9'-]+){1,8}"
_SUBJECT = r"(?:we|i|you|it|they|that|this|those|the|our|your|he|she)(?:'ve|'re|'s|'ll|'m)?"
_DONE = (
    r"(?:complete|completed|done|final|finali[sz]ed|ready|released|available|published|approved"
    r"|signed|finished|out|in place|hired|adopted|passed|given you|have a vacancy)"
)
_SOME = r"(?:few|several|many|number of|handful of|matter of|some|couple of few)"
_UNITS = r"(?:minutes|hours|days|weeks|months|years|quarters)"
_DELIVERY = r"(?:completion|approval|adoption|passage|receipt|enactment|publication|release)"

PHRASES: dict[str, Phrase] = {
    "sitting": Phrase(
        r"(?:by|before) (?:the )?end of (?:this|today's|the) (?:hearing|meeting|session)",
        _this_sitting,
    ),
    "count_event": Phrase(
        rf"(?:(?:within|no later than|not later than|in|by) )?{_ABOUT}{_COUNT}"
        rf" (?:(?:after|following|from) (?!{_NOW}|{WEEKDAY})"
        r"|(?:before|prior to|ahead of) "
        r"|of (?=receiv|get|the |your |our |being |adopt|complet|sign))"
        rf"{_WORD}{{0,4}}[a-z'-]+",
        _event,
    ),
    "along_the_next": Phrase(
        r"(?:over the course of|over|throughout|during|for) the (?:next|coming|following)"
        rf" (?:roughly |about )?{_COUNT}",
        _along_the_next,
    ),
    "along_one": Phrase(
        r"(?:over the course of|over|throughout) the (?:next|coming|following)"
        r" (?P<count>)(?P<most>)(?P<working>)(?P<half>)(?P<or_more>)(?P<unit>month|year)",
        _along_the_next,
    ),
    "within": Phrase(
        r"(?:(?<!times )in|within|inside(?: of)?|no later than|not later than|at most|by"
        r"|(?:give|have|need) (?:us |me |you |them )?|take (?:us |me |them )?|taking|in,)"
        rf" ?{_ABOUT}{_COUNT}(?: (?:of|from|after|following) {_NOW}| out| hence)?",
        _count,
    ),
    "in_the_next": Phrase(
        r"(?:in|within|by|sometime in|some time in) (?:the |this |about the )"
        r"(?:very )?(?:next|coming|following) (?P<count>)(?P<most>)(?P<working>)"
        r"(?P<unit>day|week|month|year)(?P<half>)(?: or (?P<or_more>two|so|three|teo))?(?!')\b",
        _count,
    ),
    "within_the": Phrase(r"within (?:the|an?) (?P<unit>hour|day|week|month|year)", _the_unit),
    "from_now": Phrase(
        rf"(?:about |roughly |around )?{_COUNT}"
        rf" (?:(?:of|from|after|following) {_NOW}|hence|out(?=[.,;?!]|$))",
        _count,
    ),
    "alone": Phrase(_ABOUT + _COUNT, _count, Needs.REPLY),
    "habit": Phrase(_HABIT, _habit),
    "before_event": Phrase(
        r"(?:before|prior to|ahead of|in advance of|in time for|leading up to|between now and)"
        rf" (?!this|today|last|previous|the start){_WORD}{{0,5}}{_EVENT}",
        _event,
    ),
    "end_of_event": Phrase(
        r"(?:by|before|at|until) (?:the )?end of (?:the|that|this|our) "
        rf"{_WORD}{{0,3}}(?:{_EVENT}|project|pilot|contract|period|process|administration)",
        _event,
    ),
    "by_the_time": Phrase(rf"by the time {_SUBJECT}(?!\w){_CLAUSE}", _event),
    "next_time": Phrase(
        r"(?:by )?(?:the )?next time(?: we (?:meet|come|are here|testify)|(?=[.,;?!]|$))", _event
    ),
    "school": Phrase(
        r"(?:before|when|once|by the time) school (?:starts|opens|begins|ends)", _event
    ),
    "before_it_happens": Phrase(
        r"before (?:we|you|they|it|(?:the|this) (?:[a-z'-]+ ){1,4}?)"
        r" ?(?:votes?|adopts?|acts?|reconvenes?|meets?|returns?|ends?|closes?|opens|hits?|starts"
        r"|begins|comes? back|finali[sz]es?|approves?|passes)\b",
        _event,
    ),
    "next_event": Phrase(
        rf"(?:{_AT_EVENT} )?(?:(?:the|our|your|a|this|they) )?{_NEXT} {_WORD}{{0,4}}{_EVENT}",
        _event,
    ),
    "budget_event": Phrase(
        rf"{_AT_EVENT} (?:the |our |your )?{_IN_THE_CYCLE} {_WORD}{{0,4}}{_EVENT}", _event
    ),
    "once": Phrase(
        rf"(?:once|as soon as) (?!possible|we can|i can|you can|they can|practic|feasib){_SUBJECT}"
        rf"(?!\w){_CLAUSE}",
        _event,
    ),
    "upon": Phrase(rf"(?:upon|pending) (?:the )?(?:[a-z]+ )?{_DELIVERY}", _event),
    "when_done": Phrase(
        rf"when(?:ever)? {_SUBJECT}(?: [a-z'-]+){{0,5}}? ?{_DONE}(?: [a-z'-]+){{0,2}}", _event
    ),
    "next_few": Phrase(
        r"(?:(?:with)?in|over|for|during|across|throughout) (?:the course of )?(?:a |the )?"
        rf"(?:very )?(?:(?:next|coming|following) )?(?:{_SOME} {_UNITS}|coming {_UNITS}|"
        rf"{_UNITS} ahead|{_UNITS} to come)",
        _no_date,
    ),
    "few": Phrase(rf"(?:a few|several) {_UNITS}(?: from now| out)", _no_date),
    "soon": Phrase(
        r"(?<!too )(?<!how )(?<!so )(?<!no )(?:(?:very,? |pretty |quite |fairly |real )*soon"
        r"(?! after| as|er or later)(?:er)?|shortly(?! after| before|er| there)"
        r"|momentarily|promptly|right away|immediately(?! after| follow| prec| before| avail)"
        r"|expeditiously|asap|any day now|before (?:too )?long|in short order)",
        _no_date,
    ),
    "as_soon_as": Phrase(
        r"as (?:soon|quickly|promptly|expeditiously|fast) as (?:is )?"
        r"(?:possible|practicable|feasible|(?:we|i|they|he|she) (?:possibly )?can)",
        _no_date,
    ),
    "in_the_future": Phrase(
        r"in the (?:very )?(?:near(?:est)? future|near term|short term|future|weeks and months"
        r"|meantime)|in due (?:course|time)|in a timely (?:manner|fashion|way)"
        r"|in a (?:little )?while|in a (?:bit|later phase)|down the (?:road|line)"
        r"|at some (?:later )?(?:point|time)|at a (?:later|future) (?:date|time|point)"
        r"|at (?:your|our) earliest convenience"
        r"|(?:some day|someday|eventually|sometime|some time) ?(?=[.,;?!]|$)"
        r"|when(?:ever)? (?:we|i|they) (?:can|get a chance|have it)|as (?:time|weather) allows"
        r"|as we (?:move forward|go(?= along|[.,;?!]|$))",
        _no_date,
    ),
    "later": Phrase(
        r"(?<!no )(?<!not )(?<!or )(?<!years )(?<!days )(?<!months )(?<!weeks )later(?: on)?"
        r"(?=[.,;?!]|$| (?:if|but|and)\b)",
        _no_date,
    ),
    "afterwards": Phrase(
        r"(?:after|following) (?:today(?:'s hearing|'s meeting)?|(?:the|this) (?:hearing|meeting))"
        r"|(?:offline )?afterwards?(?=[.,;?!]|$)",
        _no_date,
    ),
}
