"""An earlier transcript of a hearing, kept as it was; staff alone read it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearings import paging
from hearings.models import Transcript, Utterance
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
        **paging.page_of(request, lines, LINES),
    }
    return render(request, "hearings/revision.html", context)
