"""The council's calendar, from which a meeting is picked that becomes a hearing."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hearings import clock, paging, queue
from hearings.filters import MeetingFilter
from hearings.legistar.standing import standing
from hearings.models import Meeting
from hearings.roles import Role, requires

MEETINGS = 20  # on one page
BEFORE, AFTER = timedelta(days=90), timedelta(days=1)  # today, unless dates are asked for
KNOWN = 5  # meetings that were looked for and are hearings already


@requires(Role.CLERK)
@require_POST
def read_calendar(request):
    """Have the calendar read now; the page that asked says what became of it."""
    if not settings.LEGISTAR_CLIENT:
        raise Http404
    if queue.send("hearings.read_calendar"):
        sentence = _("The calendar is being read. Load this page again in a minute.")
        messages.success(request, sentence)
    else:
        sentence = _("The queue can't be reached just now, so the calendar was not asked for.")
        messages.error(request, sentence)
    return redirect("hearing-new")


def picked(request) -> Meeting | None:
    pk = request.POST.get("meeting") or request.GET.get("meeting", "")
    found = Meeting.objects.select_related("hearing")
    return found.filter(pk=pk if pk.isdecimal() else 0).first()


def shown(request, *, is_folded: bool) -> dict:
    """The meetings to pick from, and how old what we know of them is; folded away once one is picked."""
    query = paging.query_without(request, "meeting", "page")
    if is_folded:
        return {"query": query}
    today = clock.today()
    usual = {"first": today - BEFORE, "last": today + AFTER}
    is_asked = any(name in request.GET for name in MeetingFilter.base_filters)
    asked = request.GET if is_asked else usual
    chosen = MeetingFilter(asked, queryset=Meeting.objects.taking_place())
    return {
        "query": query,
        "calendar": standing(clock.now()),
        "has_meetings": Meeting.objects.exists(),
        "chosen": chosen,
        "meetings": paging.page_asked_for(request, chosen.qs.to_pick(), MEETINGS),
        "known": chosen.qs.with_hearings()[:KNOWN] if is_asked else [],
    }


def told_by(meeting: Meeting) -> dict:
    """What a meeting of the calendar says about the hearing, for the form to start from."""
    facts = ("title", "held_on", "starts_at", "video_url", "source_url")
    return {name: getattr(meeting, name) for name in facts} | {
        "committees": "\n".join(meeting.committees),
        "meeting": meeting,
    }
