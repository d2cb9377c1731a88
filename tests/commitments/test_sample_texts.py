"""The sample council holds together: its words, names and acts, whatever day it is loaded."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

import holidays
import pytest

from commitments.dates import on_return, roll_forward, spoken_due, target_due, was_on_time
from hearings.formats import ParsedTranscript, ParsedUtterance, parse

SAMPLE = Path(__file__).parents[2] / "commitments" / "sample"
COUNCIL, HEARINGS, COMMITMENTS = (
    tomllib.loads((SAMPLE / f"{name}.toml").read_text(encoding="utf-8"))
    for name in ("council", "hearings", "commitments")
)
HEARING = {hearing["key"]: hearing for hearing in HEARINGS["hearings"]}
OFFICIAL = {official["name"]: official for official in COUNCIL["officials"]}
AGENCIES = {agency["name"] for agency in COUNCIL["agencies"]}
COMMITTEES = {committee["name"] for committee in COUNCIL["committees"]}
ENTRIES = COMMITMENTS["commitments"]

DAY = timedelta(days=1)
WEEKEND_SHIFT = 2  # a hearing that would fall on a Sunday is moved back by so many days
DAYS_OF_TARGET = {"information": 14, "correction": 14, "document": 30, "meeting": 30, "action": 90}
NEW_YORK = holidays.country_holidays("US", subdiv="NY", years=range(2025, 2030))
EVERY_DAY_OF_TWO_YEARS = [date(2026, 7, 1) + n * DAY for n in range(731)]

every_hearing = pytest.mark.parametrize("hearing", HEARING.values(), ids=HEARING)
every_entry = pytest.mark.parametrize("entry", ENTRIES, ids=[entry["key"] for entry in ENTRIES])


@cache
def transcripts(key: str) -> list[ParsedTranscript]:
    return [
        parse((SAMPLE / file["path"]).read_bytes(), format=file["format"])
        for file in HEARING[key]["files"]
    ]


def utterances(key: str) -> list[ParsedUtterance]:
    return [utterance for transcript in transcripts(key) for utterance in transcript.utterances]


def person(printed: str) -> str | None:
    """The official whom a printed name stands for."""
    for name, official in OFFICIAL.items():
        if printed in (name, *official.get("printed_as", [])):
            return name
    return None


def side(name: str) -> str:
    """For whom an official speaks; the sample has none who changed it between two hearings."""
    return OFFICIAL[name]["appointments"][-1]["side"]


def passages(entry: dict) -> Iterator[tuple[str, list[dict]]]:
    """Every quoted passage of an entry, with the key of the hearing it was spoken in."""
    for field in ("question", "quote"):
        if field in entry:
            yield entry["hearing"], entry[field]
    for act in entry["story"]:
        if "answer" in act:
            yield entry["hearing"], act["answer"]
    for link in entry.get("said_earlier", []) + entry.get("raised_again", []):
        yield link["hearing"], [link]


def place(key: str, piece: dict) -> int:
    """Which utterance of the hearing holds the piece; exactly one may."""
    [found] = [
        index
        for index, utterance in enumerate(utterances(key))
        if utterance.start == piece["start"] and piece["text"] in utterance.text
    ]
    return found


def held_on(hearing: dict, today: date) -> date:
    day = today - hearing["days_ago"] * DAY
    return day - max(0, day.weekday() - 4) * DAY


# ── The hearings ──────────────────────────────────────────────────────────────────────────────


@every_hearing
def test_a_hearing_is_long_enough_to_read_like_one(hearing):
    assert 60 <= len(utterances(hearing["key"])) <= 200


@every_hearing
def test_every_line_is_read_and_nothing_is_skipped(hearing):
    for transcript in transcripts(hearing["key"]):
        assert not transcript.skipped
        assert not transcript.warnings


@every_hearing
def test_times_ascend_where_the_page_is_not_grouped_by_speaker(hearing):
    for transcript in transcripts(hearing["key"]):
        if transcript.format != "citymeetings":
            starts = [utterance.start for utterance in transcript.utterances]
            assert starts == sorted(starts)


def test_one_page_is_grouped_by_speaker_so_that_times_jump_back():
    grouped = [
        any(later.start < earlier.start for earlier, later in pairwise(transcript.utterances))
        for transcript in transcripts("mybay")
    ]
    assert grouped == [False, True]


@every_hearing
def test_chapters_ascend_and_begin_with_an_utterance(hearing):
    starts = [chapter["start"] for chapter in hearing["chapters"]]
    spoken = {int(utterance.start) for utterance in utterances(hearing["key"])}
    assert starts == sorted(starts)
    assert set(starts) <= spoken


def test_the_chapters_of_a_page_are_those_listed():
    printed = [
        (chapter.kind, chapter.title, chapter.start)
        for transcript in transcripts("mybay")
        for chapter in transcript.chapters
    ]
    listed = [(c["kind"], c["title"], c["start"]) for c in HEARING["mybay"]["chapters"]]
    assert printed == listed


@every_hearing
def test_every_printed_name_is_known_or_meant_to_be_unknown(hearing):
    left = {*hearing["public"], *hearing["role_only"], *hearing["unknown"]}
    printed = {utterance.speaker for utterance in utterances(hearing["key"])}
    assert left <= printed
    assert {name for name in printed if person(name) is None} == left


@every_hearing
def test_a_hearing_is_held_by_committees_of_the_council(hearing):
    assert set(hearing["committees"]) <= COMMITTEES


def test_one_hearing_is_joint():
    assert [len(hearing["committees"]) for hearing in HEARING.values()].count(2) == 1


def test_appointments_are_to_bodies_that_exist():
    bodies = AGENCIES | COMMITTEES | {COUNCIL["council"]["name"], "Office of the Public Advocate"}
    for official in OFFICIAL.values():
        for appointment in official["appointments"]:
            assert appointment["body"] in bodies
            assert appointment["side"] in ("council", "agency", "elected")


# ── The commitments ───────────────────────────────────────────────────────────────────────────


@every_entry
def test_quotes_are_verbatim_at_their_second_and_their_pieces_follow_each_other(entry):
    for key, pieces in passages(entry):
        places = [place(key, piece) for piece in pieces]
        assert places == list(range(places[0], places[0] + len(places)))


@every_entry
def test_an_entry_has_a_quote_or_a_note(entry):
    assert ("quote" in entry) != ("note" in entry)


@every_entry
def test_the_words_are_those_of_the_official_and_the_question_is_not_the_agencys(entry):
    spoken = utterances(entry["hearing"])
    for piece in entry.get("quote", []):
        assert person(spoken[place(entry["hearing"], piece)].speaker) == entry.get("official")
    for piece in entry.get("question", []):
        asker = person(spoken[place(entry["hearing"], piece)].speaker)
        assert side(asker) in ("council", "elected")


@every_entry
def test_due_words_stand_in_the_quote(entry):
    assert entry.get("due_words", "") in " ".join(piece["text"] for piece in entry.get("quote", []))


@every_entry
def test_an_entry_names_what_the_council_file_knows(entry):
    assert entry["agency"] in AGENCIES
    assert entry.get("committee", HEARING[entry["hearing"]]["committees"][0]) in COMMITTEES
    assert side(entry["owed_to"]) != "agency" if "owed_to" in entry else "committee" in entry
    assert len(entry["what"]) <= 90
    assert not entry["what"].endswith(".")


@every_entry
def test_acts_follow_each_other_and_none_lies_in_the_future(entry):
    days = [act["day"] for act in entry["story"]]
    assert days == sorted(days)
    assert all(1 <= day < HEARING[entry["hearing"]]["days_ago"] for day in days)


@every_entry
def test_a_later_hearing_is_linked_only_once_it_has_been_held(entry):
    for link in entry.get("raised_again", []):
        later, days_ago = HEARING[link["hearing"]], HEARING[entry["hearing"]]["days_ago"]
        apart = days_ago + WEEKEND_SHIFT - later["days_ago"]
        assert apart + later["transcript_day"] <= link["day"] < days_ago


def test_a_merged_entry_leads_to_another():
    targets = [act["into"] for entry in ENTRIES for act in entry["story"] if act["act"] == "merge"]
    assert targets
    assert set(targets) <= {entry["key"] for entry in ENTRIES}


# ── What a page shows ─────────────────────────────────────────────────────────────────────────

CLOSES = {
    "close": "not_fulfilled",
    "drop": "dropped",
    "withdraw": "withdrawn",
    "merge": "merged",
    "answer_in_session": "fulfilled",
}


def first_due(entry: dict, confirm: dict, said_on: date) -> date | None:
    if "due_day" in confirm:
        return roll_forward(said_on + confirm["due_day"] * DAY, NEW_YORK)
    words = " ".join(piece["text"] for piece in entry.get("quote", []))
    if "due_words" in entry:
        return spoken_due(words, said_on, holidays=NEW_YORK).on
    days = DAYS_OF_TARGET[entry["type"]]
    return target_due(said_on, days, label="Target", holidays=NEW_YORK).on


def standing(entry: dict, today: date) -> str:
    """What a page shows of an entry when its story is over."""
    said_on = held_on(HEARING[entry["hearing"]], today)
    state, due, original, received, charged = "draft", None, None, None, 0
    for act in entry["story"]:
        day = said_on + act["day"] * DAY
        match act["act"]:
            case "confirm":
                state, due = "open", first_due(entry, act, said_on)
                original = due
            case "extend":
                due = roll_forward(due + act["days"] * DAY, NEW_YORK)
            case "respond":
                state, received = "response_received", day
            case "judge" if act["outcome"] == "fulfilled":
                on_time = was_on_time(received, original, charged)
                state = "fulfilled" if on_time else "fulfilled_late"
            case "judge" if act["outcome"] == "partly":
                state, due = "partly_fulfilled", roll_forward(day + act["due_in"] * DAY, NEW_YORK)
            case "judge":
                state = "open"
                due, wait = on_return(due, received, day, not_enough=True, holidays=NEW_YORK)
                charged += wait
            case "pause":
                state = "paused"
            case name if name in CLOSES:
                state = CLOSES[name]
    if state == "partly_fulfilled":
        return "partly_fulfilled_overdue" if today > due else state
    return by_the_clock(due, today) if state == "open" else state


def by_the_clock(due: date | None, today: date) -> str:
    if due is None:
        return "no_date"
    late = (today - due).days
    if late > 30:
        return "long_overdue"
    if late > 0:
        return "overdue"
    return "due_soon" if late >= -7 else "open"


@every_entry
def test_an_entry_stands_where_it_says_on_whatever_day_it_is_loaded(entry):
    if entry["expect"] != "calendar":
        shown = {standing(entry, today) for today in EVERY_DAY_OF_TWO_YEARS}
        assert shown == {entry["expect"]}


def test_the_sample_shows_every_state():
    shown = [entry["expect"] for entry in ENTRIES]
    assert set(shown) == {
        "draft", "open", "due_soon", "overdue", "long_overdue", "no_date", "paused", "calendar",
        "response_received", "partly_fulfilled_overdue", "fulfilled", "fulfilled_late",
        "not_fulfilled", "dropped", "withdrawn", "merged",
    }  # fmt: skip
    assert shown.count("draft") == 3
    assert shown.count("overdue") + shown.count("long_overdue") >= 4
    assert {entry["kind"] for entry in ENTRIES} == {"agreed", "requested", "planned"}
