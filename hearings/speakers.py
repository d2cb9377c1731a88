"""Printed names → officials. A misattributed official is the worst mistake this product can make, so
only a whole name, or a family name under the title of an office that one bearer holds, identifies anybody
by itself, and only where no word beside it speaks against it. What is merely alike is offered to a person,
who decides; every decision is a row and can be undone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from hearings import offices, printed, queue
from hearings.models import (
    Agency,
    Appointment,
    Council,
    Decision,
    Hearing,
    Official,
    Settlement,
    Side,
    Speaker,
)
from hearings.models.transcript import is_nameless
from hearings.offices import Words
from hearings.printed import PrintedName
from hearings.refusing import Refused, permit
from hearings.roles import Role, acting_as
from hearings.words import folded_words

ALIKE = 78  # of 100, from which a name is worth offering
HALF = 0.95  # of the likeness, where it is with half of a family name
OFFERED = 3


def sides_of(roles: Mapping[str, str]) -> dict[str, str]:
    """Printed name → side, as far as its role words or the title before it tell for certain."""
    known = {name for agency in Agency.objects.all() for name in agency.known_as}
    member = Council.current().member_word
    return {name: printed.side_of(name, role, known, member) for name, role in roles.items()}


def agency_of_words(role: str, agencies: Iterable[Agency] | None = None) -> Agency | None:
    """The agency that printed role words name, as in “Witness — OTI”, by name, short name or alias.
    Give `agencies` where they are at hand."""
    found = _named_in(role, Agency.objects.all() if agencies is None else agencies)
    return found[0] if len(found) == 1 else None


def _named_in(role: str, agencies: Iterable[Agency]) -> list[Agency]:
    names = offices.bodies_in(role)
    return [each for each in agencies if names & each.known_as] if names else []


@dataclass(frozen=True)
class Known:
    """An official by name, with the appointments in force on the day; where none is, with all."""

    official: Official
    name: PrintedName
    appointments: Sequence[Appointment]
    is_in_office: bool

    @classmethod
    def on(cls, day: date | None, official: Official) -> "Known":
        held = list(official.appointments.all())
        in_force = [each for each in held if day is None or each.is_in_force(day)]
        return cls(official, printed.read(official.name), in_force or held, bool(in_force))

    def may_hold(self, title: Words) -> bool:
        """Whether a title before the whole name is of their side, or of none."""
        sides = ("", *(each.side for each in self.appointments))
        return offices.side_of_title(title) in sides or self.holds(title) or not self.appointments

    def holds(self, title: Words) -> bool:
        """Whether they have the office of this title, so that the family name is enough."""
        return any(offices.suits(title, each.role, each.side) for each in self.appointments)

    def is_titled(self, title: Words) -> bool:
        """Whether their role names this very office."""
        return any(title in offices.offices_named(each.role) for each in self.appointments)


class Register:
    """Who is known by which name, on the day of a hearing or at any time."""

    def __init__(self, officials: Iterable[Official], day: date | None = None) -> None:
        self.agencies = Agency.objects.all()  # read once, where role words name one
        self.known = [Known.on(day, official) for official in officials]
        self.by_name: dict[Words, list[Known]] = defaultdict(list)
        self.by_family: dict[Words, list[Known]] = defaultdict(list)
        for each in self.known:
            if each.name.is_whole:
                self.by_name[each.name.words].append(each)
            for family in each.name.families if each.is_in_office else ():
                self.by_family[family].append(each)

    def find(self, printed_name: str, printed_role: str = "") -> Official | None:
        """The one official whom this name means for certain: by the whole name, or by the family name
        under the title of an office in force that day."""
        for name in printed.readings(printed_name):
            fitting = [] if name.is_doubtful else self._fitting(name, printed_role)
            if len(fitting) == 1:
                return fitting[0].official
        return None

    def alike(self, printed_name: str) -> list[Official]:
        """Those whose name or family name is alike, first whom the title suits, the likest of them first:
        to choose from, never to act upon."""
        found = [
            (all(map(each.may_hold, name.titles)), likeness, each.is_in_office, each.official)
            for name in printed.readings(printed_name)
            for each in self.known
            if (likeness := _likeness(name.words, each.name)) >= ALIKE
        ]
        found.sort(key=lambda each: str(each[-1]))
        found.sort(key=lambda each: each[:-1], reverse=True)
        return list(dict.fromkeys(official for *_how, official in found))[:OFFERED]

    def _fitting(self, name: PrintedName, printed_role: str) -> list[Known]:
        """Those whom the name fits, and nothing beside it speaks against."""
        role = "; ".join(filter(None, (printed_role, name.beside)))
        bearers = [each for each in self.by_name[name.words] if not each.name.contradicts(name)]
        if bearers:
            found = [each for each in bearers if all(map(each.may_hold, name.titles))]
        else:
            found = self._titled(name)
        found = [each for each in found if self._agrees(role, each)]
        same = [each for each in found if name.marks and each.name.marks == name.marks]
        return same if len(same) == 1 else found

    def _titled(self, name: PrintedName) -> list[Known]:
        """Those in office with this family name and every title before it. What one person at a time is,
        such as the Speaker, nobody else is while somebody is known to be it."""
        if not name.titles:
            return []
        found = [each for each in self.by_family[name.words] if not each.name.contradicts(name)]
        found = [each for each in found if all(map(each.holds, name.titles))]
        for title in set(name.titles) & set(offices.HELD_BY_ONE):
            if any(each.is_in_office and each.is_titled(title) for each in self.known):
                found = [each for each in found if each.is_titled(title)]
        return found

    def _agrees(self, role: str, known: Known) -> bool:
        """Whether the words beside a name can be said of this official: their titles, or their side, and
        their agency where one is named. What can't be understood is not agreed to."""
        if offices.is_silent(role):
            return True
        if offices.is_only_a_witness(role):
            return any(each.side != Side.COUNCIL for each in known.appointments)
        words = offices.plain(role)
        titles, size = offices.titles_before(words)
        if size == len(words):
            return all(map(known.may_hold, titles))
        named = _named_in(role, self.agencies)
        said = offices.side_of(role, {name for each in named for name in each.known_as})
        return any(
            each.side == said
            and (not named or not each.agency or any(map(each.agency.is_kin_of, named)))
            for each in known.appointments
        )


