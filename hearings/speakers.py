"""Printed names → officials. A misattributed official is the worst mistake this product can make, so
only a full name, or a title and a surname nobody else bears, identifies anybody by itself."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction

from hearings.models import Agency, Appointment, Hearing, Official, Side, Speaker

TITLES = re.compile(
    r"^(?:(?:council ?(?:member|man|woman|person)|cm|chair(?:person|man|woman)?|speaker|mayor|"
    r"public advocate|comptroller|borough president|(?:first |acting |interim |senior )*"
    r"(?:deputy |assistant |associate |vice )*"
    r"(?:commissioner|director|chief|captain|capt|inspector|chancellor|president|secretary|counsel)"
    r"|hon(?:orable)?|dr|mr|ms|mrs|senator|assembly ?member)\.?\s+)+"
)
SIDE_WORDS = (
    (Side.COUNCIL, ("council", "chair", "committee counsel")),
    (Side.AGENCY, ("witness", "commissioner", "agency", "administration", "department")),
    (Side.PUBLIC, ("public", "resident", "advocate")),
)


def fold(name: str) -> str:
    """A name to compare by: no accents, no case, no punctuation, one space."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return " ".join(re.sub(r"[^\w\s-]", " ", plain).split())


def without_title(folded: str) -> str:
    return TITLES.sub("", folded).strip()


def side_of_words(role: str) -> str:
    """The side that printed role words name, or "" where they name none."""
    folded = role.casefold()
    return next((side for side, words in SIDE_WORDS if any(word in folded for word in words)), "")


class Register:
    """Who is known by which name on one day."""

    def __init__(self, hearing: Hearing) -> None:
        self.by_name: dict[str, set[Official]] = defaultdict(set)
        self.by_surname: dict[str, set[Official]] = defaultdict(set)
        for official in Official.objects.with_appointments():
            folded = fold(official.name)
            self.by_name[without_title(folded)].add(official)
            if official.appointment_on(hearing.held_on):
                self.by_surname[folded.split()[-1]].add(official)

    def find(self, printed_name: str) -> Official | None:
        folded = fold(printed_name)
        name = without_title(folded)
        found = self.by_name.get(name, set())
        if not found and name != folded and " " not in name:
            found = self.by_surname.get(name, set())
        return next(iter(found)) if len(found) == 1 else None


def identify(hearing: Hearing, speakers: Iterable[Speaker]) -> int:
    """Take the unsettled among these speakers for officials where their name allows it; how many."""
    register = Register(hearing)
    identified = 0
    for speaker in speakers:
        if speaker.is_settled:
            continue
        if official := register.find(speaker.printed_name):
            speaker.official, speaker.is_settled = official, True
            speaker.save(update_fields=["official", "is_settled"])
            identified += 1
    return identified


@transaction.atomic
def decide(speaker: Speaker, *, by, official: Official | None = None, side: str = "") -> None:
    """Settle whom a printed name stands for: an official, or only a side."""
    speaker.official = official
    speaker.side = "" if official else side
    speaker.is_settled = True
    speaker.decided_by = by
    speaker.save(update_fields=["official", "side", "is_settled", "decided_by"])


@transaction.atomic
def decide_new(
    speaker: Speaker, *, by, name: str, role: str, side: str, agency: Agency | None = None
) -> Official:
    """The printed name is somebody the register doesn't know yet: an official with an appointment."""
    official = Official.objects.create(name=name)
    Appointment.objects.create(official=official, role=role, side=side, agency=agency)
    decide(speaker, by=by, official=official)
    return official


@transaction.atomic
def decide_elsewhere(speaker: Speaker, *, by) -> int:
    """Settle the same printed name likewise in all other hearings where it is still open; in how many."""
    same = Speaker.objects.filter(printed_name=speaker.printed_name, is_settled=False)
    others = list(same.exclude(pk=speaker.pk))
    for other in others:
        decide(other, by=by, official=speaker.official, side=speaker.side)
    return len(others)
