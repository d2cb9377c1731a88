"""The words people use for time, as tables: pattern → what it names.

`LEADS` are the words in front of a stretch of days ("by", "before", "since") and how they read
it; `PARTS` narrow it ("the end of", "early"); `PERIODS` are the stretches ("next Friday", "June",
"the second quarter"); `PHRASES` mean something by themselves ("within 30 days", "at the next
hearing", "soon"). Patterns run on lower-case text with single spaces and straight apostrophes.
Nothing in them repeats without a bound, so reading is linear in the length of the text.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial

from commitments.dates import spans
from commitments.dates.due import Basis
from commitments.dates.numbers import CARDINAL, ORDINAL, ORDINAL_WORD, YEAR, number, year_number
from commitments.dates.spans import DAY, Span, Unit, one_day
from commitments.dates.workdays import Holidays, add_working_days

Match = re.Match[str]

NOON, OFFICES_CLOSE = time(12), time(17)
LONGEST_WAIT = 60 * 366  # days; "in 9000 years" names no due date
NEXT_WEEK = 7 * DAY

MONTHS = (
    "january february march april may june july august september october november december"
).split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


@dataclass(frozen=True, slots=True)
class Said:
    """When the words were spoken, and the calendars they are read by."""

    on: date
    at: time | None
    fiscal_year_end: tuple[int, int]
    holidays: Holidays


class Needs(StrEnum):
    """What must stand around words before they count as due words."""

    NOTHING = "nothing"
    LEAD = "lead"  # words in front: "in 2027", never "the 2027 budget"
    DEADLINE = "deadline"  # "by" or "before": "by close of business", never "at the end of the day"
    PART = "part"  # "the end of": never "the week" alone
    FUTURE = "future"  # something still to happen: "this year", "in June"
    ERRAND = "errand"  # something to be handed over: "I'll send it today"
    REPLY = "reply"  # hardly a word beside it: "Thirty days, probably."


@dataclass(frozen=True, slots=True)
class Period:
    """Words for a stretch of days. `recurs`: without a year they name the next such stretch."""

    pattern: str
    resolve: Callable[[Match, Said], Span | None]
    needs: Needs = Needs.NOTHING
    recurs: bool = False


@dataclass(frozen=True, slots=True)
class Reached:
    """What due words come to: a day, an event, a stretch to check in, or no date."""

    basis: Basis
    on: date | None = None
    start: date | None = None
    until: date | None = None
    next_check: date | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that carry a meaning of their own."""

    pattern: str
    resolve: Callable[[Match, Said], Reached | None]
    needs: Needs = Needs.NOTHING


# ── In front of a stretch ─────────────────────────────────────────────────────────────────────


class Reading(StrEnum):
    """How the words in front read a stretch."""

    BY = "by"  # due on its last day
    BEFORE = "before"  # due on the day before its first
    ROLLING = "rolling"  # all along it
    OPEN = "open"  # not earlier: no date to hold anybody to
    PAST = "past"  # recalled or measured, not due


LEADS = {
    Reading.BY: (
        r"on or (?:by|before|about)|by or before|(?:no|not) later than|by|at the latest|within"
        r"|in time for|inside(?: of)?|(?:between|from) now and|not until|n't [^.]{0,40}\buntil"
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
        r"(?<!it ))back (?:in|on|at)|from|until|till|last|earlier|past|previous|prior|between|every"
        r"|each|than|(?:so|thus) far|dated|leaders of"
    ),
}
DEADLINE = re.compile(r"\b(?:by|before|prior|ahead|advance|later than|latest|within|in time)\b")

