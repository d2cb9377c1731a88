"""Due dates: spoken words, weekends and holidays, the Council's targets, the clock that stops."""

import time as stopwatch
from datetime import date, time, timedelta
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.dates import (
    Basis,
    Due,
    add_working_days,
    is_working_day,
    long_date,
    on_return,
    roll_forward,
    spoken_due,
    target_due,
    was_on_time,
)

HOLIDAYS = {
    date(2026, 11, 3): "Election Day",
    date(2026, 11, 11): "Veterans Day",
    date(2026, 11, 26): "Thanksgiving",
    date(2026, 12, 25): "Christmas Day",
    date(2027, 1, 1): "New Year's Day",
    date(2027, 1, 18): "Martin Luther King Jr. Day",
    date(2027, 2, 15): "Presidents' Day",
    date(2027, 5, 14): "Harbor Day",
    date(2027, 5, 31): "Memorial Day",
    date(2027, 6, 18): "Juneteenth (observed)",
    date(2027, 7, 5): "Independence Day (observed)",
    date(2027, 9, 6): "Labor Day",
    date(2027, 11, 25): "Thanksgiving",
    date(2027, 12, 31): "New Year's Day (observed)",
}
TUESDAY = date(2026, 10, 20)
TARGET = "Council's target for information"


def heard(words: str, said_on: date = TUESDAY, **more: object) -> Due:
    """What the words come to, where they come to anything."""
    due = spoken_due(words, said_on, holidays=HOLIDAYS, **more)  # type: ignore[arg-type]
    assert due is not None, words
    return due


# ── The table of spoken dates ─────────────────────────────────────────────────────────────────


def a_day(column: str) -> date | None:
    if column == "-":
        return None
    weekday, iso = column.split()
    day = date.fromisoformat(iso)
    assert f"{day:%a}" == weekday, column
    return day


def spoken_table() -> list[tuple[str, date | None, date | None, str]]:
    text = (Path(__file__).parent / "spoken_dates.txt").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    columns = ([column.strip() for column in row.split("|")] for row in rows)
    return [(words, a_day(said), a_day(due), basis) for words, said, due, basis in columns]


TABLE = spoken_table()


@pytest.mark.parametrize(
    ("words", "said_on", "due_on", "basis"),
    TABLE,
    ids=[f"{words} @ {said_on}" for words, said_on, _, _ in TABLE],
)
def test_spoken_dates(words: str, said_on: date, due_on: date | None, basis: str) -> None:
    due = spoken_due(words, said_on, holidays=HOLIDAYS)
    assert (due and due.on, due.basis if due else "-") == (due_on, basis)


def test_the_table_is_long_and_says_each_thing_once() -> None:
    assert len(TABLE) >= 300
    said = [(words, said_on) for words, said_on, _, _ in TABLE]
    assert len(set(said)) == len(said)


@pytest.mark.parametrize(
    ("words", "said_at", "due_on"),
    [
        ("by close of business", time(11, 0), date(2026, 10, 20)),
        ("by close of business", time(18, 30), date(2026, 10, 21)),
        ("by the end of the day", time(16, 59), date(2026, 10, 20)),
        ("I'll send it this afternoon.", time(10, 15), date(2026, 10, 20)),
        ("I'll send it later this afternoon.", time(18, 0), None),
        ("I'll send it this morning.", time(14, 0), None),
        ("in three hours", time(14, 0), date(2026, 10, 20)),
        ("in three hours", time(22, 30), date(2026, 10, 21)),
        ("within 24 hours", time(23, 59), date(2026, 10, 21)),
    ],
)
def test_the_time_of_day_counts(words: str, said_at: time, due_on: date | None) -> None:
    due = spoken_due(words, TUESDAY, holidays=HOLIDAYS, said_at=said_at)
    assert (due and due.on) == due_on


@pytest.mark.parametrize(
    ("year_end", "due_on"),
    [
        ((6, 30), date(2027, 6, 30)),
        ((9, 30), date(2027, 9, 30)),
        ((12, 31), date(2026, 12, 31)),
        ((2, 29), date(2027, 3, 1)),
    ],
)
def test_the_fiscal_year_is_the_councils(year_end: tuple[int, int], due_on: date) -> None:
    due = heard("by the end of the fiscal year", fiscal_year_end=year_end)
    assert due.on == due_on


