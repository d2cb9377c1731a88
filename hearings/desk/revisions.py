"""An earlier transcript of a hearing, kept as it was; staff alone read it, and can make it the current one
again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hearings import clock, importing, paging
from hearings.models import Transcript, Utterance
from hearings.refusing import Refused
from hearings.roles import Role, requires

LINES = 300  # on one page


@requires(Role.READER)
@require_safe
def revision(request, slug: str, number: int):
    transcript = get_object_or_404(
        Transcript.objects.select_related("hearing"), hearing__slug=slug, number=number
    )
    lines = Utterance.objects.of_revision(transcript).with_speakers().in_order()
    context = {
        "transcript": transcript,
        "hearing": transcript.hearing,
        "current": transcript.hearing.current_transcript,
        **paging.page_of(request, lines, LINES),
    }
    return render(request, "hearings/revision.html", context)


@requires(Role.CLERK)
@require_POST
def restore(request, slug: str, number: int):
    earlier = get_object_or_404(Transcript, hearing__slug=slug, number=number)
    try:
        for warning in importing.restore(earlier, by=request.user, now=clock.now()):
            messages.warning(request, warning)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("The words of revision %d are the current ones again.") % number
        )
    return redirect("staff-hearing", slug)
