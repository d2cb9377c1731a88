"""One commitment: its page, and the same as JSON and as a date for a calendar."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.api.serializers import CommitmentSerializer
from commitments.lifecycle import State
from commitments.models import Answer, Commitment, Moment
from commitments.public import calendars, marking, shown, timeline
from commitments.public.clockline import Clockline
from hearings import clock, days
from hearings.formats import timecode
from hearings.models import Council, Utterance

AROUND = 3  # lines before and after an answer, in the fold


@login_not_required
@require_safe
@shown.one_commitment
def commitment(request, found: Commitment):
    context = {
        "commitment": found,
        "clockline": Clockline.of(found, clock.today()),
        "history": timeline.of(found),
        "elsewhere": _said_elsewhere(found),
        "around": _around(found.made) if found.made else [],
        "evidence": found.evidence.public(),
        "statements": [each.response for each in _public_answers(found) if each.response.statement],
        "letters": found.letters.order_by("sent_on"),
        "extensions": found.events.filter(act="extend").count(),
        "citation": _citation(found),
        "section": "commitments",
    }
    return render(request, "commitments/public/commitment.html", context)


def _said_elsewhere(commitment: Commitment) -> list[Moment]:
    """Its other moments, in the order they were said."""
    others = [each for each in commitment.moments.all() if each.role not in shown.OF_AN_ENTRY]
    return sorted(others, key=lambda each: (each.hearing.held_on, each.start or 0, each.pk))


def _public_answers(commitment: Commitment) -> list[Answer]:
    """What the agency answered and lets us publish, once it has been judged."""
    answers = list(commitment.answers.as_public().select_related("response__agency"))
    if commitment.state == State.RESPONSE_RECEIVED:
        answers = answers[:-1]
    return [each for each in answers if each.response.is_public]


def _around(made: Moment) -> list[marking.Line]:
    """The lines just before and after what was said; none where a newer transcript replaced them."""
    if made.is_displaced:
        return []
    lines = Utterance.objects.current().filter(part__hearing=made.hearing_id)
    lines = lines.as_public().with_speakers()
    before, after = lines.before(made.utterance), lines.after(made.end_utterance)
    return marking.lines([*reversed(before[:AROUND]), *after[:AROUND]], [])


def _citation(commitment: Commitment) -> str:
    """Who, role, agency, to whom, where, when, at which second."""
    made = commitment.made
    speaker = made.speaker if made else None
    who = [str(speaker), speaker.role] if speaker else []
    has_second = made and made.start is not None
    second = _(", at %s") % timecode.clock(made.start) if has_second else ""
    return _("%(who)s, to %(owed_to)s. %(place)s, %(day)s%(second)s. Commitment %(reference)s.") % {
        "who": ", ".join(filter(None, [*who, commitment.agency.name])),
        "owed_to": commitment.owed_to,
        "place": ", ".join(
            filter(None, [Council.current().name, commitment.hearing.committees_in_words])
        ),
        "day": days.in_words(commitment.hearing.held_on),
        "second": second,
        "reference": commitment.reference,
    }


@login_not_required
@require_safe
@shown.one_commitment
def as_json(request, found: Commitment):
    """What the API says of it, and its history and evidence."""
    context = {"request": request, "today": clock.today()}
    facts = {
        **CommitmentSerializer(found, context=context).data,
        "timeline": [
            {"date": line.day, "act": line.act, "words": line.words, "reason": line.reason, "role": line.role}
            for line in timeline.of(found)
        ],
        "evidence": [
            {"title": each.title, "url": each.url, "added_on": each.added_on}
            for each in found.evidence.public()
        ],
        "answers": [_answer_facts(each) for each in _public_answers(found)],
    }  # fmt: skip
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False})


def _answer_facts(answer: Answer) -> dict:
    response = answer.response
    return {
        "received_on": response.received_on,
        "summary": response.summary,
        "page": answer.page,
        "excerpt": answer.excerpt,
        "document_url": response.document_url,
        "statement": response.statement,
        "statement_is_as_written": response.is_as_written,
    }


@login_not_required
@require_safe
@shown.one_commitment
def as_ics(request, found: Commitment):
    if found.due_on is None:
        raise Http404(_("It has no due date."))
    body = calendars.calendar([calendars.due_day(found, found.published_at)])
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
