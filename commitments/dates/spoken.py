"""The due words in what somebody said, and the date they name.

Every word for time in an utterance is a candidate. What stands around it decides whether it is a
due date ("by June 30th"), a memory ("as of June 30th"), or a name ("the June 30th report"). Of
several the best is kept: said of the future, then a date over an event over a vague word, then a
deadline over a mention, then "in June" over "June", then the first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import lru_cache
from itertools import chain
from typing import Generic, TypeVar

from commitments.dates import spans
from commitments.dates.context import Context
from commitments.dates.due import Basis, Due, long_date
from commitments.dates.grammar import Match, Needs, Period, Phrase, Reached, Reading, Said
from commitments.dates.leads import DEADLINE, IN_FRONT, PARTS
from commitments.dates.periods import MONTH, MONTH_SHORT, PERIODS, WEEKDAY
from commitments.dates.phrases import PHRASES, check_in
from commitments.dates.spans import DAY, Span, Unit
from commitments.dates.workdays import Holidays, roll_forward, rolled_note

FRONT = 96  # characters that the words in front of a stretch may take
LONG_AHEAD = 275 * DAY  # "on March 3rd", said in April, recalls rather than promises
JOINTS = (" or ", " to ", " or maybe ", ", or ", " or by ")
RANK = {Basis.SPOKEN: 2, Basis.ROLLING: 1, Basis.EVENT: 1, Basis.NONE: 0}

PLAIN = str.maketrans(
    {chr(c): chr(c + 32) for c in range(ord("A"), ord("Z") + 1)}
    | {"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-"}
)
"""To the letters the grammar is written in, one for one: places in the text stay the same."""

TIME_WORDS = re.compile(
    rf"\d(?:st|nd|rd|th)\b|\d[/-]\d|\b(?:19|20)\d\d\b|\b(?:{MONTH}|{WEEKDAY}|{MONTH_SHORT} \d"
    r"|hour|day|week|month|quarter|year|minutes|today|tonight|tomorrow|morning|afternoon|evening"
    r"|noon|midday|midnight|spring|summer|fall|autumn|winter|daily|bi-?(?:week|month|ann)|semi-?ann"
    r"|annual|fiscal|fy|q[1-4]|twenty|two thousand|nineteen|holidays?|cob|c\.o\.b|eod|e\.o\.d"
    r"|close of|end of|first thing|weekend|school|by the time"
    r"|\d{1,2}(?::\d\d)? ?[ap]\.?m|o'clock|(?:mon|tues?|wed|thu(?:rs?)?|fri)\b|regular|rolling"
    r"|ongoing|continuous|continuing|periodic|before|prior|ahead|advance|in time|leading up|next"
    r"|upcoming|following|subsequent|future|forthcoming|executive|preliminary|adopted|once"
    r"|as soon|upon|pending|when|soon|shortly|later|momentarily|promptly|right away|immediately"
    r"|expeditiously|asap|in short order|as (?:quickly|fast|promptly|time|weather|we)|near term"
    r"|short term|meantime|in due|timely|in a (?:little )?(?:while|bit)|down the|at some|at a"
    r"|earliest"
    rf"|some ?day|eventually|some ?time|afterwards?|after|{'|'.join(spans.HOLIDAYS)})"
)
"""A first look that misses nothing: text without any of these holds no entry of the tables."""


def spoken_due(
    text: str,
    said_on: date,
    *,
    holidays: Holidays,
    fiscal_year_end: tuple[int, int] = (6, 30),
    said_at: time | None = None,
    asked: Sequence[str] = (),
) -> Due | None:
    """When it falls due by the words of `text`, or else of the requests it answers.

    `asked` holds the requests in the order spoken; the last is read first, and none if the answer
    has date words of its own, vague ones too: "Can we have it by Friday?" "We'll get it to you
    soon." gives no date. None where nobody named a time. `said_at` is the council's local time.
    """
    said = Said(said_on, said_at, fiscal_year_end, holidays)
    if found := _best(text, said):
        return _due(found, said, "said")
    for request in reversed(asked):
        if found := _best(request, said):
            return _due(found, said, "asked")
    return None


# ── Finding ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Found:
    """Due words, where they stand, and what they come to."""

    words: str
    start: int
    end: int
    reached: Reached
    rank: tuple[bool, int, bool, bool, int]


def _best(text: str, said: Said) -> Found | None:
    words = " ".join(text.split())
    plain = words.translate(PLAIN)
    own = _own_holidays(frozenset(said.holidays.values()))
    if not (TIME_WORDS.search(plain) or own.finds(plain)):
        return None
    found = chain(
        (_phrase(phrase, m, plain, words, said) for phrase, m in _PHRASES.scan(plain)),
        (_period(period, m, plain, words, said) for period, m in _PERIODS.scan(plain)),
        (_period(period, m, plain, words, said) for period, m in own.scan(plain)),
    )
    standing = _joined(_outermost(each for each in found if each), plain, words)
    return max(standing, key=lambda each: each.rank, default=None)


def _outermost(found: Iterable[Found]) -> Iterator[Found]:
    """Without those inside another's words: "next month" within "in the next month or so"."""
    covered = 0
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if each.end > covered:
            yield each
            if each.reached.basis is not Basis.EVENT:
                covered = each.end


