"""Synthetic hearings: who sits and speaks there, and line after line of what is said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from django.contrib.auth.models import User
from django.db import transaction

from commitments.dates import roll_forward
from commitments.generating.copying import Tally, copy, in_batches, reserve
from commitments.models import Holiday
from hearings import clock
from hearings.models import (
    Agency,
    Appointment,
    Committee,
    Hearing,
    Host,
    Official,
    Part,
    Side,
    Speaker,
    Transcript,
    Utterance,
)

COMMITTEES, AGENCIES, MEMBERS, WITNESSES = 12, 25, 40, 50
YEARS = 4  # over which the hearings are spread
YOUNGEST = 3  # days since the last hearing
SECONDS_A_LINE = 4.5
LINES_AT_ONCE = 500_000  # in one transaction, so that its waiting constraint checks fit into memory
QUESTIONS = (
    "How many of those were inspected last year, by district?",
    "Can you get us the list of sites that are still waiting?",
    "When will the vacant positions be filled?",
    "Would you sit down with the community board about that crossing?",
    "Is the figure on page twelve correct?",
)
PROMISES = (
    "I don't have that breakdown with me, but we can get back to you on that.",
    "Absolutely, we will send the list to your office.",
    "We will fill them and report back to the committee.",
    "Yes, we'll set up a meeting with the board.",
    "That is a typo; we will send you a corrected page.",
)
OPENINGS = (
    "So",
    "Well",
    "Right, and",
    "I mean",
    "Chair, as I said,",
    "Look,",
    "To that point,",
    "And",
)
SUBJECTS = (
    "the agency",
    "our inspectors",
    "the contractor",
    "the budget office",
    "the borough team",
    "residents",
    "the bureau",
    "the union",
)
VERBS = (
    "reviewed",
    "counted",
    "repaired",
    "postponed",
    "funded",
    "mapped",
    "measured",
    "closed",
    "staffed",
    "audited",
)
THINGS = ("shelters", "hydrants", "permits", "crossings", "boilers", "leases", "playgrounds", "catch basins", "school buses", "kiosks", "elevators", "trees")  # fmt: skip
PLACES = tuple(f"district {number}" for number in range(1, 52))
TYPES = ("information", "document", "action", "meeting", "correction")  # as the questions ask


@dataclass(frozen=True, slots=True)
class Sitting:
    """One hearing with its keys. `promised` are the slots of two lines, question and answer, of its
    commitments in order."""

    key: int
    number: int
    held_on: date
    committee: int
    member: int
    witness: int
    agency: int
    transcript: int
    part: int
    speakers: range  # chair, second member, witness, neighbour
    lines: range
    promised: range

    @property
    def slots(self) -> int:
        return len(self.lines) // 2

    def slot(self, place: int) -> int:
        """The slot of its commitment number `place`; several share one where lines are few."""
        return place * self.slots // max(len(self.promised), self.slots)


@dataclass
class World:
    sittings: list[Sitting]
    keeper: User
    committees: list[int]
    agencies: list[int]
    members: list[int]
    seed: int
    today: date

    @cached_property
    def zone(self):
        return clock.zone()

    @cached_property
    def holidays(self) -> dict[date, str]:
        return Holiday.objects.as_mapping()

    def at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), tzinfo=self.zone)


def spread(total: int, over: int) -> list[int]:
    """`total` in `over` shares that differ by one at most."""
    if not over:
        return []
    share, rest = divmod(total, over)
    return [share + (number < rest) for number in range(over)]


@transaction.atomic
def make_world(
    hearings: int, utterances: int, commitments: int, seed: int, today: date, tally: Tally
) -> World:
    """The bodies, people and hearings of the load, everything but the lines."""
    keeper, _is_new = User.objects.get_or_create(username="load", defaults={"is_active": False})
    committees = [_named(Committee, f"Load Committee {n}") for n in range(1, COMMITTEES + 1)]
    agencies = [_named(Agency, f"Load Agency {n}") for n in range(1, AGENCIES + 1)]
    members = [_person(f"Load Member {n}", "Council Member", Side.COUNCIL) for n in range(MEMBERS)]
    witnesses = [
        _person(f"Load Witness {n}", "Commissioner", Side.AGENCY, agencies[n % AGENCIES])
        for n in range(WITNESSES)
    ]
    world = World([], keeper, committees, agencies, members, seed, today)
    random = Random(seed)
    keys = {
        Hearing: reserve(Hearing, hearings),
        Transcript: reserve(Transcript, hearings),
        Part: reserve(Part, hearings),
        Speaker: reserve(Speaker, 4 * hearings),
        Utterance: reserve(Utterance, utterances),
    }
    line = promised = 0
    shares = zip(spread(utterances, hearings), spread(commitments, hearings), strict=True)
    for number, (lines, promises) in enumerate(shares):
        witness = random.randrange(WITNESSES)
        ago = timedelta(days=random.randrange(YOUNGEST, YEARS * 365))
        held_on = today - ago
        world.sittings.append(
            Sitting(
                key=keys[Hearing][number],
                number=number,
                held_on=held_on - timedelta(days=max(0, held_on.weekday() - 4)),
                committee=random.choice(committees),
                member=random.randrange(MEMBERS),
                witness=witness,
                agency=agencies[witness % AGENCIES],
                transcript=keys[Transcript][number],
                part=keys[Part][number],
                speakers=keys[Speaker][4 * number : 4 * number + 4],
                lines=keys[Utterance][line : line + lines],
                promised=range(promised, promised + promises),
            )
        )
        line += lines
        promised += promises
    sittings = world.sittings
    copy(Hearing, (_hearing(each) for each in sittings), tally)
    copy(Host, ({"hearing_id": s.key, "committee_id": s.committee, "position": 0} for s in sittings), tally)  # fmt: skip
    copy(Transcript, (_transcript(world, each) for each in sittings), tally)
    copy(Part, (_part(world, each) for each in sittings), tally)
    copy(Speaker, (row for each in sittings for row in _speakers(each, members, witnesses)), tally)
    return world


def _named(model, name: str) -> int:
    return model.objects.get_or_create(name=name)[0].pk


def _person(name: str, role: str, side: str, agency: int | None = None) -> int:
    official, _is_new = Official.objects.get_or_create(name=name)
    Appointment.objects.get_or_create(official=official, role=role, side=side, agency_id=agency)
    return official.pk


def _hearing(sitting: Sitting) -> dict:
    return {
        "id": sitting.key,
        "title": f"Load hearing {sitting.number + 1}",
        "slug": f"load-hearing-{sitting.key}",
        "held_on": sitting.held_on,
        "source_url": "",
        "video_url": "",
        "video_offset": 0,
        "is_unlisted": False,
        "people_changed": 0,
    }


def _transcript(world: World, sitting: Sitting) -> dict:
    return {
        "id": sitting.transcript,
        "hearing_id": sitting.key,
        "number": 1,
        "made_at": world.at(sitting.held_on, 20),
    }


def _part(world: World, sitting: Sitting) -> dict:
    return {
        "id": sitting.part,
        "hearing_id": sitting.key,
        "added_in_id": sitting.transcript,
        "format": "generated",
        "file_name": "",
        "digest": f"{world.seed}-{sitting.key}",
        "covers_hearing": True,
        "starts": 0,
        "ends": len(sitting.lines) * SECONDS_A_LINE,
        "warnings": [],
        "skipped": "[]",
        "imported_at": world.at(sitting.held_on, 20),
    }


def _speakers(sitting: Sitting, members: list[int], witnesses: list[int]) -> Iterator[dict]:
    second = (sitting.member + 1) % MEMBERS
    printed = (
        (f"Load Member {sitting.member}", members[sitting.member]),
        (f"Load Member {second}", members[second]),
        (f"Load Witness {sitting.witness}", witnesses[sitting.witness]),
        ("Speaker 4", None),
    )
    for key, (name, official) in zip(sitting.speakers, printed, strict=True):
        yield {
            "id": key,
            "hearing_id": sitting.key,
            "printed_name": name,
            "printed_role": "",
            "official_id": official,
            "side": "" if official else Side.PUBLIC.value,
            "is_settled": True,
        }


def start_of(line: int) -> float:
    """The second at which a hearing's line number `line` begins."""
    return line * SECONDS_A_LINE


