"""What the public pages may show, asked in one place."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.db.models import Prefetch
from django.http import HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from commitments.lifecycle import Visibility
from commitments.models import Commitment, CommitmentQuerySet, Event, Moment
from hearings import clock

OF_AN_ENTRY = (Moment.Role.MADE, Moment.Role.QUESTION)


def moments():
    """Moments whose words the public may read; an unlisted hearing's are nowhere."""
    listed = Moment.objects.filter(hearing__is_unlisted=False).as_public()
    return listed.select_related("utterance__part").defer("search", "utterance__search")


def entries(commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    """With all that an entry of a list shows, in two queries whatever their number."""
    words = Prefetch("moments", moments().filter(role__in=OF_AN_ENTRY))
    return (
        commitments.select_related(
            "agency", "official", "owed_to_member", "owed_to_committee", "hearing"
        )
        .prefetch_related(words)
        .as_public()
    )


def texts(commitments: Iterable[Commitment]) -> list[str]:
    """What is to read in their entries: the promises, and their quotations."""
    promises = [each.what for each in commitments]
    return promises + [words.spoken for each in commitments for words in each.moments.all()]


def whole(commitments: CommitmentQuerySet) -> CommitmentQuerySet:
    """With all that one commitment's page shows of it."""
    words = (
        moments()
        .with_speakers()
        .select_related("hearing", "utterance__part", "end_utterance__part")
    )
    return (
        commitments.for_lists()
        .prefetch_related(None)
        .prefetch_related(Prefetch("moments", words))
        .as_public()
    )


def once_public() -> CommitmentQuerySet:
    """Whatever has, or had, a public page."""
    ever = Commitment.objects.exclude(visibility=Visibility.INTERNAL)
    return ever.filter(hearing__is_unlisted=False)


def one_commitment(view: Callable) -> Callable:
    """Give the view the public commitment of its reference. What was merged is a redirect to the same
    kind of address of its target, what was removed a tombstone, what was never public 404."""

    @wraps(view)
    def found(request, reference: str):
        commitment = get_object_or_404(whole(once_public()), reference=reference)
        view_name = request.resolver_match.view_name
        if target := commitment.merged_into:
            return HttpResponsePermanentRedirect(reverse(view_name, args=[target.reference]))
        if tombstone := tombstone_of(commitment):
            if view_name == "commitment":
                return render(request, "commitments/public/tombstone.html", tombstone, status=410)
            return JsonResponse(tombstone, status=410)
        return view(request, commitment)

    return found


def tombstone_of(commitment: Commitment) -> dict | None:
    """What stays of one that was removed: reference, date and reason, nothing else."""
    if commitment.visibility != Visibility.REMOVED:
        return None
    removals = Event.objects.filter(commitment=commitment, act__in=("withdraw", "unpublish"))
    removal = removals.as_public().select_related("commitment", "text").latest("number")
    words = removal.text.public_reason if hasattr(removal, "text") else ""
    return {
        "reference": commitment.reference,
        "removed_on": clock.date_of(removal.at),
        "reason": words or removal.get_reason_code_display(),
    }
