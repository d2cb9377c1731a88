"""What the public pages may show, asked in one place."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.db.models import Prefetch
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from commitments.lifecycle import State, Visibility
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


def one_commitment(view: Callable) -> Callable:
    """Give the view the public commitment of its reference. What was merged is a redirect to the same
    kind of address of its target, what was removed a tombstone, what was never public 404."""

    @wraps(view)
    def found(request, reference: str):
        ever_public = whole(Commitment.objects.exclude(visibility=Visibility.INTERNAL))
        commitment = get_object_or_404(ever_public, reference=reference, hearing__is_unlisted=False)
        if commitment.state == State.MERGED:
            return _to_the_target(request, commitment)
        if commitment.visibility == Visibility.REMOVED:
            return _tombstone(request, commitment)
        return view(request, commitment)

    return found


def _to_the_target(request, commitment: Commitment) -> HttpResponse:
    target = commitment.merged_into
    if target.reference is None:
        raise Http404
    address = reverse(request.resolver_match.view_name, args=[target.reference])
    return HttpResponsePermanentRedirect(address)


def _tombstone(request, commitment: Commitment) -> HttpResponse:
    """Reference, date and reason, nothing else."""
    removals = Event.objects.filter(commitment=commitment, act__in=("withdraw", "unpublish"))
    removal = removals.as_public().select_related("commitment", "text").latest("number")
    words = removal.text.public_reason if hasattr(removal, "text") else ""
    tombstone = {
        "reference": commitment.reference,
        "removed_on": clock.date_of(removal.at),
        "reason": words or removal.get_reason_code_display(),
    }
    if request.resolver_match.view_name == "commitment":
        return render(request, "commitments/public/tombstone.html", tombstone, status=410)
    return JsonResponse(tombstone, status=410)
