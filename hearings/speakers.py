"""Printed names → officials. A misattributed official is the worst mistake this product can make, so
only a full name, or a title and a surname nobody else bears, identifies anybody by itself. What is
merely alike is offered to a person, who decides; every decision is a row and can be undone."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from hearings import queue
from hearings.models import (
    Agency,
    Appointment,
    Decision,
    Hearing,
    Official,
    Settlement,
    Side,
    Speaker,
)
from hearings.refusing import Refused, permit
from hearings.roles import Role, acting_as
from hearings.words import folded, words_of

TITLES = re.compile(
    r"^(?:(?:council ?(?:member|man|woman|person)|cm|(?:co |vice )*chair(?:person|man|woman)?|speaker|"
    r"mayor|majority leader|minority leader|public advocate|comptroller|borough president|"
    r"(?:first |acting |interim |senior )*(?:deputy |assistant |associate |vice |executive )*"
    r"(?:commissioner|director|chief|captain|capt|inspector|chancellor|president|secretary|counsel|mayor)"
    r"|hon(?:orable)?|dr|mr|ms|mrs|mx|senator|assembly ?member|assemblyman|assemblywoman)\s+)+"
)
SIDE_WORDS = (
    (Side.COUNCIL, ("council", "chair", "committee counsel")),
    (Side.AGENCY, ("witness", "commissioner", "agency", "administration", "department")),
    (Side.PUBLIC, ("public", "resident", "advocate")),
)
BETWEEN_ROLE_AND_BODY = re.compile(r"\s+[—–-]\s+|[,;:(|]|\bof the\b|\bof\b|\bfor\b")
ALIKE = 78  # of 100, from which a name is worth offering
OFFERED = 3


def fold(name: str) -> str:
    """A name to compare by: no accents, no case, no punctuation, one space; the family name last."""
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first and not first.strip().endswith("."):
        name = f"{first} {last}"
    return " ".join(re.sub(r"[^\w\s-]", " ", folded(name)).split())


def without_title(name: str) -> str:
    """A folded name without the titles in front of it."""
    return TITLES.sub("", name).strip()


def side_of_words(role: str) -> str:
    """The side that printed role words name, or "" where they name none."""
    words = role.casefold()
    return next((side for side, known in SIDE_WORDS if any(word in words for word in known)), "")


def agency_of_words(role: str, agencies: Iterable[Agency] | None = None) -> Agency | None:
    """The agency that printed role words name, as in “Witness — OTI”, by name, short name or alias.
    Give `agencies` where they are at hand."""
    if not role:
        return None
    agencies = Agency.objects.all() if agencies is None else agencies
    pieces = {" ".join(words_of(piece)) for piece in BETWEEN_ROLE_AND_BODY.split(role)} - {""}
    found = [each for each in agencies if pieces & each.known_as]
    return found[0] if len(found) == 1 else None


class Register:
    """Who is known by which name; by a surname those in office on `day`, or anybody without one."""

    def __init__(self, officials: Iterable[Official], day: date | None = None) -> None:
        self.by_name: dict[str, set[Official]] = defaultdict(set)
        self.by_surname: dict[str, set[Official]] = defaultdict(set)
        for official in officials:
            name = without_title(fold(official.name))
            self.by_name[name].add(official)
            if name and (day is None or official.appointment_on(day)):
                self.by_surname[name.split()[-1]].add(official)

    def find(self, printed_name: str) -> Official | None:
        """The one official whom this name means: by the whole name, or by a title and a surname."""
        printed = fold(printed_name)
        name = without_title(printed)
        found = self.by_name.get(name, set())
        if not found and name != printed and " " not in name:
            found = self.by_surname.get(name, set())
        return next(iter(found)) if len(found) == 1 else None

    def alike(self, printed_name: str) -> list[Official]:
        """Those whose name or surname is alike, the likest first: to choose from, never to act upon."""
        name = without_title(fold(printed_name))
        if not name:
            return []
        known = self.by_name if " " in name else {**self.by_name, **self.by_surname}
        found = process.extract(
            name, list(known), scorer=_likeness, score_cutoff=ALIKE, limit=2 * OFFERED
        )
        officials = [each for key, _score, _at in found for each in sorted(known[key], key=str)]
        return list(dict.fromkeys(officials))[:OFFERED]


def _likeness(one: str, other: str, **_options) -> float:
    """How alike two names are, of 100; a surname alone is compared with the surname."""
    if " " not in one:
        return float(fuzz.ratio(one, other.split()[-1] if other else ""))
    return float(fuzz.token_sort_ratio(one, other))


def identify(hearing: Hearing, speakers: Iterable[Speaker]) -> int:
    """Take the unsettled among these speakers for officials where their name allows it; how many."""
    register = Register(Official.objects.with_appointments(), hearing.held_on)
    identified = 0
    for speaker in speakers:
        if speaker.is_settled or speaker.withholdings.standing().exists():
            continue
        if official := register.find(speaker.printed_name):
            speaker.official, speaker.is_settled = official, True
            speaker.save(update_fields=["official", "is_settled"])
            identified += 1
    return identified


def same_name_elsewhere(speaker: Speaker) -> Sequence[Speaker]:
    """The same printed name in other hearings, where nobody has settled it."""
    same = Speaker.objects.filter(printed_name=speaker.printed_name, is_settled=False)
    return list(same.exclude(pk=speaker.pk).order_by("-hearing__held_on", "pk"))


@transaction.atomic
def decide(
    speakers: Sequence[Speaker],
    *,
    by,
    now: datetime,
    official: Official | None = None,
    side: str = "",
    made: Official | None = None,
) -> Decision:
    """Settle whom these printed names stand for: an official, or only a side, or nobody we know."""
    permit(by, Role.CLERK)
    decision = Decision.objects.create(by=by, role=acting_as(by), at=now, made_official=made)
    locked = Speaker.objects.select_for_update().filter(pk__in=[each.pk for each in speakers])
    for speaker in locked.order_by("pk"):
        if official and speaker.withholdings.standing().exists():
            raise Refused(
                _("The name “%s” is withheld; a lead lifts that first. Nothing was changed.")
                % speaker.printed_name
            )
        Settlement.objects.create(
            decision=decision,
            speaker=speaker,
            official=official,
            side="" if official else side,
            official_before=speaker.official,
            side_before=speaker.side,
            was_settled=speaker.is_settled,
            decided_by_before=speaker.decided_by,
        )
        _set(speaker, official, "" if official else side, True, by)
    queue.after_decision(speaker.hearing_id for speaker in speakers)
    return decision


def _set(speaker: Speaker, official: Official | None, side: str, is_settled: bool, by) -> None:
    speaker.official, speaker.side = official, side
    speaker.is_settled, speaker.decided_by = is_settled, by
    speaker.save(update_fields=["official", "side", "is_settled", "decided_by"])


@transaction.atomic
def new_official(*, name: str, role: str, side: str, agency: Agency | None = None) -> Official:
    """Somebody the register doesn't know yet, with an appointment."""
    official = Official.objects.create(name=name)
    Appointment.objects.create(official=official, role=role, side=side, agency=agency)
    return official