def _likeness(words: Words, known: PrintedName) -> float:
    """How alike two names are, of 100: the whole names, or what is printed and the end of the name; of one
    word and a family name of several, a little less."""
    if not words or not known.words:
        return 0
    name = " ".join(words)
    if len(words) < known.family:
        return HALF * max(fuzz.ratio(name, each) for each in known.words[-known.family :])
    end, whole = " ".join(known.words[-len(words) :]), " ".join(known.words)
    return max(fuzz.ratio(name, end), fuzz.token_sort_ratio(name, whole) if len(words) > 1 else 0)


def namesakes(name: str) -> list[Official]:
    """The officials of this name; of two of one name, neither is recognised by it."""
    asked = folded_words(name)
    known = Official.objects.with_appointments()
    return [each for each in known if folded_words(each.name) == asked]


def identify(hearing: Hearing, speakers: Iterable[Speaker]) -> int:
    """Take the unsettled among these speakers for officials where their name allows it; how many."""
    register = Register(Official.objects.with_appointments(), hearing.held_on)
    withheld = set(hearing.withholdings.standing().values_list("speaker", flat=True))
    identified = []
    for speaker in speakers:
        if speaker.is_settled or speaker.pk in withheld:
            continue
        if official := register.find(speaker.printed_name, speaker.printed_role):
            speaker.official, speaker.is_settled = official, True
            identified.append(speaker)
    Speaker.objects.bulk_update(identified, ["official", "is_settled"])
    return len(identified)


def same_name_elsewhere(speaker: Speaker) -> Sequence[Speaker]:
    """The same printed name in other hearings, where nobody has settled it; of what is no name, none."""
    if is_nameless(speaker.printed_name):
        return []
    same = Speaker.objects.waiting().filter(printed_name=speaker.printed_name)
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
def settle(
    speaker: Speaker,
    *,
    official: Official | None,
    new: dict | None,
    side: str,
    everywhere: bool,
    by,
    now: datetime,
) -> int:
    """Settle whom a printed name stands for: an official, a `new` one of these facts, or only a side; with
    `everywhere` also where it is printed and open in other hearings. In how many others it was."""
    made = new_official(**new) if new else None
    others = same_name_elsewhere(speaker) if everywhere else []
    decide([speaker, *others], by=by, now=now, official=made or official, side=side, made=made)
    return len(others)


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
        _put_back(each)
    standing.undone_by, standing.undone_at = by, now
    standing.save(update_fields=["undone_by", "undone_at"])
    _forget(standing)
    names = [each.speaker for each in settlements] + [standing.voice]
    queue.after_decision(name.hearing_id for name in names if name)
    return len(settlements)


def _put_back(settlement: Settlement) -> None:
    _set(
        settlement.speaker,
        settlement.official_before,
        settlement.side_before,
        settlement.was_settled,
        settlement.decided_by_before,
    )


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


@transaction.atomic
def look_again(officials: Iterable[Official]) -> None:
    """Have the hearings looked through anew at which they spoke: what is known of them has changed."""
    heard = set(Speaker.objects.filter(official__in=officials).values_list("hearing", flat=True))
    Hearing.objects.filter(pk__in=heard).update(people_changed=F("people_changed") + 1)
    queue.after_decision(heard)
