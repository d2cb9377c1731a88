"""Stretches of days that words can name.

Everything a speaker can say about time is a stretch: a day, a week, June, the second quarter,
a season. One principle decides every date: **a stretch is due on its last day**, so that nobody
is called late before the time they named is over.
"""

import calendar
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
A_WEEK = 7 * DAY
MONTHS_A_YEAR = 12
MONTHS_A_QUARTER = 3
FRIDAY = 4


class Unit(StrEnum):
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """From its first to its last day, both inside it."""

    first: date
    last: date
    unit: Unit


def one_day(day: date) -> Span:
    return Span(day, day, Unit.DAY)


def clipped(year: int, month: int, day: int) -> date:
    """That day, or the month's last where it has no such day: February 29, June 31."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return clipped(year, month + 1, day.day)


def week_of(day: date) -> Span:
    """Monday to Friday of the week that holds `day`; weeks begin on Monday."""
    monday = day - day.weekday() * DAY
    return Span(monday, monday + FRIDAY * DAY, Unit.WEEK)


def month_of(year: int, month: int) -> Span:
    return Span(date(year, month, 1), clipped(year, month, 31), Unit.MONTH)


def months_from(first: date, months: int, unit: Unit) -> Span:
    return Span(first, add_months(first, months) - DAY, unit)


def year_of(year: int) -> Span:
    return months_from(date(year, 1, 1), MONTHS_A_YEAR, Unit.YEAR)


def fiscal_year(year: int, ends: tuple[int, int]) -> Span:
    """The fiscal year named after the calendar year in which it ends on (month, day)."""
    return Span(clipped(year - 1, *ends) + DAY, clipped(year, *ends), Unit.YEAR)


def fiscal_year_holding(day: date, ends: tuple[int, int]) -> Span:
    this = fiscal_year(day.year, ends)
    return this if day <= this.last else fiscal_year(day.year + 1, ends)


def quarter_of(year: Span, n: int) -> Span:
    """The n-th quarter, 1 to 4, of a calendar or fiscal year."""
    first = add_months(year.first, MONTHS_A_QUARTER * (n - 1))
    return months_from(first, MONTHS_A_QUARTER, Unit.QUARTER)


def quarter_holding(day: date) -> Span:
    return quarter_of(year_of(day.year), (day.month - 1) // MONTHS_A_QUARTER + 1)


SEASONS = {
    "spring": ((3, 20), (6, 20)),
    "summer": ((6, 21), (9, 22)),
    "fall": ((9, 23), (12, 20)),
    "autumn": ((9, 23), (12, 20)),
    "winter": ((12, 21), (3, 19)),
}
"""First and last day (month, day) by the almanac, the latest reading of a season's end."""


def season_of(name: str, year: int) -> Span:
    """The season that begins in `year`: the winter of 2026 ends in March 2027."""
    first, last = SEASONS[name]
    return Span(date(year, *first), date(year + (last < first), *last), Unit.SEASON)


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of a month; n = -1 for its last. Monday is 0."""
    days = [week[weekday] for week in calendar.monthcalendar(year, month) if week[weekday]]
    return date(year, month, days[n - 1 if n > 0 else n])


def easter(year: int) -> date:
    """Easter Sunday, Gregorian calendar; the anonymous algorithm of Nature, 20 April 1876."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def election_day(year: int) -> date:
    """The Tuesday after the first Monday of November."""
    return nth_weekday(year, 11, 0, 1) + DAY


HOLIDAYS: dict[str, Callable[[int], date]] = {
    r"new year'?s eve": lambda year: date(year, 12, 31),
    r"new year(?:'?s)?(?: day)?": lambda year: date(year, 1, 1),
    r"(?:mlk|martin luther king)(?:,? jr\.?)?(?:'s)?(?: birthday| day)": (
        lambda year: nth_weekday(year, 1, 0, 3)
    ),
    r"valentine'?s(?: day)?": lambda year: date(year, 2, 14),
    r"presidents?'?s?'? day|washington's birthday": lambda year: nth_weekday(year, 2, 0, 3),
    r"(?:saint|st\.?) patrick'?s day": lambda year: date(year, 3, 17),
    r"good friday": lambda year: easter(year) - 2 * DAY,
    r"easter(?: sunday)?": easter,
    r"memorial day": lambda year: nth_weekday(year, 5, 0, -1),
    r"juneteenth": lambda year: date(year, 6, 19),
    r"(?:the )?(?:fourth of july|july fourth)|independence day": lambda year: date(year, 7, 4),
    r"labor day": lambda year: nth_weekday(year, 9, 0, 1),
    r"columbus day|indigenous peoples?'?s?'? day": lambda year: nth_weekday(year, 10, 0, 2),
    r"halloween": lambda year: date(year, 10, 31),
    r"election day": election_day,
    r"veterans?'?s?'? day": lambda year: date(year, 11, 11),
    r"thanksgiving(?: day)?": lambda year: nth_weekday(year, 11, 3, 4),
    r"christmas eve": lambda year: date(year, 12, 24),
    r"christmas(?: day)?|xmas": lambda year: date(year, 12, 25),
}
"""Days that Americans name in place of a date, whether or not the Council is closed on them."""


def middle_of(span: Span) -> Span:
    """Through the middle: a week's Wednesday, a month's 15th, a year's sixth month."""
    match span.unit:
        case Unit.MONTH:
            return replace(span, last=span.first + 14 * DAY)
        case Unit.YEAR:
            return months_from(span.first, 6, Unit.YEAR)
        case _:
            return replace(span, last=span.first + (span.last - span.first) // 2)


def early_part_of(span: Span) -> Span:
    """Through the early part: a week's Wednesday, a month's 10th, a quarter's or season's first
    month, a year's first quarter."""
    match span.unit:
        case Unit.WEEK:
            return middle_of(span)
        case Unit.MONTH:
            return replace(span, last=span.first + 9 * DAY)
        case Unit.QUARTER | Unit.SEASON:
            return months_from(span.first, 1, span.unit)
        case Unit.YEAR:
            return quarter_of(span, 1)
        case _:
            return span


def nth_week_of(span: Span, n: int) -> Span:
    """The n-th seven days of a longer stretch, n = -1 for its last: the first week of May ends
    on May 7."""
    if n < 0:
        return Span(span.last - 6 * DAY, span.last, Unit.WEEK)
    first = span.first + 7 * (n - 1) * DAY
    return Span(first, first + 6 * DAY, Unit.WEEK)