# ── The request, and the words shown ──────────────────────────────────────────────────────────


def test_a_bare_yes_takes_the_date_of_the_request() -> None:
    due = heard("Absolutely.", asked=["Can you get us that list by Friday?"])
    assert due.on == date(2026, 10, 23)
    assert due.reason == "“by Friday” in the question, asked Tuesday, October 20, 2026."


def test_the_nearest_request_with_a_date_counts() -> None:
    asked = ["Could we have it by Monday?", "Or by Thursday?", "Will you commit to that?"]
    assert heard("Yes, ma'am.", asked=asked).on == date(2026, 10, 22)


def test_a_vague_answer_doesnt_take_the_date_of_the_request() -> None:
    due = heard("We'll get that to you soon.", asked=["Can we have it by Friday?"])
    assert (due.on, due.basis, due.words) == (None, Basis.NONE, "soon")


def test_words_are_verbatim_with_white_space_closed_up() -> None:
    due = heard("WE'LL HAVE IT   TO YOU BY\nTHE END OF\tNEXT WEEK, CHAIR")
    assert due.words == "BY THE END OF NEXT WEEK"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (
            "We'll have it by next Friday.",
            "“by next Friday”, said Tuesday, October 20, 2026.",
        ),
        (
            "I'll send it by November 3rd.",
            "“by November 3rd”, said Tuesday, October 20, 2026. "
            "That was November 3, Election Day, so the next working day.",
        ),
        (
            "I'll send it by the end of the month.",
            "“by the end of the month”, said Tuesday, October 20, 2026. "
            "That was Saturday, October 31, so the next working day.",
        ),
        (
            "We'll do that soon.",
            "“soon”, said Tuesday, October 20, 2026: no date was given.",
        ),
        (
            "We'll have it before the executive budget hearing.",
            "“before the executive budget hearing”, said Tuesday, October 20, 2026: "
            "due when that happens; no date yet.",
        ),
        (
            "We'll share updates through June 2027.",
            "“through June 2027”, said Tuesday, October 20, 2026: until Wednesday, June 30, 2027.",
        ),
        (
            "We'll report back quarterly.",
            "“quarterly”, said Tuesday, October 20, 2026: no end named.",
        ),
    ],
)
def test_the_reason_is_a_sentence_for_people(words: str, reason: str) -> None:
    assert heard(words).reason == reason


def test_rolling_words_say_from_when_until_when_and_when_to_look() -> None:
    due = heard("We'll share updates over the course of 2027.")
    assert (due.start, due.until) == (date(2027, 1, 1), date(2027, 12, 31))
    assert due.next_check == date(2027, 3, 31)
    assert due.on == date(2028, 1, 3)


@pytest.mark.parametrize(
    ("words", "next_check"),
    [
        ("every week", date(2026, 10, 27)),
        ("every two weeks", date(2026, 11, 4)),
        ("monthly", date(2026, 11, 2)),
        ("quarterly", date(2026, 12, 31)),
        ("every six months", date(2027, 4, 20)),
        ("annually", date(2026, 12, 31)),
    ],
)
def test_a_habit_has_no_end_but_a_next_day_to_look(words: str, next_check: date) -> None:
    due = heard(f"We will report back {words}.")
    assert (due.on, due.until, due.next_check) == (None, None, next_check)


def test_a_holiday_only_the_councils_table_knows_is_a_date_too() -> None:
    assert heard("before Harbor Day").on == date(2027, 5, 13)
    assert spoken_due("before Harbor Day", TUESDAY, holidays={}) is None


# ── Working days, targets, days late ──────────────────────────────────────────────────────────


def test_a_weekend_or_holiday_rolls_forward() -> None:
    assert roll_forward(date(2026, 11, 28), HOLIDAYS) == date(2026, 11, 30)
    assert roll_forward(date(2027, 1, 1), HOLIDAYS) == date(2027, 1, 4)
    assert roll_forward(date(2026, 11, 30), HOLIDAYS) == date(2026, 11, 30)