HOUR = (
    r"(?:c\.?o\.?b\.?|e\.?o\.?d\.?|(?:the )?(?:close|end) of (?:the )?(?:business )?(?:business|day)"
    r"|noon|midday|midnight|first thing|\d{1,2}(?::\d\d)?(?: ?[ap]\.?m\.?| o'clock))"
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
    "week_after": (r"week (?:after|following)", lambda span: spans.week_of(span.last + NEXT_WEEK)),
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

# ── Stretches ─────────────────────────────────────────────────────────────────────────────────

_MONTH = "|".join(MONTHS)
_MONTH_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
_ANY_MONTH = rf"(?:{_MONTH}|{_MONTH_SHORT})"
_WEEKDAY = "|".join(WEEKDAYS)
_OF_YEAR = (
    rf"(?:,? (?:of )?(?:the )?(?:calendar )?(?:year )?(?P<year>{YEAR}|'\d\d)(?!\w)"
    r"|,? (?:of )?(?P<which_year>this|next|the following|the coming) year)"
)
_COMING = r"(?:this coming|the coming|coming|upcoming|this|next|the next)"
_NOT_A_LABEL = (
    r"(?!(?:'s)? (?:budget|plan|financial|report|numbers|data|figures|audit|hearings?|capital"
    r"|preliminary|executive|adopted|survey|study|elections?|census|act|law|class|cohort|funding"
    r"|levels?|baseline|allocation|revenues?|expenditures?|spending|actuals|people|cases|dollars"
    r"|calls|students|units|square|percent|revis))"
)
_NOT_A_THING = (
    r"(?! (?:street|st|avenue|ave|training|break|youth|jobs?|school|camps?|programs?|storms?|weather"
    r"|coats?|olympics|of|in (?:revenue|price|crime|enroll)\w*|back|behind|short|apart|into|under"
    r"|through the))"
)
_ENDS_DAY_NUMBER = (
    r"(?=[.,;:?!)-]|$| (?:of|and|at|or|to|for|if|so|we|we'll|i|i'll|you|they|it|that|which|is|as"
    r"|with|because|please|in|by|when|but|then|the|will|there|-)\b)"
)


def _year_said(m: Match, said: Said) -> int | None:
    """The year the words name, or None where they leave it open."""
    if m["year"]:
        return year_number(m["year"])
    if m["which_year"]:
        return said.on.year + (m["which_year"] != "this")
    return None


def _coming(in_year: Callable[[int], Span], said: Said) -> Span:
    """The first such stretch that isn't over on the day of the words."""
    spans_ahead = (in_year(said.on.year + k) for k in range(-1, 3))
    return next(span for span in spans_ahead if span.last >= said.on)


def _in_year_said(in_year: Callable[[int], Span], m: Match, said: Said) -> Span:
    year = _year_said(m, said)
    return in_year(year) if year else _coming(in_year, said)


def _month_number(word: str) -> int:
    return [name[:3] for name in MONTHS].index(word[:3]) + 1


def _month(m: Match, said: Said) -> Span:
    month = _month_number(m["month"])
    return _in_year_said(lambda year: spans.month_of(year, month), m, said)


def _either_month(m: Match, said: Said) -> Span:
    month = _month_number(m["later"] or m["month"])
    return _coming(lambda year: spans.month_of(year, month), said)


def _month_day(m: Match, said: Said) -> Span | None:
    month, day = _month_number(m["month"]), number(m["day"])
    if not 1 <= day <= 31:
        return None
    return _in_year_said(lambda year: one_day(spans.clipped(year, month, day)), m, said)


def _numeric(m: Match, said: Said) -> Span | None:
    """Month first, as Americans write: 3/4 is March 4."""
    month, day = int(m["month"]), int(m["day"])
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    if m["year"]:
        return one_day(spans.clipped(year_number(m["year"]), month, day))
    return _coming(lambda year: one_day(spans.clipped(year, month, day)), said)


def _iso(m: Match, said: Said) -> Span | None:
    try:
        return one_day(date.fromisoformat(m[0]))
    except ValueError:
        return None


def _day_number(m: Match, said: Said) -> Span | None:
    """The next month that has such a day: "the 31st", said in November, is December 31."""
    day = number(m["day"])
    if not 1 <= day <= 31:
        return None
    first = said.on.replace(day=1)
    months = [spans.add_months(first, k) for k in range(12)]
    if m["which"]:
        months = [months[m["which"] not in ("this", "the")]]
    days = (spans.clipped(month.year, month.month, day) for month in months)
    return next((one_day(d) for d in days if d >= said.on and (d.day == day or m["which"])), None)


def _first_of(m: Match, said: Said) -> Span:
    """The first of the month or of the year: the next one that comes."""
    if m["unit"] == "year":
        return one_day(date(said.on.year + 1, 1, 1))
    return one_day(spans.add_months(said.on.replace(day=1), 1))


def _weekday(m: Match, said: Said) -> Span:
    """Alone it is the first such day after today; "next" is the one of next week."""
    this_week = said.on - said.on.weekday() * DAY
    day = this_week + WEEKDAYS.index(m["weekday"]) * DAY
    which, week = m["which"] or "", m["week"] or ""
    if "after next" in week:
        day += 2 * NEXT_WEEK
    elif "this" in week:
        pass
    elif (
        week
        or which in ("next", "following")
        or day < said.on
        or (day == said.on and not which.startswith("this"))
    ):
        day += NEXT_WEEK
    weeks = number(m["weeks"]) if m["weeks"] else 0
    return one_day(day + weeks * NEXT_WEEK)


def _tomorrow(m: Match, said: Said) -> Span:
    return one_day(said.on + (2 if m["after"] else 1) * DAY)


def _today(m: Match, said: Said) -> Span | None:
    """None for a part of the day that is over when the words fall."""
    over = {"morning": NOON, "afternoon": OFFICES_CLOSE}.get(m["part_of_day"] or "")
    return None if said.at and over and said.at >= over else one_day(said.on)


def _hour(m: Match, said: Said) -> Span:
    """Today, or tomorrow once the offices have closed."""
    closed = said.at is not None and said.at >= OFFICES_CLOSE
    return one_day(said.on + closed * DAY)


def _unit_holding(day: date, kind: str, unit: str, said: Said) -> Span:
    if kind.strip() in ("fiscal", "budget") and unit in ("year", "quarter"):
        year = spans.fiscal_year_holding(day, said.fiscal_year_end)
        if unit == "year":
            return year
        quarters = (spans.quarter_of(year, n) for n in (1, 2, 3, 4))
        return next(quarter for quarter in quarters if quarter.last >= day)
    match unit:
        case "week":
            return spans.week_of(day)
        case "month":
            return spans.month_of(day.year, day.month)
        case "quarter":
            return spans.quarter_holding(day)
        case _:
            return spans.year_of(day.year)


def _unit(m: Match, said: Said) -> Span:
    """This or next week, month, quarter, year; a week said on a weekend is the coming one."""
    which = m["which"] or "the"
    ahead = 0 if which in ("this", "the", "current", "the current", "our") else 1
    ahead += bool(m["after_next"])
    kind, unit = m["kind"] or "", m["unit"]
    span = _unit_holding(said.on, kind, unit, said)
    for _ in range(ahead):
        after = span.first + NEXT_WEEK if unit == "week" else span.last + DAY
        span = _unit_holding(after, kind, unit, said)
    return span if span.last >= said.on else spans.week_of(said.on + NEXT_WEEK)


def _unit_end(m: Match, said: Said) -> Span:
    return _unit_holding(said.on, m["kind"] or "", m["unit"], said)


NTH_QUARTER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
NTH_QUARTER |= {"4th": 4, "final": 4, "one": 1, "two": 2, "three": 3, "four": 4}


def _quarter(m: Match, said: Said) -> Span:
    """A calendar quarter, unless a fiscal year is named."""
    word = m["q"] or m["nth"] or m["n"]
    n = int(word) if word.isdigit() else NTH_QUARTER[word]
    fiscal = partial(spans.fiscal_year, ends=said.fiscal_year_end)
    if m["fiscal_year"]:
        return spans.quarter_of(fiscal(year_number(m["fiscal_year"])), n)
    if m["the_fiscal_year"]:
        year = spans.fiscal_year_holding(said.on, said.fiscal_year_end)
        if "next" in m["the_fiscal_year"]:
            year = fiscal(year.last.year + 1)
        return spans.quarter_of(year, n)
    whole_year = fiscal if m["fiscal"] else spans.year_of
    return _in_year_said(lambda year: spans.quarter_of(whole_year(year), n), m, said)


def _season(m: Match, said: Said) -> Span:
    return _in_year_said(lambda year: spans.season_of(m["season"], year), m, said)


def _fiscal_year(m: Match, said: Said) -> Span:
    return spans.fiscal_year(year_number(m["year"]), said.fiscal_year_end)


def _calendar_year(m: Match, said: Said) -> Span:
    return spans.year_of(year_number(m["year"]))


def _new_year(m: Match, said: Said) -> Span:
    """ "In the new year": its first quarter."""
    return spans.quarter_of(spans.year_of(said.on.year + 1), 1)


def _holiday(in_year: Callable[[int], date], m: Match, said: Said) -> Span:
    return _in_year_said(lambda year: one_day(in_year(year)), m, said)


def _the_holidays(m: Match, said: Said) -> Span:
    """From Christmas Eve to New Year's Day."""
    return _coming(lambda y: Span(date(y, 12, 24), date(y + 1, 1, 1), Unit.WEEK), said)


_ORDINAL_DAY = rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)?(?![\d:%$])|{ORDINAL_WORD})(?!\w)"
_WEEKDAY_FIRST = rf"(?:(?:{_COMING} )?(?:{_WEEKDAY}),? (?:the )?)?"

