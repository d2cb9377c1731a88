"""What a record of the Legistar Web API says, in our words. Nearly every field may be null.

Dates come without a zone ("2026-10-20T00:00:00") and times beside them ("10:00 AM"): both are the clock on
the council's wall, as ours are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from operator import attrgetter
from textwrap import shorten
from typing import Any
from urllib.parse import urljoin, urlsplit

from hearings.legistar.client import LegistarError

PRIMARY = "primary legislative body"
LONGEST_NAME = 200
LONGEST_ADDRESS = 500
LONGEST_TITLE = 300  # of a chapter
BREATH = 20  # seconds; a consent calendar is read item upon item and discussed as one
_OFF = re.compile(r"\b(?:cancell?ed|deferred|postponed)\b", re.IGNORECASE)
_CHAIR = re.compile(r"\b(?:co-?|vice[ -])?chair", re.IGNORECASE)
_PLAIN = {"", "member", "committee member"}
_CLIP = re.compile(r"[1-9][0-9]*")
_TIMES = ("%I:%M %p", "%I:%M:%S %p", "%H:%M", "%H:%M:%S")


@dataclass(frozen=True)
class Body:
    """A committee, or the whole council."""

    key: int
    name: str
    is_primary: bool
    meets: bool  # False where the calendar says that it is no more, or never sits


@dataclass(frozen=True)
class Person:
    key: int
    name: str


@dataclass(frozen=True)
class Office:
    """Somebody's seat in a body from one day to another."""

    key: int
    person: int
    name: str
    body: int
    role: str  # "" for a plain member
    starts_on: date | None
    ends_on: date | None

    @property
    def is_chair(self) -> bool:
        return _CHAIR.search(self.role) is not None


@dataclass(frozen=True)
class Event:
    """A meeting of the calendar."""

    key: int
    body: str
    held_on: date
    starts_at: time | None
    comment: str
    video_url: str
    source_url: str
    is_off: bool  # cancelled, deferred or postponed


@dataclass(frozen=True)
class Item:
    """Something on a meeting's agenda that the video was marked for."""

    key: int
    title: str  # its number there, the file of its matter, and what it is about
    second: int  # of the video
    place: int  # on the agenda


def body(record: dict[str, Any]) -> Body | None:
    """The body, or None if it has no name."""
    name = _words(record, "BodyName")
    if not name:
        return None
    return Body(
        key=_key(record, "BodyId"),
        name=name,
        is_primary=_words(record, "BodyTypeName").casefold() == PRIMARY,
        meets=record.get("BodyActiveFlag") != 0 and record.get("BodyMeetFlag") != 0,
    )


def person(record: dict[str, Any]) -> Person | None:
    """The person, or None if they have no name."""
    parts = (_words(record, "PersonFirstName"), _words(record, "PersonLastName"))
    name = _words(record, "PersonFullName") or " ".join(filter(None, parts))
    return Person(_key(record, "PersonId"), name) if name else None


def office(record: dict[str, Any]) -> Office | None:
    """The seat, or None if it doesn't say whose it is and where."""
    if not all(isinstance(record.get(f"OfficeRecord{each}Id"), int) for each in ("Person", "Body")):
        return None
    printed = _words(record, "OfficeRecordTitle") or _words(record, "OfficeRecordMemberType")
    role = printed.capitalize() if printed.isupper() else printed
    return Office(
        key=_key(record, "OfficeRecordId"),
        person=record["OfficeRecordPersonId"],
        name=_words(record, "OfficeRecordFullName"),
        body=record["OfficeRecordBodyId"],
        role="" if role.casefold() in _PLAIN else role,
        starts_on=_day(record, "OfficeRecordStartDate"),
        ends_on=_day(record, "OfficeRecordEndDate"),
    )


def event(record: dict[str, Any]) -> Event | None:
    """The meeting, or None if it doesn't say who meets and when."""
    name, held_on = _words(record, "EventBodyName"), _day(record, "EventDate")
    if not name or held_on is None:
        return None
    comment = _words(record, "EventComment", 2000)
    told = " ".join(_words(record, each) for each in ("EventAgendaStatusName", "EventTime"))
    return Event(
        key=_key(record, "EventId"),
        body=name,
        held_on=held_on,
        starts_at=_time(record, "EventTime"),
        comment=comment,
        video_url=_address(record, "EventVideoPath") or _page_of_clip(record),
        source_url=_address(record, "EventInSiteURL"),
        is_off=_OFF.search(told) is not None or _OFF.match(comment) is not None,
    )


