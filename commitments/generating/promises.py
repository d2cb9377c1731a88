"""Synthetic commitments at every stage, each with the history that led there."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from django.db import connection, transaction

from commitments.dates import on_return
from commitments.generating.copying import Tally, copy, in_batches, reserve
from commitments.generating.record import (
    PROMISES,
    QUESTIONS,
    SECONDS_A_LINE,
    TYPES,
    Sitting,
    World,
    start_of,
    working_day,
)
from commitments.lifecycle import ACTS, State, Visibility
from commitments.models import Answer, Commitment, Event, EventText, Evidence, Moment, Response

AT_ONCE = 20_000  # commitments in one transaction
DAYS = {"information": 14, "correction": 14, "document": 30, "meeting": 30, "action": 90}
WHAT = (
    "Report how many were inspected last year",
    "Send the list of sites that are waiting",
    "Fill the vacant positions",
    "Meet the community board",
    "Correct the figure on page twelve",
)
REASON = "As the record shows."
STORIES = (  # how often of 100, and what was done after the tag
    (40, ("confirm", "publish")),
    (8, ("confirm",)),
    (6, ()),
    (8, ("confirm", "publish", "extend")),
    (8, ("confirm", "publish", "respond")),
    (20, ("confirm", "publish", "respond", "fulfil")),
    (4, ("confirm", "publish", "respond", "partly")),
    (3, ("confirm", "publish", "close")),
    (2, ("confirm", "publish", "drop")),
    (1, ("confirm", "publish", "withdraw")),
)


def promise(world: World, tally: Tally) -> None:
    """Every commitment of every hearing, with its moments, events, answers and evidence."""
    for batch in in_batches(_places(world), AT_ONCE):
        with transaction.atomic():
            _write([_Story(world, *place).told() for place in batch], tally)


def _places(world: World) -> Iterator[tuple[Sitting, int]]:
    for sitting in world.sittings:
        for place in range(len(sitting.promised)):
            yield sitting, place


@dataclass
class Told:
    """One commitment's row and what belongs to it, all but the keys."""

    row: dict
    moments: list[dict]
    events: list[dict] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)  # event number → public reason
    response: dict | None = None
    evidence: dict | None = None


