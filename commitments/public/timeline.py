"""A commitment's public history: date, act, public reason and role; never a name of staff."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.dates import long_date
from commitments.models import Commitment, Event
from hearings import clock

CHANGES_THE_RECORD = {
    "confirm", "extend", "judge", "pause", "resume", "refer", "close", "drop", "reopen",
    "answer_in_session",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line of the history. `is_key`: a date or the record itself changed."""

    event: Event
    day: date
    words: str
    reason: str
    is_key: bool


def of(commitment: Commitment) -> list[Line]:
    """The public acts, newest first."""
    events = commitment.events.select_related("text").order_by("-at", "-pk")
    return [_line(event) for event in events if event.definition.told]


def _line(event: Event) -> Line:
    text = getattr(event, "text", None)
    return Line(
        event=event,
        day=clock.date_of(event.at),
        words=_words(event),
        reason=text.public_reason if text else "",
        is_key=event.act in CHANGES_THE_RECORD,
    )


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
            by = _("the agency") if facts["asked_by"] == "agency" else _("the Council")
            return _("Due date extended to %(day)s, asked for by %(by)s") % {
                "day": long_date(date.fromisoformat(facts["due_on"])),
                "by": by,
            }
        case "judge":
            return _judged(event)
        case "resume" if "due_on" in facts:
            return _("Clock resumed; due %s") % long_date(date.fromisoformat(facts["due_on"]))
        case "respond":
            day = long_date(date.fromisoformat(facts["received_on"]))
            return _("The agency answered; received %s") % day
        case "send" | "ask_again":
            told = event.definition.told
            return f"{told}, {long_date(date.fromisoformat(facts['sent_on']))}"
    return str(event.definition.told)


def _judged(event: Event) -> str:
    outcomes = {
        "fulfilled": _("Fulfilled"),
        "partly_fulfilled": _("Partly fulfilled"),
        "not_enough": _("The answer was not enough"),
    }
    words = outcomes[event.facts["outcome"]]
    days = event.facts.get("council_days", 0)
    if days:
        took = ngettext("the Council took %d day", "the Council took %d days", days) % days
        day = long_date(date.fromisoformat(event.facts["due_on"]))
        words = _("%(outcome)s; %(took)s, so the due date is %(day)s") % {
            "outcome": words,
            "took": took,
            "day": day,
        }
    return words
