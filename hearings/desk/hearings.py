"""The hearings on the desk: all of them, and one with what its transcript is made of."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearings import clock, editing, history, offsets, paging, provenance
from hearings.forms import DescriptionForm, OffsetForm
from hearings.models import Hearing, Part, Speaker
from hearings.refusing import Refused
from hearings.returning import back
from hearings.roles import Role, requires

PER_PAGE = 50


@requires(Role.READER)
@require_safe
def hearings(request):
    """All hearings, with what is open in each."""
    found = (
        Hearing.objects.with_committees()
        .annotate(unknown=Count("speakers", Q(speakers__in=Speaker.objects.waiting())))
        .order_by("-held_on", "-pk")
    )
    return render(request, "hearings/list.html", paging.page_of(request, found, PER_PAGE))


@requires(Role.READER)
@require_safe
def hearing(request, slug: str):
    """What a hearing's transcript is made of, for a person to check."""
    found = get_object_or_404(Hearing.objects.with_committees(), slug=slug)
    parts = (
        Part.objects.current()
        .filter(hearing=found)
        .select_related("imported_by")
        .annotate(lines=Count("utterances"))
        .order_by("-pk")
    )
    spoken = Count("utterances", Q(utterances__part__replaced_in=None))
    speakers = found.speakers.select_related("official", "hearing")
    context = {
        "hearing": found,
        "revision": found.current_transcript,
        "earlier": found.transcripts.order_by("-number")[1:],
        "parts": parts,
        "lines": sum(part.lines for part in parts),
        "chapters": found.chapters.all(),
        "recognised": speakers.filter(is_settled=True),
        "unknown": speakers.waiting().annotate(lines=spoken),
        "offset": OffsetForm(instance=found),
        "changes": history.changes_of(found),
    }
    return render(request, "hearings/hearing.html", context)


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug: str):
    """Put right what was mistyped of a hearing, or say whether the public sees it."""
    found = get_object_or_404(Hearing.objects.with_committees(), slug=slug)
    form = DescriptionForm(request.POST or None, initial=_described(found))
    if request.method == "POST" and form.is_valid():
        try:
            warnings = editing.edit(found, **form.hearing(), by=request.user, now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved: %s") % form.cleaned_data["title"])
            for warning in warnings:
                messages.warning(request, warning)
            return redirect("staff-hearing", slug)
    return render(request, "hearings/edit.html", {"hearing": found, "form": form})


def _described(hearing: Hearing) -> dict:
    facts = {name: getattr(hearing, name) for name in DescriptionForm.base_fields}
    names = [committee.name for committee in hearing.committee_list]
    return facts | {"committees": "\n".join(names)}


@requires(Role.CLERK)
@require_POST
def offset(request, slug: str):
    """By how many seconds the hearing's video is ahead of its transcript."""
    found = get_object_or_404(Hearing, slug=slug)
    form = OffsetForm(request.POST, instance=found)
    if form.is_valid():
        seconds = form.cleaned_data["video_offset"]
        changed = offsets.set_offset(found, seconds, by=request.user, now=clock.now())
        messages.success(request, offsets.in_words(changed.video_offset))
    else:
        messages.error(request, " ".join(form.errors["video_offset"]))
    return redirect(back(request, otherwise=reverse("staff-hearing", args=[slug])))


@requires(Role.CLERK)
@require_POST
def part(request, pk: int):
    """Whether people took this part of a transcript down."""
    found = get_object_or_404(Part.objects.current().select_related("hearing"), pk=pk)
    is_taken_down = request.POST.get("taken_down") == "yes"
    said = provenance.say(found, is_taken_down=is_taken_down, by=request.user, now=clock.now())
    messages.success(request, said)
    return redirect("staff-hearing", found.hearing.slug)
