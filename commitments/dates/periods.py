"""Stretches of days as people name them: one row each, its words and the days they come to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from functools import partial

from commitments.dates import spans
from commitments.dates.grammar import Match, Needs, Period, Said
from commitments.dates.leads import HOUR
from commitments.dates.numbers import CARDINAL, ORDINAL, ORDINAL_WORD, YEAR, number, year_number
from commitments.dates.spans import A_WEEK, DAY, Span, Unit, one_day

NOON, OFFICES_CLOSE = time(12), time(17)

MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
WEEKDAY = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
MONTH_SHORT = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
_ANY_MONTH = rf"(?:{MONTH}|{MONTH_SHORT})"
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
    r"(?! (?:street|st|avenue|ave|training|break|youth|jobs?|school|camps?|programs?|storms?"
    r"|weather|coats?|olympics|of|in (?:revenue|price|crime|enroll)\w*|back|behind|short|apart"
    r"|into|under|through the))"
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


def _place(word: str, names: str) -> int:
    """Where the month or weekday, in full or abbreviated, stands among its kind."""
    return next(i for i, name in enumerate(names.split("|")) if name[:3] == word[:3])


def _month_number(word: str) -> int:
    return _place(word, MONTH) + 1


def _month(m: Match, said: Said) -> Span:
    month = _month_number(m["month"])
    return _in_year_said(lambda year: spans.month_of(year, month), m, said)


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
    day = this_week + _place(m["weekday"], WEEKDAY) * DAY
    which, week = m["which"] or "", m["week"] or ""
    if "after next" in week:
        day += 2 * A_WEEK
    elif "this" in week:
        pass
    elif (
        week
        or which in ("next", "following")
        or day < said.on
        or (day == said.on and not which.startswith("this"))
    ):
        day += A_WEEK
    weeks = number(m["weeks"]) if m["weeks"] else 0
    return one_day(day + weeks * A_WEEK)


def _tomorrow(m: Match, said: Said) -> Span:
    return one_day(said.on + (2 if m["after"] else 1) * DAY)


def _today(m: Match, said: Said) -> Span | None:
    """None for a part of the day that is over when the words fall."""
    over = {"morning": NOON, "afternoon": OFFICES_CLOSE}.get(m["part_of_day"] or "")
    return None if said.at and over and said.at >= over else one_day(said.on)


def _hour(m: Match, said: Said) -> Span:
    """Today, or tomorrow once the offices have closed."""
    closed = said.at is not None and said.at >= OFFICES_CLOSE
    return replace(one_day(said.on + closed * DAY), unit=Unit.HOUR)


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
    ahead = 2 if m["after_next"] else ahead
    kind, unit = m["kind"] or "", m["unit"]
    span = _unit_holding(said.on, kind, unit, said)
    for _ in range(ahead):
        after = span.first + A_WEEK if unit == "week" else span.last + DAY
        span = _unit_holding(after, kind, unit, said)
    return span if span.last >= said.on else spans.week_of(said.on + A_WEEK)


def _unit_end(m: Match, said: Said) -> Span:
    return one_day(_unit_holding(said.on, m["kind"] or "", m["unit"], said).last)


def _weekend(m: Match, said: Said) -> Span:
    """Its Sunday, which rolls to the working day after it."""
    sunday = spans.week_of(said.on).first + 6 * DAY
    return one_day(sunday + (m["which"] == "next") * A_WEEK)


NTH_QUARTER = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
NTH_QUARTER |= {"4th": 4, "final": 4, "last": 4, "one": 1, "two": 2, "three": 3, "four": 4}


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
_WEEKDAY_FIRST = rf"(?:(?:{_COMING} )?(?:{WEEKDAY}),? (?:the )?)?"

PERIODS: dict[str, Period] = {
    "iso": Period(r"(?:19|20)\d\d-\d\d-\d\d", _iso),
    "numeric_year": Period(
        r"(?P<month>\d{1,2})[/-](?P<day>\d{1,2})[/-](?P<year>(?:19|20)\d\d|\d\d)(?!\d)",
        _numeric,
        Needs.LEAD,
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
    "month": Period(
        rf"(?:{_COMING} )?(?P<month>(?!may|march)(?:{MONTH}))(?P<year>)(?P<which_year>)"
        rf"{_NOT_A_LABEL}",
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
    "first_days": Period(
        r"(?:the )?(?P<day>first|second|third) of (?P<which>this|next|the following) month",
        _day_number,
        Needs.LEAD,
        recurs=True,
    ),
    "weekday": Period(
        rf"(?:(?P<weeks>{CARDINAL}) weeks? from )?"
        rf"(?:(?P<which>this coming|this|next|following|coming) )?(?P<weekday>{WEEKDAY})(?!')"
        r"(?: (?:morning|afternoon|evening|night|noon)(?! quarterback))?(?! (?:morning|school))"
        r"(?P<week>,? (?:of )?(?:this|next|the following) week| after next)?",
        _weekday,
        recurs=True,
    ),
    "weekday_possessive": Period(
        rf"(?P<weeks>)(?P<which>next )?(?P<weekday>{WEEKDAY})(?='s )(?P<week>)",
        _weekday,
        Needs.DEADLINE,
        recurs=True,
    ),
    "weekday_short": Period(
        r"(?P<weeks>)(?P<which>next )?(?P<weekday>mon|tues?|wed|thu(?:rs?)?|fri)\b\.?(?P<week>)",
        _weekday,
        Needs.DEADLINE,
        recurs=True,
    ),
    "weekend": Period(
        r"(?:(?P<which>this|next|the) )?(?:coming )?weekend(?!')", _weekend, Needs.FUTURE
    ),
    "week_weekday": Period(
        rf"(?P<weeks>)(?P<which>)(?P<week>next week) (?:on )?(?P<weekday>{WEEKDAY})", _weekday
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
        r"(?:(?P<fiscal>fiscal )?q(?P<q>[1-4])|(?P<nth>first|second|third|fourth|final"
        r"|last(?= quarter of)|[1-4](?:st|nd|rd|th)) (?:fiscal |calendar )?quarter"
        r"|quarter (?P<n>[1-4]|one|two|three|four))"
        rf"(?:,? (?:of )?(?:fy|fiscal(?: year)?) ?'?(?P<fiscal_year>{YEAR}|\d\d)"
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
    "unit_after_next": Period(
        r"(?:the )?(?P<which>)(?P<kind>)(?P<unit>week|month|quarter|year)"
        r"(?P<after_next> after next)",
        _unit,
    ),
    "unit_end": Period(
        r"(?P<kind>calendar |fiscal )?(?P<unit>week|month|quarter|year)(?:'s |-| )end", _unit_end
    ),
    "bare_unit": Period(
        r"(?P<which>)(?P<kind>calendar |fiscal |budget )?(?P<unit>week|month|quarter|year)"
        r"(?P<after_next>)(?!'|-)(?! (?:of|after|following)\b)",
        _unit,
        Needs.PART,
        recurs=True,
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