PERIODS: dict[str, Period] = {
    "iso": Period(r"(?:19|20)\d\d-\d\d-\d\d", _iso),
    "numeric_year": Period(
        r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>\d{4}|\d\d)", _numeric, Needs.LEAD
    ),
    "numeric": Period(
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})(?P<year>)(?![/\d]| of| vote| majority)",
        _numeric,
        Needs.DEADLINE,
        recurs=True,
    ),
    "new_year": Period(r"(?<=in the )new year|(?<=into the )new year", _new_year),
    **{
        f"holiday_{i}": Period(
            rf"(?:{pattern})(?!')(?! (?:dinner|parade|lights|tree|party)){_OF_YEAR}?",
            partial(_holiday, in_year),
            Needs.FUTURE,
            recurs=True,
        )
        for i, (pattern, in_year) in enumerate(spans.HOLIDAYS.items())
    },
    "the_holidays": Period(r"(?:the )?(?:holidays|holiday season)", _the_holidays, Needs.DEADLINE),
    "month_year": Period(
        rf"(?P<month>{_ANY_MONTH}){_OF_YEAR}{_NOT_A_LABEL}", _month, Needs.NOTHING
    ),
    "month_day": Period(
        rf"{_WEEKDAY_FIRST}(?P<month>(?!may|march){_ANY_MONTH}) (?:the )?{_ORDINAL_DAY}{_OF_YEAR}?",
        _month_day,
        recurs=True,
    ),
    "verb_month_day": Period(  # "May 5", but not "you may first want to"
        rf"{_WEEKDAY_FIRST}(?P<month>may|march) (?:the )?(?!first|second){_ORDINAL_DAY}{_OF_YEAR}?",
        _month_day,
        recurs=True,
    ),
    "verb_month_first": Period(
        rf"(?P<month>may|march) (?:the )?(?P<day>first|second)(?!\w){_OF_YEAR}?",
        _month_day,
        Needs.LEAD,
        recurs=True,
    ),
    "day_month": Period(
        rf"{_WEEKDAY_FIRST}(?:the )?(?P<day>{ORDINAL}|\d{{1,2}})(?: day)?(?: of)?"
        rf" (?P<month>{_ANY_MONTH})(?!\w){_OF_YEAR}?",
        _month_day,
        Needs.LEAD,
        recurs=True,
    ),
    "either_month": Period(
        rf"(?P<month>{_MONTH}) (?:or|to|and) (?P<later>{_MONTH})", _either_month, Needs.FUTURE
    ),
    "month": Period(
        rf"(?:{_COMING} )?(?P<month>(?!may|march)(?:{_MONTH}))(?P<year>)(?P<which_year>){_NOT_A_LABEL}",
        _month,
        Needs.FUTURE,
        recurs=True,
    ),
    "verb_month": Period(
        r"(?P<month>may|march)(?P<year>)(?P<which_year>)(?! (?:of|be|have|not|i|we)\b)"
        rf"{_NOT_A_LABEL}",
        _month,
        Needs.LEAD,
        recurs=True,
    ),
    "coming_verb_month": Period(
        rf"{_COMING} (?P<month>may|march)(?P<year>)(?P<which_year>){_NOT_A_LABEL}",
        _month,
        recurs=True,
    ),
    "first_of": Period(r"(?:first|1st) of the (?P<unit>month|year)", _first_of, Needs.LEAD),
    "day_number": Period(
        rf"{_WEEKDAY_FIRST}(?:the )?"
        rf"(?P<day>\d{{1,2}}(?:st|nd|rd|th)|(?!first|second|third){ORDINAL_WORD})"
        rf"(?: of (?P<which>this|next|the following|the) month)?{_ENDS_DAY_NUMBER}",
        _day_number,
        Needs.LEAD,
        recurs=True,
    ),
    "day_number_of_month": Period(
        r"(?:the )?(?P<day>first|second|third) of (?P<which>this|next|the following|the) month",
        _day_number,
        Needs.LEAD,
        recurs=True,
    ),
    "weekday": Period(
        rf"(?:(?P<weeks>{CARDINAL}) weeks? from )?"
        rf"(?:(?P<which>this coming|this|next|following|coming) )?(?P<weekday>{_WEEKDAY})(?!')"
        r"(?: (?:morning|afternoon|evening|night|noon)(?! quarterback))?(?! morning)"
        r"(?P<week>,? (?:of )?(?:this|next|the following) week| after next)?",
        _weekday,
        recurs=True,
    ),
    "weekday_possessive": Period(
        rf"(?P<weeks>)(?P<which>next )?(?P<weekday>{_WEEKDAY})(?='s )(?P<week>)",
        _weekday,
        Needs.DEADLINE,
        recurs=True,
    ),
    "week_weekday": Period(
        rf"(?P<weeks>)(?P<which>)(?P<week>next week) (?:on )?(?P<weekday>{_WEEKDAY})", _weekday
    ),
    "tomorrow": Period(
        r"(?P<after>(?:the )?day after )?tomorrow(?: morning| afternoon| evening| night)?(?!')",
        _tomorrow,
    ),
    "later_today": Period(
        r"(?:later |first thing )(?:today|tonight|this (?P<part_of_day>morning|afternoon|evening))",
        _today,
    ),
    "today": Period(
        r"(?:today|tonight|this (?P<part_of_day>morning|afternoon|evening))(?!')",
        _today,
        Needs.ERRAND,
    ),
    "hour": Period(HOUR, _hour, Needs.DEADLINE),
    "quarter": Period(
        r"(?:(?P<fiscal>fiscal )?q(?P<q>[1-4])|(?P<nth>first|second|third|fourth|final|[1-4](?:st"
        r"|nd|rd|th)) (?:fiscal |calendar )?quarter|quarter (?P<n>[1-4]|one|two|three|four))"
        rf"(?:,? (?:of )?(?:fy|fiscal(?: year)?) ?'?(?P<fiscal_year>\d\d(?:\d\d)?|{YEAR})"
        r"|,? of (?P<the_fiscal_year>(?:the|this|next|our)(?: current| next)? fiscal year)"
        rf"|{_OF_YEAR}| of (?:the|this) (?:calendar )?year)?{_NOT_A_LABEL}",
        _quarter,
        Needs.FUTURE,
        recurs=True,
    ),
    "fiscal_year": Period(
        rf"(?:the )?(?:fy|fiscal(?: years?)?)[ -]?'?(?P<year>{YEAR}|\d\d)(?!\d)(?:-\d\d)?"
        rf"{_NOT_A_LABEL}",
        _fiscal_year,
        Needs.LEAD,
    ),
    "unit": Period(
        r"(?P<which>this coming|the coming|coming|this next|our next|the next|next|the following"
        r"|the current|current|this) (?P<kind>calendar |fiscal |budget )?"
        r"(?P<unit>week|month|quarter|year)(?P<after_next> after next)?(?!'|-)"
        r"(?! (?:or (?:two|so)|and a half))",
        _unit,
    ),
    "week_after_next": Period(
        r"(?:the )?(?P<which>)(?P<kind>)(?P<unit>week|month|quarter|year)(?P<after_next>)"
        r" after next",
        _unit,
    ),
    "bare_unit": Period(
        r"(?P<which>)(?P<kind>calendar |fiscal |budget )?(?P<unit>week|month|quarter|year)"
        r"(?P<after_next>)(?!'|-)(?! (?:of|after|following)\b)",
        _unit,
        Needs.PART,
    ),
    "unit_end": Period(
        r"(?P<kind>calendar |fiscal )?(?P<unit>week|month|quarter|year)(?:'s|-| )end", _unit_end
    ),
    "season_year": Period(rf"(?P<season>spring|summer|fall|autumn|winter){_OF_YEAR}", _season),
    "season": Period(
        rf"(?P<year>)(?P<which_year>)(?:{_COMING} )(?P<season>spring|summer|fall|autumn|winter)"
        rf"{_NOT_A_THING}",
        _season,
        Needs.FUTURE,
        recurs=True,
    ),
    "bare_season": Period(
        rf"(?P<year>)(?P<which_year>)(?P<season>spring|summer|fall|autumn|winter){_NOT_A_THING}",
        _season,
        Needs.LEAD,
        recurs=True,
    ),
    "calendar_year": Period(
        rf"(?P<year>{YEAR}){_NOT_A_LABEL}(?![,.]\d)", _calendar_year, Needs.LEAD
    ),
}

