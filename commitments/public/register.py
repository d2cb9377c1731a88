"""The public register: the list with its facets, and one page for each commitment."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.filters import CommitmentFilter
from commitments.lifecycle import State, Visibility
from commitments.models import Commitment, Moment
from commitments.public import calendars, timeline
from commitments.public.clockline import Clockline
from commitments.templatetags.record import clock_time
from hearings import clock
from hearings.models import Council, Utterance

PER_PAGE = 20
AROUND = 3  # lines before and after an answer, in the fold


@login_not_required
@require_safe
def commitments(request):
    chosen = CommitmentFilter(
        request.GET, queryset=Commitment.objects.public().order_by("-confirmed_on", "-pk")
    )
    page = Paginator(chosen.qs.for_lists(), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": chosen,
        "page": page,
        "query": query.urlencode(),
        "section": "commitments",
    }
    return render(request, "commitments/public/commitments.html", context)


def _find(reference: str) -> Commitment:
    """The commitment of that reference if it was ever public; else 404."""
    found = get_object_or_404(
        Commitment.objects.for_lists(), reference=reference, hearing__is_unlisted=False
    )
    if found.visibility == Visibility.INTERNAL:
        raise Http404
    return found


def _answer_for_the_gone(request, commitment: Commitment):
    """A redirect for what was merged, a tombstone for what was removed, None for all others."""
    if commitment.state == State.MERGED and commitment.merged_into.reference:
        return redirect(commitment.merged_into, permanent=True)
    if commitment.visibility == Visibility.REMOVED:
        last = (
            commitment.events.filter(act__in=("withdraw", "unpublish"))
            .select_related("text")
            .order_by("number")
            .last()
        )
        context = {"commitment": commitment, "last": last, "section": "commitments"}
        return render(request, "commitments/public/tombstone.html", context, status=410)
    return None


@login_not_required
@require_safe
def commitment(request, reference: str):
    found = _find(reference)
    if gone := _answer_for_the_gone(request, found):
        return gone
    today = clock.today()
    context = {
        "commitment": found,
        "clockline": Clockline.of(found, today),
        "history": timeline.of(found),
        "others": found.moments.exclude(role__in=("made", "question"))
        .filter(hearing__is_unlisted=False)
        .with_speakers()
        .select_related("hearing")
        .order_by("hearing__held_on", "start"),
        "around": _around(found.made),
        "evidence": found.evidence.filter(is_public=True),
        "statements": [
            answer.response
            for answer in found.answers.select_related("response__agency")
            if answer.response.statement and answer.response.is_public
        ],
        "letters": found.letters.order_by("sent_on"),
        "extensions": found.events.filter(act="extend").count(),
        "citation": _citation(found),
        "section": "commitments",
    }
    return render(request, "commitments/public/commitment.html", context)


def _around(made: Moment | None) -> list[Utterance]:
    """The lines just before and after what was said, in the transcript it quotes."""
    if made is None:
        return []
    lines = Utterance.objects.of_revision(made.transcript).with_speakers()
    place = made.utterance.place
    before = lines.filter(place__lte=place).exclude(pk=made.utterance_id)
    after = lines.filter(place__gte=place).exclude(pk=made.utterance_id)
    earlier = list(before.order_by("-place", "-part_id", "-line")[: AROUND + 1])[::-1]
    found = {line.pk: line for line in (*earlier[-AROUND:], *after.in_order()[:AROUND])}
    return list(found.values())


def _citation(commitment: Commitment) -> str:
    """Who, role, agency, to whom, where, when, at which second."""
    made = commitment.made
    speaker = made.speaker if made else None
    who = (
        [str(speaker), speaker.role, commitment.agency.name]
        if speaker
        else [str(commitment.agency)]
    )
    asked = _("to %s") % commitment.owed_to
    place = [Council.current().name, *map(str, commitment.hearing.committee_list)]
    day = commitment.hearing.held_on
    said = f"{day:%B} {day.day}, {day.year}"
    second = _(", at %s") % clock_time(made.start) if made and made.start is not None else ""
    return _("%(who)s, %(asked)s. %(place)s, %(said)s%(second)s. Commitment %(reference)s.") % {
        "who": ", ".join(filter(None, who)),
        "asked": asked,
        "place": ", ".join(place),
        "said": said,
        "second": second,
        "reference": commitment.reference,
    }


@login_not_required
@require_safe
def as_json(request, reference: str):
    found = _find(reference)
    if gone := _answer_for_the_gone(request, found):
        return gone
    return JsonResponse(_facts(request, found), json_dumps_params={"ensure_ascii": False})


def _facts(request, commitment: Commitment) -> dict:
    def named(body):
        return body and {
            "name": body.name,
            "url": request.build_absolute_uri(body.get_absolute_url()),
        }

    def quoted(moment: Moment | None):
        return moment and {
            "quote": moment.quote,
            "speaker": str(moment.speaker) if moment.speaker else "",
            "start": moment.start,
            "url": request.build_absolute_uri(moment.get_absolute_url()),
        }

    return {
        "reference": commitment.reference,
        "url": request.build_absolute_uri(commitment.get_absolute_url()),
        "what": commitment.what,
        "state": commitment.state,
        "visibility": commitment.visibility,
        "kind": commitment.kind,
        "type": commitment.type,
        "strength": commitment.strength,
        "agency": named(commitment.agency),
        "official": named(commitment.official),
        "owed_to_member": named(commitment.owed_to_member),
        "owed_to_committee": named(commitment.owed_to_committee),
        "hearing": {
            "title": commitment.hearing.title,
            "date": commitment.hearing.held_on,
            "url": request.build_absolute_uri(commitment.hearing.get_absolute_url()),
        },
        "due_on": commitment.due_on,
        "original_due_on": commitment.original_due_on,
        "due_basis": commitment.due_basis,
        "due_reason": commitment.due_reason,
        "days_late": commitment.days_late(clock.today()),
        "fulfilled_on": commitment.fulfilled_on,
        "closed_on": commitment.closed_on,
        "question": quoted(commitment.question),
        "answer": quoted(commitment.made),
        "history": [
            {"at": line.event.at, "act": line.event.act, "words": line.words, "reason": line.reason}
            for line in timeline.of(commitment)
        ],
    }


@login_not_required
@require_safe
def as_ics(request, reference: str):
    found = _find(reference)
    if gone := _answer_for_the_gone(request, found):
        return gone
    if found.due_on is None:
        raise Http404(_("It has no due date."))
    stamp: datetime = found.published_at or clock.now()
    body = calendars.calendar([calendars.due_day(found, stamp)])
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
