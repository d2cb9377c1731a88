"""The interpretation: what was promised, and what came of it."""

from commitments.lifecycle import Reason, State, Visibility
from commitments.models.answers import Answer, Evidence, Letter, Response
from commitments.models.calendar import Holiday, Target
from commitments.models.commitment import (
    Commitment,
    CommitmentQuerySet,
    Kind,
    ReferenceCounter,
    Strength,
    Type,
)
from commitments.models.event import Event, EventText
from commitments.models.mail import Delivery, Digest, MailToken, Subscriber, Subscription
from commitments.models.moment import SPAN, Moment, Note, Placement
from commitments.models.suggestion import Reading, Suggestion

__all__ = [
    "SPAN",
    "Answer",
    "Commitment",
    "CommitmentQuerySet",
    "Delivery",
    "Digest",
    "Event",
    "EventText",
    "Evidence",
    "Holiday",
    "Kind",
    "Letter",
    "MailToken",
    "Moment",
    "Note",
    "Placement",
    "Reading",
    "Reason",
    "ReferenceCounter",
    "Response",
    "State",
    "Strength",
    "Subscriber",
    "Subscription",
    "Suggestion",
    "Target",
    "Type",
    "Visibility",
]