# ── Phrases ───────────────────────────────────────────────────────────────────────────────────

_COUNT = (
    rf"(?P<count>{CARDINAL})(?: ?(?:to|or|-) ?(?P<most>{CARDINAL}))?"
    r"(?: (?P<working>business|working)| calendar| more| full)?[ -]?"
    r"(?P<unit>hour|day|week|month|quarter|year)s?\b'?(?! (?:ago|old|early|later?)\b)"
    r"(?: (?P<half>and a half)| or (?P<or_more>two|so|three))?"
    r"(?! (?:a|an|per|each|every|of (?:service|experience|age|data|testimony))\b)(?!-)(?:'? time)?"
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
    r"bi-?weekly|every (?:other|two|2) weeks?": lambda day: day + 2 * NEXT_WEEK,
    r"weekly|every week|each week|once a week": lambda day: day + NEXT_WEEK,
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
    r"|(?P<often>(?:every|each) (?:other |two |three |six |[236] )?(?:day|week|month|quarter|year)s?"
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


_SITTING = (
    r"(?:hearings?|meetings?|sessions?|budgets?|votes?|updates?|reports?|briefings?|sittings?)"
)
_EVENT = (
    r"(?:hearings?|meetings?|votes?|budget(?: cycle| process| hearings?| adoption)?|plan|cycle"
    r"|session|adoption|elections?|revision|revise|updates?|reports?|deadline|recess|launch|rollout"
    r"|school year|semester|summit|briefings?|term|packet|agenda|season|opening|storms)\b"
    r"(?! (?:office|director|division|committee|staff|team|chair|is about))"
)
_WORD = (
    rf"(?:(?!(?:by|before|after|and|or|but|that|which|who|is|was|we|i|you|to|{_WEEKDAY})\b)"
    r"(?!\d{1,3}\b)[a-z0-9'-]+ )"
)
_NEXT = (
    r"(?:next|upcoming|following|subsequent|future|forthcoming|executive|preliminary|adopted"
    r"|next year's|may)"
)
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
        rf" (?:(?:after|following|from|before|prior to|ahead of) (?!{_NOW}|{_WEEKDAY})"
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
        r"|(?:give|have|need) (?:us |me |you |them )?|takes? (?:us |me |them )?|taking|in,)"
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
    "before_it_happens": Phrase(
        r"before (?:we|you|they|it|(?:the|this) (?:[a-z'-]+ ){1,4}?)"
        r" ?(?:votes?|adopts?|acts?|reconvenes?|meets?|returns?|ends?|closes?|opens|hits?|starts"
        r"|begins|comes? back|finali[sz]es?|approves?|passes)\b",
        _event,
    ),
    "next_event": Phrase(
        r"(?:(?:by the time of|at|in|during|for|on|by|with|as part of|until|come back(?: at)?)"
        rf" )?(?:(?:the|our|your|a|this|they) )?{_NEXT} {_WORD}{{0,4}}{_EVENT}",
        _event,
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
        r"(?:(?:with)?in|over|for|during|across|throughout) (?:the course of )?(?:a |the )?(?:very )?"
        rf"(?:(?:next|coming|following) )?(?:{_SOME} {_UNITS}|coming {_UNITS}|{_UNITS} ahead"
        rf"|{_UNITS} to come)",
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
        r"|meantime)|in due (?:course|time)|in a timely (?:manner|fashion|way)|in a (?:little )?while"
        r"|in a (?:bit|later phase)|down the (?:road|line)|at some (?:later )?(?:point|time)"
        r"|at a (?:later|future) (?:date|time|point)|at (?:your|our) earliest convenience"
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

# ── A quick look ──────────────────────────────────────────────────────────────────────────────

TIME_WORDS = re.compile(
    rf"\d(?:st|nd|rd|th)\b|\d[/-]\d|\b(?:19|20)\d\d\b|\b(?:{_MONTH}|{_WEEKDAY}|{_MONTH_SHORT} \d"
    r"|hour|day|week|month|quarter|year|minutes|today|tonight|tomorrow|morning|afternoon|evening"
    r"|noon|midday|midnight|spring|summer|fall|autumn|winter|daily|bi-?(?:week|month|ann)|semi-?ann"
    r"|annual|fiscal|fy|q[1-4]|twenty|two thousand|nineteen|holidays?|cob|c\.o\.b|eod|e\.o\.d"
    r"|close of|end of|first thing|\d{1,2}(?::\d\d)? ?[ap]\.?m|o'clock|regular|rolling|ongoing"
    r"|continuous|continuing|periodic|before|prior|ahead|advance|in time|leading up|next|upcoming"
    r"|following|subsequent|future|forthcoming|executive|preliminary|adopted|once|as soon|upon"
    r"|pending|when|soon|shortly|later|momentarily|promptly|right away|immediately|expeditiously"
    r"|asap|in short order|as (?:quickly|fast|promptly|time|weather|we)|near term|short term"
    r"|meantime|in due|timely|in a (?:little )?(?:while|bit)|down the|at some|at a|earliest|some ?day"
    rf"|eventually|some ?time|afterwards?|after|{'|'.join(spans.HOLIDAYS)})"
)
"""A first look that misses nothing: text without any of these holds no entry of the tables."""
