"""Every verb that writes. Each is one transaction: the commitment locked, the act allowed by the table
in lifecycle.py, the change and its event together. Refusals are sentences for the person who acted."""

from commitments.actions.answers import judge, refer, respond, send
from commitments.actions.clock import (
    date_set_by_staff,
    due_as_it_stands,
    extend,
    pause,
    resume,
)
from commitments.actions.confirming import (
    answer_in_session,
    confirm,
    missing_for_confirm,
    missing_for_publish,
    publish,
    unpublish,
)
from commitments.actions.ending import close, drop, merge, reopen, withdraw
from commitments.actions.making import discard, edit, move, note, tag
from commitments.actions.moments import check, correct_quote, link
from commitments.actions.suggestions import dismiss, no_suggestion, reconsider
from commitments.actions.writing import Conflict, acts_for
from hearings.refusing import Refused

__all__ = [
    "Conflict",
    "Refused",
    "acts_for",
    "answer_in_session",
    "check",
    "close",
    "confirm",
    "correct_quote",
    "date_set_by_staff",
    "discard",
    "dismiss",
    "drop",
    "due_as_it_stands",
    "edit",
    "extend",
    "judge",
    "link",
    "merge",
    "missing_for_confirm",
    "missing_for_publish",
    "move",
    "no_suggestion",
    "note",
    "pause",
    "publish",
    "reconsider",
    "refer",
    "reopen",
    "respond",
    "resume",
    "send",
    "tag",
    "unpublish",
    "withdraw",
]