def _joined(found: Iterable[Found], plain: str, words: str) -> Iterator[Found]:
    """ "Thursday or Friday", "October to May": one stretch of words, due at its far end."""
    held: Found | None = None
    for each in found:
        if held and held.reached.on and each.reached.on and plain[held.end : each.start] in JOINTS:
            far = max(held, each, key=lambda one: one.reached.on or date.min)
            spoken = words[held.start : each.end]
            each = replace(held, words=spoken, end=each.end, reached=far.reached)
        elif held:
            yield held
        held = each
    if held:
        yield held


def _phrase(phrase: Phrase, m: Match, plain: str, words: str, said: Said) -> Found | None:
    reached = phrase.resolve(m, said)
    context = Context(plain, m.start(), m.end())
    deadline = DEADLINE.match(m[0]) is not None
    if not reached or not context.meets(phrase.needs, deadline=deadline):
        return None
    return _found(reached, context, words, led=True, deadline=deadline)


def _period(period: Period, m: Match, plain: str, words: str, said: Said) -> Found | None:
    front = InFront.of(plain, m.start())
    context = Context(plain, front.start, m.end())
    if front.reading is Reading.PAST or not context.meets(
        period.needs, lead=front.leads, part=front.part is not None, deadline=front.deadline
    ):
        return None
    reached = _reached(period, m, front, said)
    if not reached or _only_recalled(reached, period, front, context, said):
        return None
    return _found(reached, context, words, led=front.leads, deadline=front.deadline)


def _found(
    reached: Reached, context: Context, words: str, *, led: bool, deadline: bool
) -> Found | None:
    if context.refused or (reached.basis is Basis.SPOKEN and context.recalls(deadline)):
        return None
    promised = context.future or context.reply
    rank = (promised, RANK[reached.basis], deadline, led, -context.start)
    spoken = words[context.start : context.end].strip(" ,-")
    return Found(spoken, context.start, context.end, reached, rank)


Entry = TypeVar("Entry", Period, Phrase)


class Scanner(Generic[Entry]):
    """All entries of a table tried at once, left to right, the first that fits at each place."""

    def __init__(self, table: Mapping[str, Entry]) -> None:
        self.entries: dict[str, tuple[Entry, re.Pattern[str]]] = {
            name: (entry, re.compile(rf"(?:{entry.pattern})(?!\w)"))
            for name, entry in table.items()
        }
        named = (
            f"(?P<{name}>{re.sub(r'[(][?]P<[a-z_]+>', '(?:', entry.pattern)})"
            for name, entry in table.items()
        )
        self.any = re.compile(rf"(?<![\w'])(?:{'|'.join(named)})(?!\w)") if table else None

    def finds(self, plain: str) -> bool:
        return self.any is not None and self.any.search(plain) is not None

    def scan(self, plain: str) -> Iterator[tuple[Entry, Match]]:
        for hit in self.any.finditer(plain) if self.any else ():
            entry, pattern = self.entries[hit.lastgroup or ""]
            if m := pattern.match(plain, hit.start()):
                yield entry, m


_PERIODS = Scanner(PERIODS)
_PHRASES = Scanner(PHRASES)


# ── Holidays that the council's own table names ───────────────────────────────────────────────


def _plain_name(name: str) -> str:
    """ "Veterans Day (observed)" as people say it."""
    return name.partition("(")[0].strip().translate(PLAIN)