def item(record: dict[str, Any]) -> Item | None:
    """The item, or None if it has no name or nobody marked where in the video it begins."""
    names = ("EventItemTitle", "EventItemMatterName", "EventItemAgendaNote")
    name = next((said for each in names if (said := _words(record, each, 2000))), "")
    second = _number(record, "EventItemVideoIndex")
    if not name or second is None:
        return None
    number, file = (_words(record, f"EventItem{each}") for each in ("AgendaNumber", "MatterFile"))
    about = f"{file}: {name}" if file and file not in name else name
    return Item(
        key=_key(record, "EventItemId"),
        title=shorten(f"{number} {about}", LONGEST_NAME, placeholder="…"),
        second=second,
        place=_number(record, "EventItemAgendaSequence") or 0,
    )


def chapters_of(items: Iterable[Item]) -> list[Item]:
    """Where the agenda cuts the video: items called in one breath are one chapter, under the first one's
    key. An agenda that only marks the beginning cuts nothing."""
    called: list[list[Item]] = []
    for item in sorted(items, key=attrgetter("second", "place", "key")):
        if called and item.second - called[-1][-1].second < BREATH:
            called[-1].append(item)
        else:
            called.append([item])
    chapters = [_together(each) for each in called]
    return [] if [each.second for each in chapters] == [0] else chapters


def _together(called: list[Item]) -> Item:
    title = "; ".join(each.title for each in called)
    return replace(called[0], title=shorten(title, LONGEST_TITLE, placeholder="…"))


def committees_of(meeting: Event, known: Iterable[str]) -> list[str]:
    """Who sits: the body that called the meeting, then those of the known names that its comment says
    it sits jointly with. A name inside a longer one isn't meant."""
    sitting = [meeting.body]
    rest = meeting.comment if "joint" in meeting.comment.casefold() else ""
    found = []
    for name in sorted(set(known) - {meeting.body}, key=len, reverse=True):
        place = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest, re.IGNORECASE)
        if place:
            found.append((place.start(), name))
            rest = rest[: place.start()] + " " * len(name) + rest[place.end() :]
    return sitting + [name for _place, name in sorted(found)]


def _key(record: dict[str, Any], field: str) -> int:
    key = _number(record, field)
    if key is None:
        raise LegistarError(
            f"Legistar sends a record without its {field}; nothing of its page was taken over."
        )
    return key


def _number(record: dict[str, Any], field: str) -> int | None:
    """A count from 0 on."""
    value = record.get(field)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _words(record: dict[str, Any], field: str, longest: int = LONGEST_NAME) -> str:
    value = record.get(field)
    return " ".join(value.split())[:longest] if isinstance(value, str) else ""


def _day(record: dict[str, Any], field: str) -> date | None:
    try:
        return date.fromisoformat(_words(record, field)[:10])
    except ValueError:
        return None


def _time(record: dict[str, Any], field: str) -> time | None:
    words = _words(record, field).upper().replace(".", "")
    for form in _TIMES:
        try:
            return datetime.strptime(words, form).time()  # noqa: DTZ007  (the council's wall clock)
        except ValueError:
            continue
    return None


def _address(record: dict[str, Any], field: str) -> str:
    """A web address, or "": some calendars keep paths of their own servers there."""
    value = record.get(field)
    address = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", address)
    return address if is_good and len(address) <= LONGEST_ADDRESS else ""


def _page_of_clip(record: dict[str, Any]) -> str:
    """The page on which the council's own site plays the clip of Granicus that EventMedia numbers, or ""."""
    site, clip = _address(record, "EventInSiteURL"), str(record.get("EventMedia") or "").strip()
    if not site or not _CLIP.fullmatch(clip):
        return ""
    return urljoin(site, f"Video.aspx?Mode=Granicus&ID1={clip}&Mode2=Video")
