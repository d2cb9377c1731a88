"""The whole act table in one place: from which state to which, who, what it must carry.

The database's constraints are built from this table, and a test compares them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from hearings.roles import Role


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    RESPONSE_RECEIVED = "response_received", _("Answer under review")
    PARTLY_FULFILLED = "partly_fulfilled", _("Partly fulfilled")
    FULFILLED = "fulfilled", _("Fulfilled")
    NOT_FULFILLED = "not_fulfilled", _("Closed, not fulfilled")
    DROPPED = "dropped", _("Closed by the Council")
    WITHDRAWN = "withdrawn", _("Removed (entered in error)")
    MERGED = "merged", _("Merged")


class Visibility(models.TextChoices):
    INTERNAL = "internal", _("Internal")
    PUBLIC = "public", _("Public")
    REMOVED = "removed", _("Was public; a tombstone stays")


class Reason(models.TextChoices):
    """Why something was closed, removed or set aside."""

    REFUSED = "refused", _("Refused")
    OVERTAKEN = "overtaken", _("Overtaken by events")
    SUPERSEDED = "superseded", _("Superseded")
    OUTSIDE_POWER = "outside_power", _("Outside the agency’s power")
    NO_LONGER_NEEDED = "no_longer_needed", _("No longer needed")
    LEGAL = "legal", _("Legal or confidential")
    ASKED_DIFFERENTLY = "asked_differently", _("Asked differently")
    NOT_A_COMMITMENT = "not_a_commitment", _("Not a commitment")
    DUPLICATE = "duplicate", _("Duplicate")
    ENTERED_IN_ERROR = "entered_in_error", _("Entered in error")


BEFORE = ""  # a commitment that is only now being made
RUNNING = (State.OPEN, State.PARTLY_FULFILLED)
LIVE = (*RUNNING, State.RESPONSE_RECEIVED)
CLOSED = (State.FULFILLED, State.NOT_FULFILLED, State.DROPPED)
NUMBERED = (*LIVE, *CLOSED)  # states that can only be reached with a reference
GONE = (State.WITHDRAWN, State.MERGED)


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the table. `moves` are the pairs of states it may lead from and to; `carries` what
    must be given with it, as its verb and its form name it; `told` what the public history says of it,
    nothing where it stays internal."""

    name: str
    label: str
    moves: tuple[tuple[str, str], ...]
    role: Role | None  # None: the clock's own acts
    carries: tuple[str, ...] = ()
    told: str = ""

    def can_follow(self, state: str) -> bool:
        return any(before == state for before, _after in self.moves)


def between(sources, targets) -> tuple[tuple[str, str], ...]:
    return tuple((str(source), str(target)) for source in sources for target in targets)


def staying(*states) -> tuple[tuple[str, str], ...]:
    return tuple((str(state), str(state)) for state in states)


TABLE = (
    Act("tag", _("Tag"), ((BEFORE, State.DRAFT),), Role.CLERK, ("selection", "due")),
    Act("note", _("Note"), ((BEFORE, State.DRAFT),), Role.CLERK, ("what", "due")),
    Act("edit", _("Edit"), staying(State.DRAFT), Role.CLERK),
    Act("confirm", _("Confirm"), ((State.DRAFT, State.OPEN),), Role.REVIEWER, told=_("Confirmed")),
    Act("answer_in_session", _("Answered in session"), ((State.DRAFT, State.FULFILLED),), Role.REVIEWER, ("selection",), told=_("Answered at the same hearing")),
    Act("amend", _("Correct the wording"), staying(*LIVE), Role.REVIEWER, told=_("Record corrected")),
    Act("publish", _("Publish"), staying(*NUMBERED), Role.REVIEWER, told=_("Published")),
    Act("unpublish", _("Unpublish"), staying(*NUMBERED), Role.REVIEWER, ("public_reason",)),
    Act("send", _("Log a letter"), staying(*LIVE), Role.CLERK, ("sent_on",), told=_("Sent to the agency in writing")),
    Act("ask_again", _("Log asking again"), staying(*LIVE), Role.CLERK, ("sent_on",), told=_("Asked again")),
    Act("link", _("Link a moment"), staying(State.DRAFT, *NUMBERED), Role.CLERK, ("selection", "role"), told=_("Linked to another moment")),
    Act("correct_quote", _("Correct a quote"), staying(State.DRAFT, *NUMBERED), Role.CLERK, ("role", "words"), told=_("Quote corrected")),
    Act("check", _("Record a check"), staying(State.DRAFT, *NUMBERED), Role.CLERK, ("checked_on",), told=_("Words checked against the recording")),
    Act(
        "respond",
        _("Record an answer"),
        between(RUNNING, [State.RESPONSE_RECEIVED]),
        Role.CLERK,
        ("received_on",),
        told=_("The agency answered"),
    ),
    Act(
        "judge",
        _("Judge the answer"),
        between([State.RESPONSE_RECEIVED], [State.FULFILLED, *RUNNING]),
        Role.REVIEWER,
        ("outcome", "public_reason"),
        told=_("Answer judged"),
    ),
    Act("extend", _("Extend the due date"), staying(*RUNNING), Role.REVIEWER, ("due_on", "asked_by", "public_reason"), told=_("Due date extended")),
    Act("pause", _("Pause the clock"), staying(*RUNNING), Role.REVIEWER, ("public_reason",), told=_("Clock paused")),
    Act("resume", _("Resume the clock"), staying(*RUNNING), Role.REVIEWER, told=_("Clock resumed")),
    Act("refer", _("Refer to another agency"), staying(*LIVE), Role.REVIEWER, ("agency", "public_reason"), told=_("Referred to another agency")),
    Act(
        "close",
        _("Close, not fulfilled"),
        between(LIVE, [State.NOT_FULFILLED]),
        Role.REVIEWER,
        ("reason_code", "public_reason"),
        told=_("Closed, not fulfilled"),
    ),
    Act(
        "drop",
        _("Stop pursuing"),
        between(LIVE, [State.DROPPED]),
        Role.LEAD,
        ("reason_code", "public_reason"),
        told=_("Closed by the Council"),
    ),
    Act("reopen", _("Reopen"), between([*CLOSED, State.WITHDRAWN], [State.OPEN]), Role.REVIEWER, ("public_reason",), told=_("Reopened")),
    Act("merge", _("Merge into another"), between([State.DRAFT, *NUMBERED], [State.MERGED]), Role.REVIEWER, ("target",), told=_("Merged")),
    Act("withdraw", _("Remove"), between([State.DRAFT, State.OPEN], [State.WITHDRAWN]), Role.REVIEWER, ("reason_code",), told=_("Removed")),
    Act("discard", _("Discard"), ((State.DRAFT, State.WITHDRAWN),), Role.CLERK),
    Act("flag", _("Noticed as overdue"), staying(*RUNNING), None),
    Act("unflag", _("No longer overdue"), staying(*LIVE, *CLOSED, *GONE), None),
)  # fmt: skip
ACTS = {act.name: act for act in TABLE}
CLOCKS_OWN = tuple(act.name for act in TABLE if act.role is None)


def moves() -> Iterator[tuple[str, str, str]]:
    """Every (act, state before, state after) that may stand in the history."""
    for act in TABLE:
        for before, after in act.moves:
            yield act.name, str(before), str(after)


def acts_open_to(state: str) -> list[Act]:
    """What a person can do with a commitment in this state, in the table's order."""
    return [act for act in TABLE if act.role and act.can_follow(state)]