class _Story:
    """Plays the acts of one commitment up to today, each with its event."""

    def __init__(self, world: World, sitting: Sitting, place: int) -> None:
        self.world, self.sitting, self.place = world, sitting, place
        self.random = Random(f"{world.seed} {sitting.number} {place}")
        self.slot = sitting.slot(place)
        self.subject = self.slot % len(WHAT)

    def told(self) -> Told:
        acts = self.random.choices([acts for _w, acts in STORIES], [w for w, _acts in STORIES])[0]
        self.told_so_far = Told(self.draft(), list(self.moments()))
        self.record("tag", self.sitting.held_on + timedelta(days=1))
        for act in acts:
            day = getattr(self, f"day_to_{act}")()
            if day >= self.world.today:
                break
            getattr(self, act)(day)
        return self.told_so_far

    @property
    def row(self) -> dict:
        return self.told_so_far.row

    def draft(self) -> dict:
        held_on = self.sitting.held_on
        kind = TYPES[self.subject]
        due_on = working_day(self.world, held_on + timedelta(days=DAYS[kind]))
        return {
            "reference": None,
            "state": State.DRAFT,
            "visibility": Visibility.INTERNAL,
            "version": 0,
            "hearing_id": self.sitting.key,
            "position": self.place + 1,
            "what": WHAT[self.subject],
            "kind": "agreed",
            "type": kind,
            "strength": "firm",
            "is_priority": False,
            "is_disputed": False,
            "agency_id": self.sitting.agency,
            "owed_to_member_id": self.world.members[self.sitting.member],
            "owed_to_committee_id": None,
            "internal_note": "",
            "due_on": due_on,
            "original_due_on": None,
            "due_basis": "target",
            "due_words": "",
            "due_reason": f"Council's target for {kind}: {DAYS[kind]} days.",
            "stopped_on": None,
            "council_days": 0,
            "remaining": "",
            "fulfilled_on": None,
            "closed_on": None,
            "created_at": self.world.at(held_on + timedelta(days=1), 9),
            "created_by_id": self.world.keeper.pk,
            "confirmed_on": None,
            "published_at": None,
        }

    def moments(self) -> Iterator[dict]:
        said = (("question", QUESTIONS, 0), ("made", PROMISES, 2))
        for offset, (role, words, speaker) in enumerate(said):
            line = 2 * self.slot + offset
            quote = words[self.subject]
            yield {
                "role": role,
                "hearing_id": self.sitting.key,
                "transcript_id": self.sitting.transcript,
                "speaker_id": self.sitting.speakers[speaker],
                "utterance_id": self.sitting.lines[line],
                "start_offset": 0,
                "end_utterance_id": self.sitting.lines[line],
                "end_offset": len(quote),
                "quote": quote,
                "corrected_quote": "",
                "standing": "in_place",
                "words_now": "",
                "prefix": "",
                "suffix": "",
                "start": start_of(line),
                "is_start_set": False,
                "end": start_of(line) + SECONDS_A_LINE,
            }

    def record(self, act: str, day: date, reason: str = "", code: str = "", **facts) -> None:
        """The event of an act that has just changed the row."""
        self.row["version"] += 1
        events = self.told_so_far.events
        before = events[-1]["state"] if events else ""
        events.append(
            {
                "number": self.row["version"],
                "act": act,
                "at": self.world.at(day, 9 + len(events)),
                "by_id": self.world.keeper.pk,
                "role": ACTS[act].role.value,
                "state_before": before,
                "state": self.row["state"],
                "visibility": self.row["visibility"],
                "due_on": self.row["due_on"],
                "reason_code": code,
                "facts": facts,
            }
        )
        if reason:
            self.told_so_far.reasons[self.row["version"]] = reason

    def day_to_confirm(self) -> date:
        return self.sitting.held_on + timedelta(days=2)

    def confirm(self, day: date) -> None:
        self.row.update(state=State.OPEN, confirmed_on=day, original_due_on=self.row["due_on"])
        self.record("confirm", day)

    day_to_publish = day_to_confirm

    def publish(self, day: date) -> None:
        self.row.update(visibility=Visibility.PUBLIC, published_at=self.world.at(day, 11))
        self.record("publish", day)

    def day_to_extend(self) -> date:
        return self.row["due_on"] - timedelta(days=2)

    def extend(self, day: date) -> None:
        was_due = self.row["due_on"]
        self.row["due_on"] = working_day(self.world, was_due + timedelta(days=30))
        facts = {"due_before": str(was_due), "due_on": str(self.row["due_on"])}
        self.record("extend", day, REASON, asked_by="agency", **facts)

    def day_to_respond(self) -> date:
        return self.row["due_on"] + timedelta(days=self.random.randrange(-8, 21))

    def respond(self, day: date) -> None:
        self.row.update(state=State.RESPONSE_RECEIVED, stopped_on=day)
        self.told_so_far.response = {
            "agency_id": self.sitting.agency,
            "received_on": day,
            "summary": "An answer.",
            "document_url": "",
            "statement": "",
            "internal_note": "",
            "is_public": True,
            "confidence_basis": "",
            "recorded_by_id": self.world.keeper.pk,
        }
        self.record("respond", day, received_on=str(day))

    def day_to_fulfil(self) -> date:
        return self.row["stopped_on"] + timedelta(days=5)

    def fulfil(self, day: date) -> None:
        received_on = self.row["stopped_on"]
        self.row.update(state=State.FULFILLED, stopped_on=None, closed_on=day)
        self.row["fulfilled_on"] = received_on
        self.judged(day, State.FULFILLED, received_on)

    day_to_partly = day_to_fulfil

    def partly(self, day: date) -> None:
        was_due, received_on = self.row["due_on"], self.row["stopped_on"]
        due_on, charged = on_return(
            was_due, received_on, day, not_enough=False, holidays=self.world.holidays
        )
        self.row.update(state=State.PARTLY_FULFILLED, stopped_on=None, due_on=due_on)
        self.row.update(council_days=charged, remaining="The other half.")
        facts = {"due_before": str(was_due), "due_on": str(due_on), "council_days": charged}
        self.judged(day, State.PARTLY_FULFILLED, received_on, **facts)

    def judged(self, day: date, outcome: State, received_on: date, **facts) -> None:
        self.told_so_far.evidence = {
            "title": "The answer",
            "url": "",
            "is_public": True,
            "added_on": day,
            "added_by_id": self.world.keeper.pk,
        }
        self.record("judge", day, REASON, received_on=str(received_on), outcome=outcome, **facts)

    def day_to_close(self) -> date:
        return self.row["due_on"] + timedelta(days=10)

    def close(self, day: date) -> None:
        self.row.update(state=State.NOT_FULFILLED, closed_on=day)
        self.record("close", day, REASON, code="refused")

    day_to_drop = day_to_close

    def drop(self, day: date) -> None:
        self.row.update(state=State.DROPPED, closed_on=day)
        self.record("drop", day, REASON, code="overtaken")

    day_to_withdraw = day_to_extend

    def withdraw(self, day: date) -> None:
        self.row.update(state=State.WITHDRAWN, visibility=Visibility.REMOVED)
        self.record("withdraw", day, REASON, code="entered_in_error")