def test_working_days_are_neither_weekend_nor_holiday() -> None:
    assert is_working_day(date(2026, 11, 25), HOLIDAYS)
    assert not is_working_day(date(2026, 11, 26), HOLIDAYS)
    assert not is_working_day(date(2026, 11, 28), HOLIDAYS)


def test_adding_working_days_skips_what_isnt_one() -> None:
    assert add_working_days(date(2026, 11, 25), 1, HOLIDAYS) == date(2026, 11, 27)
    assert add_working_days(date(2026, 12, 24), 5, HOLIDAYS) == date(2027, 1, 4)
    assert add_working_days(date(2026, 11, 28), 0, HOLIDAYS) == date(2026, 11, 30)
    with pytest.raises(ValueError, match="forward"):
        add_working_days(TUESDAY, -1, HOLIDAYS)


def test_a_target_counts_calendar_days_and_says_whose_it_is() -> None:
    due = target_due(TUESDAY, 21, label=TARGET, holidays=HOLIDAYS)
    assert (due.on, due.basis) == (date(2026, 11, 10), Basis.TARGET)
    assert due.reason == "Council's target for information: 21 days."


def test_a_target_that_rolls_says_why() -> None:
    due = target_due(TUESDAY, 14, label=TARGET, holidays=HOLIDAYS)
    assert due.on == date(2026, 11, 4)
    assert due.reason == (
        "Council's target for information: 14 days. "
        "That was November 3, Election Day, so the next working day."
    )


def test_dates_are_written_out_the_american_way() -> None:
    assert long_date(date(2026, 12, 4)) == "Friday, December 4, 2026"


# ── The clock that stands still ───────────────────────────────────────────────────────────────


def test_the_worked_example_not_enough() -> None:
    moved, charged = on_return(
        date(2026, 12, 10),
        date(2026, 12, 1),
        date(2026, 12, 20),
        not_enough=True,
        holidays=HOLIDAYS,
    )
    assert (moved, charged) == (date(2026, 12, 29), 19)


def test_not_enough_leaves_five_working_days_that_arent_the_councils_delay() -> None:
    moved, charged = on_return(
        date(2026, 12, 10),
        date(2026, 12, 9),
        date(2026, 12, 10),
        not_enough=True,
        holidays=HOLIDAYS,
    )
    assert (moved, charged) == (date(2026, 12, 17), 1)


def test_a_pause_moves_the_date_by_the_days_it_lasted_and_no_more() -> None:
    moved, charged = on_return(
        date(2026, 12, 10),
        date(2026, 12, 8),
        date(2026, 12, 9),
        not_enough=False,
        holidays=HOLIDAYS,
    )
    assert (moved, charged) == (date(2026, 12, 11), 1)


def test_the_days_it_takes_to_reach_a_working_day_are_the_councils() -> None:
    due_on = date(2026, 12, 11)
    moved, charged = on_return(
        due_on, date(2026, 12, 7), date(2026, 12, 8), not_enough=False, holidays=HOLIDAYS
    )
    assert (moved, charged) == (date(2026, 12, 14), 3)
    assert was_on_time(moved, due_on, charged)
    assert not was_on_time(moved + timedelta(days=1), due_on, charged)


def test_a_late_answer_stays_late() -> None:
    due_on, late, judged = date(2026, 12, 11), date(2026, 12, 12), date(2026, 12, 13)
    moved, charged = on_return(due_on, late, judged, not_enough=True, holidays=HOLIDAYS)
    assert (moved, charged) == (date(2026, 12, 18), 1)
    assert not was_on_time(judged, due_on, charged)


def test_the_clock_cant_start_before_it_stopped() -> None:
    with pytest.raises(ValueError, match="before it stopped"):
        on_return(TUESDAY, TUESDAY, date(2026, 10, 19), not_enough=False, holidays=HOLIDAYS)


DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))
A_FEW_HOLIDAYS = st.dictionaries(DAYS, st.sampled_from(["Election Day", "Harbor Day"]), max_size=9)


