"""What becomes of a suggestion: a draft, nothing, or once more a question."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.actions.writing import Conflict, permit
from commitments.models import Suggestion


@transaction.atomic
def dismiss(suggestion: Suggestion, *, by, now: datetime) -> None:
    """This is no commitment; the suggestion does not come back."""
    permit("tag", by)
    settle(suggestion, Suggestion.Decision.DISMISSED, by, now)


@transaction.atomic
def reconsider(suggestion: Suggestion, *, by) -> None:
    """Undo a dismissal; the suggestion waits again."""
    permit("tag", by)
    Suggestion.objects.filter(pk=suggestion.pk, decision=Suggestion.Decision.DISMISSED).update(
        decision="", decided_by=None, decided_at=None
    )


def settle(suggestion: Suggestion, decision: str, by, now: datetime, commitment=None) -> None:
    fresh = Suggestion.objects.select_for_update().filter(pk=suggestion.pk).first()
    if fresh is None:
        raise no_suggestion()
    if fresh.decision:
        raise Conflict(_("Somebody else has decided on this suggestion already."))
    fresh.decision, fresh.decided_by, fresh.decided_at = decision, by, now
    fresh.commitment = commitment
    fresh.save(update_fields=["decision", "decided_by", "decided_at", "commitment"])


def no_suggestion() -> Conflict:
    """What is said of one that went while somebody looked at it."""
    return Conflict(
        _(
            "This suggestion is gone: the transcript, or who spoke, was corrected. Nothing was changed."
        )
    )
