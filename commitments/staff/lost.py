"""Moments that lost their place: a person says where their words stand in the current transcript."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from commitments import anchoring
from commitments.models import Moment, Placement
from commitments.moments import BadSelection, select
from commitments.staff.corrections import point_to
from hearings import clock, paging
from hearings.roles import Role, requires

PER_PAGE = 20
LATELY = 10


@requires(Role.CLERK)
@require_safe
def moments(request):
    waiting = anchoring.lost().select_related("commitment", "hearing").with_speakers()
    by_hand = Placement.objects.filter(made_by__isnull=False)
    context = {
        **paging.page_of(request, waiting.order_by("-hearing__held_on", "pk"), PER_PAGE),
        "lately": by_hand.select_related("moment__hearing", "made_by").order_by("-pk")[:LATELY],
    }
    return render(request, "commitments/staff/lost.html", context)


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def moment(request, pk: int):
    related = (
        "commitment",
        "hearing",
        "utterance__part__replaced_in",
        "end_utterance__part__replaced_in",
    )
    found = get_object_or_404(Moment.objects.select_related(*related).with_speakers(), pk=pk)
    if request.method == "POST":
        return _decided(request, found)
    before, said, after = anchoring.surroundings(found)
    words = request.GET.get("q", "").strip() or found.quote
    context = {
        "moment": found,
        "before": before,
        "said": said,
        "after": after,
        "words": words,
        "candidates": anchoring.candidates(found, words),
    }
    return render(request, "commitments/staff/lost_moment.html", context)


def _decided(request, found: Moment):
    by, now = request.user, clock.now()
    match request.POST.get("answer"):
        case "here":
            try:
                ends = int(request.POST["u"]), int(request.POST["to"])
                selection = select(found.hearing, *ends)
            except (KeyError, ValueError) as error:
                words = str(error) if isinstance(error, BadSelection) else _("Choose a line.")
                messages.error(request, words)
                return redirect("lost-moment", found.pk)
            look_at = anchoring.place(found, selection, by=by, now=now)
            messages.success(request, _("The moment stands at these words now."))
            point_to(request, look_at)
        case "absent":
            anchoring.set_aside(found, by=by, now=now)
            messages.success(request, _("The quote stays as it was taken, without a place."))
        case "again":
            anchoring.put_back(found, by=by, now=now)
            messages.success(request, _("Taken back; the moment waits for its place again."))
            return redirect("lost-moment", found.pk)
        case _:
            messages.error(request, _("Nothing was chosen, and nothing was changed."))
    return redirect("lost")