def _write(told: list[Told], tally: Tally) -> None:
    """Give the batch its keys and references, and copy it in, table by table."""
    _number(told)
    keys = reserve(Commitment, len(told))
    events = reserve(Event, sum(len(each.events) for each in told))
    rows: dict[type, list[dict]] = defaultdict(list)
    next_event = iter(events)
    for key, each in zip(keys, told, strict=True):
        rows[Commitment].append({"id": key, **each.row})
        rows[Moment] += [{"commitment_id": key, **moment} for moment in each.moments]
        for event in each.events:
            event_key = next(next_event)
            rows[Event].append({"id": event_key, "commitment_id": key, **event})
            if reason := each.reasons.get(event["number"]):
                rows[EventText].append(
                    {"event_id": event_key, "public_reason": reason, "internal_note": ""}
                )
    _add_answers(rows, [pair for pair in zip(keys, told, strict=True) if pair[1].response])
    for model, those in rows.items():
        copy(model, those, tally)


def _number(told: list[Told]) -> None:
    """References for those that were confirmed, from the counters of their years."""
    confirmed = [each for each in told if each.row["confirmed_on"]]
    years = Counter(each.row["confirmed_on"].year for each in confirmed)
    numbers = {year: iter(_take_references(year, count)) for year, count in years.items()}
    for each in confirmed:
        year = each.row["confirmed_on"].year
        each.row["reference"] = reference = f"{year}-{next(numbers[year]):04d}"
        confirm = next(event for event in each.events if event["act"] == "confirm")
        confirm["facts"] = {"reference": reference}


def _take_references(year: int, count: int) -> range:
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO commitments_referencecounter AS counter (year, last) VALUES (%(year)s, %(n)s)
               ON CONFLICT (year) DO UPDATE SET last = counter.last + %(n)s RETURNING last""",
            {"year": year, "n": count},
        )
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)


def _add_answers(rows: dict[type, list[dict]], answered: list[tuple[int, Told]]) -> None:
    responses, answers = reserve(Response, len(answered)), reserve(Answer, len(answered))
    for (key, each), response, answer in zip(answered, responses, answers, strict=True):
        rows[Response].append({"id": response, **each.response})
        rows[Answer].append(
            {"id": answer, "response_id": response, "commitment_id": key, "page": "", "excerpt": ""}
        )
        if each.evidence:
            rows[Evidence].append({"commitment_id": key, "answer_id": answer, **each.evidence})