def speak(world: World, tally: Tally) -> None:
    """Every line of every hearing."""
    sentences = sentences_of(Random(f"{world.seed} sentences"))
    longest = max((len(each.lines) for each in world.sittings), default=0)
    at_once = max(1, LINES_AT_ONCE // max(1, longest))
    for batch in in_batches(world.sittings, at_once):
        with transaction.atomic():
            lines = (row for each in batch for row in _lines(each, world.seed, sentences))
            copy(Utterance, lines, tally)


def sentences_of(random: Random) -> list[str]:
    """A few thousand sentences in which some words are common and others rare."""
    rare = [f"{thing[:-1]}{number}" for number in range(60) for thing in THINGS]
    found = []
    for number in range(6000):
        words = [random.choice(OPENINGS), random.choice(SUBJECTS), random.choice(VERBS), random.choice(THINGS)]  # fmt: skip
        words += ["in", random.choice(PLACES)]
        if number % 8 == 0:
            words += ["and", random.choice(rare)]
        found.append(f"{' '.join(words)}.")
    return found


def _lines(sitting: Sitting, seed: int, sentences: list[str]) -> Iterator[dict]:
    random = Random(f"{seed} {sitting.number}")
    spoken = {sitting.slot(place) for place in range(len(sitting.promised))}
    for line, key in enumerate(sitting.lines):
        slot, is_answer = divmod(line, 2)
        asked = slot in spoken and slot < sitting.slots
        if asked:
            text = (PROMISES if is_answer else QUESTIONS)[slot % len(PROMISES)]
            speaker = sitting.speakers[2 if is_answer else 0]
        else:
            text = sentences[int(random.random() * len(sentences))]
            speaker = sitting.speakers[line // 7 % 4]
        start = start_of(line)
        yield {
            "id": key,
            "part_id": sitting.part,
            "line": line,
            "place": start,
            "start": start,
            "end": start + SECONDS_A_LINE,
            "is_interpolated": False,
            "speaker_id": speaker,
            "text": text,
        }


def working_day(world: World, day: date) -> date:
    return roll_forward(day, world.holidays)
