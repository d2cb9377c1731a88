"""The staff's pages about the record: new hearings, their transcripts, and who spoke."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hearings import clock
from hearings import speakers as speakers_
from hearings.formats import TranscriptError, parse
from hearings.forms import HearingForm, SpeakerForm, TranscriptForm
from hearings.importing import Summary, digest_of, find_or_make_hearing, import_transcript
from hearings.models import Committee, Hearing, Speaker
from hearings.roles import Role, requires

LINES = 3  # of an unknown speaker, to know them by


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """A hearing with its transcript, all or nothing."""
    form = HearingForm(request.POST or None, request.FILES or None)
    summary = None
    if request.method == "POST" and form.is_valid():
        summary = _import(request, form, lambda: find_or_make_hearing(**form.hearing()))
    context = {"form": form, "summary": summary, "committees": Committee.objects.all()}
    return render(request, "hearings/new.html", context | _found(summary))


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def add_transcript(request, slug: str):
    """Another file for a hearing that is there: a further part, or a better transcript."""
    hearing = get_object_or_404(Hearing, slug=slug)
    form = TranscriptForm(request.POST or None, request.FILES or None)
    summary = None
    if request.method == "POST" and form.is_valid():
        summary = _import(request, form, lambda: (hearing, []))
    context = {"form": form, "summary": summary, "hearing": hearing}
    return render(request, "hearings/new.html", context | _found(summary))


def _import(request, form: TranscriptForm, find_hearing) -> Summary | None:
    """Parse first, then write everything in one transaction; a problem is told at the form's top."""
    data, name = form.data_and_name()
    try:
        parsed = parse(
            data,
            format=form.cleaned_data["format"] or None,
            skip_bad_lines=form.cleaned_data["skip_bad_lines"],
        )
    except TranscriptError as problem:
        form.add_error(None, _("%s Nothing was imported.") % problem)
        return None
    with transaction.atomic():
        hearing, warnings = find_hearing()
        summary = import_transcript(
            hearing,
            parsed,
            digest=digest_of(data),
            now=clock.now(),
            by=request.user,
            file_name=name,
        )
    summary.warnings = warnings + summary.warnings
    return summary


def _found(summary: Summary | None) -> dict:
    """The hearing of an import, and its speakers, recognised and not."""
    if summary is None:
        return {}
    hearing = Hearing.objects.get(slug=summary.hearing)
    return {"hearing": hearing, "speakers": hearing.speakers.select_related("official", "hearing")}


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def speakers(request):
    """Printed names that nobody has settled, each with its first words."""
    form = SpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        speaker = get_object_or_404(Speaker, pk=form.cleaned_data["speaker"])
        _settle(request, speaker, form.cleaned_data)
        return redirect("speakers")
    waiting = (
        Speaker.objects.filter(is_settled=False)
        .select_related("hearing")
        .annotate(count=Count("utterances"))
        .order_by("-hearing__held_on", "-count", "printed_name")[:20]
    )
    entries = [
        (speaker, list(speaker.utterances.in_order()[:LINES]), _form_of(speaker, form))
        for speaker in waiting
    ]
    return render(request, "hearings/speakers.html", {"entries": entries})


def _form_of(speaker: Speaker, sent: SpeakerForm) -> SpeakerForm:
    """The speaker's own form, with what was sent and refused if it was this one."""
    if sent.is_bound and sent.data.get("speaker") == str(speaker.pk):
        return sent
    initial = {"speaker": speaker.pk, "side": speaker.side}
    return SpeakerForm(initial=initial, auto_id=f"id_{speaker.pk}_%s")


def _settle(request, speaker: Speaker, given: dict) -> None:
    if given["name"] and not given["official"]:
        speakers_.decide_new(
            speaker,
            by=request.user,
            name=given["name"],
            role=given["role"],
            side=given["side"],
            agency=given["agency"],
        )
    else:
        speakers_.decide(speaker, by=request.user, official=given["official"], side=given["side"])
    messages.success(request, _("“%s” is settled.") % speaker.printed_name)
