"""A commitment's public history: date, act, public reason and role; never a name of staff."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.dates import long_date
from commitments.models import Commitment, Event, Moment
from hearings import clock
from hearings.models import Agency

CHANGES_THE_RECORD = {
    "confirm", "extend", "judge", "pause", "resume", "refer", "close", "drop", "reopen",
    "answer_in_session",
}  # fmt: skip
NOBODYS_BUSINESS = {"internal_note", "is_priority", "position"}  # fields that no public page shows


@dataclass(frozen=True)
class Line:
    """One line of the history. `is_key`: a date or the record itself changed. `moment` is what was
    linked."""

    act: str
    day: date
    words: str
    role: str
    reason: str
    is_key: bool
    moment: Moment | None = None


def of(commitment: Commitment) -> list[Line]:
    """The public acts, newest first. The commitment comes with the moments that may be shown."""
    events = commitment.events.as_public().select_related("text").order_by("-at", "-pk")
    moments = {each.pk: each for each in commitment.moments.all()}
    lines = [_line(event, moments) for event in events if _is_told(event, moments)]
    return sorted(lines, key=lambda line: line.day, reverse=True)


def _is_told(event: Event, moments: dict[int, Moment]) -> bool:
    match event.act:
        case "amend":
            return bool(set(event.facts["changed"]) - NOBODYS_BUSINESS)
        case "link":
            return event.facts["moment"] in moments
    return bool(event.definition.told)


def _line(event: Event, moments: dict[int, Moment]) -> Line:
    text = getattr(event, "text", None)
    reasons = (event.get_reason_code_display(), text.public_reason if text else "")
    line = Line(
        act=event.act,
        day=_day(event),
        words=_words(event),
        role=str(event.get_role_display()),
        reason=". ".join(filter(None, reasons)),
        is_key=event.act in CHANGES_THE_RECORD,
    )
    if event.act != "link":
        return line
    moment = moments[event.facts["moment"]]
    return replace(line, moment=moment, words=str(moment.get_role_display()))


def _day(event: Event) -> date:
    """The day it happened, where that isn't the day it was written down."""
    happened = event.facts.get("sent_on") or (
        event.act == "respond" and event.facts.get("received_on")
    )
    return date.fromisoformat(happened) if happened else clock.date_of(event.at)


def _words(event: Event) -> str:
    facts = event.facts
    match event.act:
        case "confirm":
            due = _(", due %s") % long_date(event.due_on) if event.due_on else ""
            return _("Confirmed as %(reference)s%(due)s") % {
                "reference": facts["reference"],
                "due": due,
            }
        case "extend":
            return _extended(facts)
        case "judge":
            return _judged(facts)
        case "resume" if "due_on" in facts:
            return _("Clock resumed; due %s") % _in_full(facts["due_on"])
        case "refer":
            agency = Agency.objects.filter(slug=facts["agency"]).first()
            return _("Referred to %s") % (agency or facts["agency"])
    return str(event.definition.told)


def _extended(facts: dict) -> str:
    by = _("the agency") if facts["asked_by"] == "agency" else _("the Council")
    day = _in_full(facts["due_on"])
    if not facts["due_before"]:
        return _("Given a due date, %(day)s, asked for by %(by)s") % {"day": day, "by": by}
    days = (date.fromisoformat(facts["due_on"]) - date.fromisoformat(facts["due_before"])).days
    return ngettext(
        "Due date extended by %(days)d day, to %(day)s, asked for by %(by)s",
        "Due date extended by %(days)d days, to %(day)s, asked for by %(by)s",
        days,
    ) % {"days": days, "day": day, "by": by}


def _judged(facts: dict) -> str:
    outcomes = {
        "fulfilled": _("Fulfilled"),
        "partly_fulfilled": _("Partly fulfilled"),
        "not_enough": _("The answer was not enough"),
    }
    outcome = outcomes[facts["outcome"]]
    days = facts.get("council_days", 0)
    if not days:
        return outcome
    return ngettext(
        "%(outcome)s; the Council took %(days)d day, so the due date is %(day)s",
        "%(outcome)s; the Council took %(days)d days, so the due date is %(day)s",
        days,
    ) % {"outcome": outcome, "days": days, "day": _in_full(facts["due_on"])}


def _in_full(day: str) -> str:
    return long_date(date.fromisoformat(day))