@transaction.atomic
def undo(decision: Decision, *, by, now: datetime) -> int:
    """Put back what stood before the decision, in every hearing it changed; in how many names. An
    official made by it goes too, unless something else names them by now."""
    permit(by, Role.CLERK)
    standing = Decision.objects.select_for_update().standing().filter(pk=decision.pk).first()
    if standing is None:
        raise Refused(_("Somebody undid this already. Nothing was changed."))
    settlements = list(standing.settlements.select_related("speaker"))
    for each in settlements:
        now_stands = (each.speaker.official_id, each.speaker.side, each.speaker.is_settled)
        if now_stands != (each.official_id, each.side, True):
            raise Refused(
                _("“%s” was decided anew since. Undo that first. Nothing was changed.")
                % each.speaker.printed_name
            )
        _set(each.speaker, each.official_before, each.side_before, each.was_settled, each.decided_by_before)  # fmt: skip
    standing.undone_by, standing.undone_at = by, now
    standing.save(update_fields=["undone_by", "undone_at"])
    _forget(standing)
    names = [each.speaker for each in settlements] + [standing.voice]
    queue.after_decision(name.hearing_id for name in names if name)
    return len(settlements)


def _forget(decision: Decision) -> None:
    """Delete the official whom an undone decision had made, and nobody else needs."""
    made, voice = decision.made_official, decision.voice
    if made is None:
        return
    try:
        with transaction.atomic():
            if voice and voice.official_id == made.pk:
                _set(voice, None, "", True, voice.decided_by)
            made.delete()
    except ProtectedError:
        return