@lru_cache(maxsize=8)
def _own_holidays(names: frozenset[str]) -> Scanner[Period]:
    """A scanner for those of the names that Americans at large don't go by."""
    known = re.compile("|".join(spans.HOLIDAYS))
    own = {name for name in map(_plain_name, names) if name and not known.fullmatch(name)}
    if not own:
        return Scanner({})
    longest_first = sorted(own, key=len, reverse=True)
    pattern = "|".join(map(re.escape, longest_first))
    return Scanner({"own": Period(f"(?:{pattern})", _own_day, Needs.FUTURE)})


def _own_day(m: Match, said: Said) -> Span | None:
    days = (day for day, name in said.holidays.items() if _plain_name(name) == m[0])
    ahead = min((day for day in days if day >= said.on), default=None)
    return spans.one_day(ahead) if ahead else None


# ── What stands in front of a stretch, and what both come to ──────────────────────────────────


@dataclass(frozen=True, slots=True)
class InFront:
    """The words in front of a stretch: where they begin and how they read it."""

    start: int
    reading: Reading | None
    part: str | None
    hour: bool
    deadline: bool

    @property
    def leads(self) -> bool:
        return self.reading is not None

    @classmethod
    def of(cls, plain: str, stretch: int) -> "InFront":
        m = IN_FRONT.search(plain, max(0, stretch - FRONT), stretch)
        if not m:
            return cls(stretch, None, None, hour=False, deadline=False)
        said = {name: words for name, words in m.groupdict().items() if words}
        start = min((m.start(name) for name in said), default=stretch)
        reading = next((reading for reading in Reading if reading in said), None)
        part = next((part for part in PARTS if part in said), None)
        deadline = reading is not None and DEADLINE.match(said[reading]) is not None
        return cls(start, reading, part, "hour" in said, deadline)


def _reached(period: Period, m: Match, front: InFront, said: Said) -> Reached | None:
    span = period.resolve(m, said)
    if span and period.recurs and _falls(span, front) < said.on:
        span = period.resolve(m, replace(said, on=span.last + DAY))
    if not span or _falls(span, front) < said.on:
        return None
    if front.reading is Reading.OPEN:
        return Reached(Basis.NONE)
    if front.reading is Reading.ROLLING and span.unit is not Unit.DAY:
        start, until = max(span.first, said.on), span.last
        return Reached(Basis.ROLLING, until, start, until, check_in(start, until))
    return Reached(Basis.SPOKEN, _falls(span, front))


def _falls(span: Span, front: InFront) -> date:
    """The day on which a stretch falls due, before it is rolled forward."""
    part = PARTS[front.part][1](span) if front.part else span
    if front.reading is Reading.BEFORE:
        if front.part == "end" or front.hour or span.unit is Unit.HOUR:
            return span.last
        return (part.first if part.first > span.first or part == span else part.last) - DAY
    if front.part == "opening" and front.deadline:
        return span.first
    return part.last


def _only_recalled(
    reached: Reached, period: Period, front: InFront, context: Context, said: Said
) -> bool:
    """A day just past, said without a deadline or a promise, doesn't mean next year's."""
    return (
        period.recurs
        and not front.deadline
        and not context.future
        and not context.reply
        and reached.on is not None
        and reached.on - said.on > LONG_AHEAD
    )


# ── The sentence people read ──────────────────────────────────────────────────────────────────


def _due(found: Found, said: Said, how: str) -> Due:
    reached = found.reached
    on = roll_forward(reached.on, said.holidays) if reached.on else None
    check = roll_forward(reached.next_check, said.holidays) if reached.next_check else None
    quoted = f"“{found.words}”{' in the question' if how == 'asked' else ''}"
    meaning = {
        Basis.SPOKEN: ".",
        Basis.ROLLING: f": until {long_date(reached.until)}."
        if reached.until
        else ": no end named.",
        Basis.EVENT: ": due when that happens; no date yet.",
        Basis.NONE: ": no date was given.",
    }[reached.basis]
    note = rolled_note(reached.on, said.holidays) if reached.on else ""
    return Due(
        on=on,
        basis=reached.basis,
        words=found.words,
        reason=f"{quoted}, {how} {long_date(said.on)}{meaning}{note}",
        start=reached.start,
        until=reached.until,
        next_check=check,
    )
