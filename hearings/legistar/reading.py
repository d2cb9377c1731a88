"""Takes a calendar over: bodies → committees, people and their seats → officials and appointments, events →
meetings to pick from, and the agendas of those that became hearings → chapters.

Each page is one transaction that also notes how far we are, so a run that breaks off is continued by the
next. What the calendar said is kept beside each row: a field that still says so follows it, one that
somebody edited stays. What staff deleted stays deleted."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from hearings import clock
from hearings.importing import one_at_a_time
from hearings.legistar import agenda, records
from hearings.legistar.client import Client, NoSuchList, Record, day_filter
from hearings.legistar.following import as_json, follow
from hearings.models import (
    Appointment,
    Committee,
    Council,
    Hearing,
    LegistarLink,
    LegistarReading,
    Meeting,
    Official,
    Side,
)
from hearings.printed import fold

Kind = LegistarLink.Kind
CONTINUED = timedelta(days=1)  # an older break is read from the beginning
PAST = timedelta(days=90)  # how far back a run looks unless it is told
FOLLOWED = ("starts_at", "video_url", "source_url")  # of a hearing; its title and date are staff's


def read(
    client: Client,
    *,
    since: date,
    until: date | None = None,
    now: datetime,
    step: Callable[[str], None] = lambda words: None,
) -> dict:
    """Read all lists; what was created, updated and unchanged of each, and warnings. Meetings and agendas
    are those from one day to the other.

    Raises LegistarError; whole pages that came before it are taken over, and the next run goes on there.
    """
    reading = Reading(client, now)
    step(_("reading the committees"))
    reading.take_list("bodies", "BodyId", "", reading.take_bodies)
    try:
        step(_("reading the people"))
        reading.take_list("persons", "PersonId", "", reading.take_people)
        held = f"{day_filter('OfficeRecordEndDate', since)} or OfficeRecordEndDate eq null"
        step(_("reading who sits where"))
        reading.take_list("officerecords", "OfficeRecordId", held, reading.take_offices)
    except NoSuchList:
        reading.warn(_("This calendar doesn't list its people."))
    step(_("reading the meetings"))
    days = day_filter("EventDate", since, until)
    reading.take_list("events", "EventId", days, reading.take_events)
    step(_("reading the agendas of hearings"))
    reading.take_agendas(since, until)
    return {
        "client": client.name,
        "since": since.isoformat(),
        "until": until and until.isoformat(),
        **reading.told,
    }


class Reading:
    """One run over a client's lists, and its tally."""

    def __init__(self, client: Client, now: datetime) -> None:
        self.client = client
        self.now = now
        self.tallies = {
            name: {"created": 0, "updated": 0, "unchanged": 0}
            for name in ("committees", "people", "appointments", "meetings", "chapters")
        }
        self.tallies["meetings"] |= {"off": 0, "adopted": 0}
        self.tallies["chapters"]["removed"] = 0
        self.warnings: list[str] = []

    @property
    def told(self) -> dict:
        return {**self.tallies, "warnings": self.warnings}

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    def take_list(
        self, name: str, key: str, where: str, take_page: Callable[[list[Record]], None]
    ) -> None:
        self.take(
            f"{name} {where}",
            lambda done: self.client.pages(name, key=key, where=where, done=done),
            take_page,
        )

    def take_agendas(self, since: date, until: date | None) -> None:
        """A page of these is one meeting with its agenda; the video of one to come isn't marked yet."""
        today = clock.date_of(self.now)
        meetings = Meeting.objects.with_agenda_to_read().held(since, min(until or today, today))
        meetings = meetings.filter(client=self.client.name).order_by("key")
        self.take(
            f"agendas {since} {until}",
            lambda done: self._agendas(meetings[done:]),
            self._take_agenda,
        )

    def _agendas(self, meetings: Iterable[Meeting]) -> Iterator[list[tuple]]:
        for meeting in meetings:
            try:
                yield [(meeting, agenda.ask(self.client, meeting))]
            except NoSuchList:
                self.warn(_("The calendar no longer knows this meeting: %s.") % meeting)

    def _take_agenda(self, page: list[tuple]) -> None:
        for meeting, items in page:
            for name, number in agenda.take_over(meeting, items).items():
                self.tallies["chapters"][name] += number

    def take(
        self,
        query: str,
        pages: Callable[[int], Iterable[list]],
        take_page: Callable[[list], None],
    ) -> None:
        """Take over page by page, from where a broken-off run left it."""
        place = {"client": self.client.name, "query": query}
        fresh = LegistarReading.objects.filter(**place, read_at__gt=self.now - CONTINUED).first()
        done = fresh.done if fresh else 0
        for page in pages(done):
            with transaction.atomic():
                one_at_a_time(f"legistar {self.client.name}")
                take_page(page)
                done += len(page)
                LegistarReading.objects.update_or_create(
                    **place, defaults={"done": done, "read_at": self.now}
                )
        LegistarReading.objects.filter(**place).delete()

    def take_bodies(self, page: list[Record]) -> None:
        tally = self.tallies["committees"]
        bodies = list(filter(None, map(records.body, page)))
        links = self._links(Kind.BODY, bodies)
        for each in bodies:
            link, said = links[each.key], _without_key(each)
            before, link.said = link.said, said
            if said == before:
                tally["unchanged"] += each.meets
                continue
            if each.meets and not link.has_become:
                link.has_become = True
                link.committee, is_new = Committee.objects.get_or_create(name=each.name)
                tally["created" if is_new else "unchanged"] += 1
            elif link.committee and self._follow_name(link.committee, before, each.name):
                tally["updated"] += 1
            link.save()

    def _follow_name(self, committee: Committee, before: dict, name: str) -> bool:
        if Committee.objects.exclude(pk=committee.pk).filter(name=name).exists():
            self.warn(
                _(
                    "“%(old)s” is now called “%(new)s”, but there is a committee of that name already."
                )
                % {"old": committee.name, "new": name}
            )
            return False
        return follow(committee, before, {"name": name})

    def take_people(self, page: list[Record]) -> None:
        """Note everybody's name; who becomes an official is said by the seats."""
        people = list(filter(None, map(records.person, page)))
        links = self._links(Kind.PERSON, people)
        for each in people:
            link, said = links[each.key], _without_key(each)
            before, link.said = link.said, said
            if said != before:
                if link.official and follow(link.official, before, said):
                    self.tallies["people"]["updated"] += 1
                link.save()
            elif link.official:
                self.tallies["people"]["unchanged"] += 1

    def take_offices(self, page: list[Record]) -> None:
        """Seats in the whole council and chairs of committees. A plain seat in a committee says nothing of
        how somebody is addressed, so it is left out where the calendar knows the whole council."""
        offices = list(filter(None, map(records.office, page)))
        bodies = self._of_kind(Kind.BODY)
        has_primary = any(link.said["is_primary"] for link in bodies.values())
        people = self._links(
            Kind.PERSON, {each.person: _Named(each.person) for each in offices}.values()
        )
        links = self._links(Kind.OFFICE, offices)
        for each in offices:
            body, person = bodies.get(each.body), people[each.person]
            is_primary = body is not None and body.said["is_primary"]
            if body is None or not (is_primary or each.is_chair or not has_primary):
                continue
            if not (person.said or each.name):
                continue
            if each.starts_on and each.ends_on and each.starts_on > each.ends_on:
                self.warn(
                    _("%(name)s, %(body)s: the seat ends before it begins; it was left out.")
                    % {"name": each.name, "body": body.said["name"]}
                )
                continue
            self._make_official(person, each.name)
            committee = None if is_primary else body.committee
            if person.official and (is_primary or committee):
                self._take_office(links[each.key], each, person.official, committee)

    def _make_official(self, person: LegistarLink, name: str) -> None:
        """Whoever has a seat is an official: the one known by that name whom no other person of the
        calendar became, else a new one. Whom staff deleted stays deleted."""
        if person.has_become:
            return
        name = person.said.get("name") or name
        others = LegistarLink.objects.filter(
            client=self.client.name, official=models.OuterRef("pk")
        )
        free = [
            each
            for each in Official.objects.filter(~models.Exists(others))
            if fold(each.name) == fold(name)
        ]
        is_known = len(free) == 1
        person.official = free[0] if is_known else Official.objects.create(name=name)
        person.has_become, person.said = True, {"name": name}
        person.save()
        self.tallies["people"]["unchanged" if is_known else "created"] += 1

    def _take_office(
        self,
        link: LegistarLink,
        office: records.Office,
        official: Official,
        committee: Committee | None,
    ) -> None:
        tally = self.tallies["appointments"]
        role = office.role or (_("Member") if committee else Council.current().member_word)
        facts = {"role": role, "starts_on": office.starts_on, "ends_on": office.ends_on}
        before, link.said = link.said, as_json(facts)
        if before == link.said:
            tally["unchanged"] += 1
            return
        if not link.has_become:
            link.has_become = True
            link.appointment = self._known_appointment(official, committee, role)
            if link.appointment is None:
                link.appointment = Appointment.objects.create(
                    official=official, side=Side.COUNCIL, committee=committee, **facts
                )
                before = link.said
                tally["created"] += 1
        if link.appointment and before != link.said:
            is_changed = self._follow_seat(link.appointment, before, facts)
            tally["updated" if is_changed else "unchanged"] += 1
        link.save()

    def _follow_seat(self, appointment: Appointment, before: dict, facts: dict) -> bool:
        try:
            with transaction.atomic():
                return follow(appointment, before, facts)
        except IntegrityError:  # a day of the calendar's and one of staff's, the wrong way round
            self.warn(_("%s: the days of the calendar contradict those noted here.") % appointment)
            return False

    def _known_appointment(
        self, official: Official, committee: Committee | None, role: str
    ) -> Appointment | None:
        """What somebody noted by hand, and no other seat of the calendar became."""
        linked = LegistarLink.objects.filter(appointment=models.OuterRef("pk"))
        by_hand = official.appointments.filter(
            ~models.Exists(linked), committee=committee, role__iexact=role
        )
        return by_hand.filter(side=Side.COUNCIL).first()

    def take_events(self, page: list[Record]) -> None:
        events = [event for event in map(records.event, page) if event]
        if left := len(page) - len(events):
            self.warn(_("Meetings without a date or a body were left out: %d.") % left)
        tally = self.tallies["meetings"]
        names = [link.said["name"] for link in self._of_kind(Kind.BODY).values()]
        known = Meeting.objects.filter(
            client=self.client.name, key__in=[each.key for each in events]
        )
        meetings = {each.key: each for each in known.select_related("hearing")}
        by_hand = _hearings_without_meeting(each.held_on for each in events)
        for event in events:
            meeting = meetings.get(event.key) or Meeting(client=self.client.name, key=event.key)
            facts = {
                "title": event.body,
                "held_on": event.held_on,
                "starts_at": event.starts_at,
                "committees": records.committees_of(event, names),
                "video_url": event.video_url,
                "source_url": event.source_url,
                "is_off": event.is_off,
            }
            tally["off"] += event.is_off
            before, meeting.said = meeting.said, as_json(facts)
            for name, value in facts.items():
                setattr(meeting, name, value)
            adopted = None if meeting.hearing or event.is_off else _same_sitting(meeting, by_hand)
            if adopted:
                by_hand.remove(adopted)
                meeting.hearing = adopted
                tally["adopted"] += 1
            elif before == meeting.said:
                tally["unchanged"] += 1
                continue
            if meeting.hearing:
                follow(
                    meeting.hearing,
                    {} if adopted else before,
                    {name: facts[name] for name in FOLLOWED if facts[name]},
                )
            tally["updated" if meeting.pk else "created"] += before != meeting.said
            meeting.save()

    def _of_kind(self, kind: Kind) -> dict[int, LegistarLink]:
        links = LegistarLink.objects.filter(client=self.client.name, kind=kind)
        return {link.key: link for link in links.select_related("committee")}

    def _links(self, kind: Kind, found: Iterable[Any]) -> dict[int, LegistarLink]:
        """The link of each record, unsaved and without words where it is new."""
        keys = [each.key for each in found]
        known = LegistarLink.objects.filter(client=self.client.name, kind=kind, key__in=keys)
        links = {key: LegistarLink(client=self.client.name, kind=kind, key=key) for key in keys}
        return links | {
            link.key: link for link in known.select_related("committee", "official", "appointment")
        }


class _Named:
    """A key alone."""

    def __init__(self, key: int) -> None:
        self.key = key


def _hearings_without_meeting(days: Iterable[date]) -> list[Hearing]:
    return list(
        Hearing.objects.filter(held_on__in=set(days), meetings=None)
        .with_committees()
        .order_by("pk")
    )


def _same_sitting(meeting: Meeting, hearings: list[Hearing]) -> Hearing | None:
    """The hearing that somebody made by hand of this meeting: same day, its committees, and then the same
    title or else no other start; None if that leaves several."""
    wanted = set(map(fold, meeting.committees))
    same_day = [
        each
        for each in hearings
        if each.held_on == meeting.held_on
        and wanted <= {fold(committee.name) for committee in each.committee_list}
    ]
    same_title = [each for each in same_day if fold(each.title) == fold(meeting.title)]
    found = same_title or [each for each in same_day if each.starts_at in (None, meeting.starts_at)]
    return found[0] if len(found) == 1 else None


def _without_key(record: records.Body | records.Person) -> dict:
    said = asdict(record)
    del said["key"]
    return said