@given(due_on=DAYS, early=st.integers(-60, 60), waited=st.integers(0, 200), enough=st.booleans())
def test_the_agency_never_loses_by_the_councils_wait(
    due_on: date, early: int, waited: int, enough: bool
) -> None:
    due_on = roll_forward(due_on, HOLIDAYS)
    stopped_on = due_on - timedelta(days=early)
    returned_on = stopped_on + timedelta(days=waited)
    moved, charged = on_return(
        due_on, stopped_on, returned_on, not_enough=not enough, holidays=HOLIDAYS
    )
    assert is_working_day(moved, HOLIDAYS)
    assert moved >= due_on + timedelta(days=waited)
    assert charged >= waited
    if not enough:
        assert moved >= add_working_days(returned_on, 5, HOLIDAYS)
    if stopped_on > due_on:
        assert not was_on_time(returned_on, due_on, charged)


# ── What holds for every day and every text ───────────────────────────────────────────────────

LEADS = ["by", "before", "in", "on", "no later than", "by the end of", "by early", "by mid-", "in"]
STRETCHES = [
    "Friday",
    "next Monday",
    "this week",
    "next week",
    "this month",
    "June",
    "February",
    "February 29th",
    "December 31st",
    "the 15th",
    "the 31st",
    "Q1",
    "the third quarter",
    "the fiscal year",
    "next year",
    "the summer",
    "winter",
    "Thanksgiving",
    "Easter",
    "tomorrow",
    "3/4",
]
FORWARD = [f"{lead} {stretch}".replace("- ", "-") for lead, stretch in product(LEADS, STRETCHES)]
FORWARD += ["within 30 days", "in two weeks", "in a year", "within five business days", "in Q4"]


@given(words=st.sampled_from(FORWARD), said_on=DAYS, holidays=A_FEW_HOLIDAYS)
def test_a_spoken_date_is_a_working_day_and_never_before_it_was_said(
    words: str, said_on: date, holidays: dict[date, str]
) -> None:
    due = spoken_due(f"We will send it {words}.", said_on, holidays=holidays)
    if due and due.on:
        assert due.on >= said_on
        assert is_working_day(due.on, holidays)


@given(words=st.sampled_from(FORWARD), said_on=DAYS)
def test_a_later_day_never_brings_an_earlier_date(words: str, said_on: date) -> None:
    before = spoken_due(f"We will send it {words}.", said_on, holidays={})
    after = spoken_due(f"We will send it {words}.", said_on + timedelta(days=1), holidays={})
    if before and after and before.on and after.on:
        assert before.on <= after.on


PIECES = [
    *LEADS,
    *STRETCHES,
    "we will",
    "soon",
    "was",
    "30 days",
    "a couple of",
    "2027",
    "'27",
    "0",
]
PIECES += [
    "99/99",
    "31st",
    "next",
    "the end of",
    "fy",
    "hearing",
    "\n",
    "’",
    "İ",
    "ſ",
    "K",
    "x" * 50,
]


@settings(max_examples=300)
@given(text=st.text() | st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join), said_on=DAYS)
def test_any_text_comes_to_a_due_or_to_none(text: str, said_on: date) -> None:
    due = spoken_due(text, said_on, holidays=HOLIDAYS, asked=[text])
    if due:
        assert due.words in " ".join(text.split())
        assert due.words and due.reason
        assert (due.on is None) or due.basis in (Basis.SPOKEN, Basis.ROLLING)


NASTY = ["by ", "june ", "in the next ", "the end of the ", "twenty ", "1/", "very, ", "not "]
NASTY += ["once we ", "before the ", "by next friday. ", "as soon as ", "a week or ", " ", "-"]


def seconds_to_read(text: str) -> float:
    begun = stopwatch.process_time()
    spoken_due(text, TUESDAY, holidays=HOLIDAYS)
    return stopwatch.process_time() - begun


@pytest.mark.parametrize("piece", NASTY)
def test_reading_takes_time_in_proportion_to_the_text(piece: str) -> None:
    short, long = 500, 5_000
    once = min(seconds_to_read(piece * short) for _ in range(3))
    assert seconds_to_read(piece * long) < 40 * once + 0.05
