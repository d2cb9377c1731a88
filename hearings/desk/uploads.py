"""Transcripts that are sent in, with a new hearing or for one that is there, and what becomes of them."""

from functools import wraps

from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from hearings import clock, uploads
from hearings.desk import calendar
from hearings.forms import LARGEST_REQUEST, HearingForm, TranscriptForm
from hearings.models import Hearing, Upload
from hearings.roles import Role, requires


def receives_files(view):
    """A view that files are sent to. What is too large is refused by the length it announces, before any
    of it is read; under WSGI nobody reads on beyond that length. The CSRF token stands in the body, so it
    is looked at after that."""
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def bounded(request, *args, **kwargs):
        try:
            if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_REQUEST:
                raise RequestDataTooBig
            return protected(request, *args, **kwargs)
        except RequestDataTooBig:  # raised too where text turns out too large while it is read
            return render(request, "hearings/too_large.html", status=413)

    return bounded


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
@receives_files
def new(request):
    """A hearing with its transcript, all or nothing."""
    picked = calendar.picked(request)
    is_free = picked is not None and picked.hearing is None
    initial = calendar.told_by(picked) if is_free else {}
    form = HearingForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if not form.holds_transcript:
            return _without_transcript(request, form)
        meeting = form.cleaned_data["meeting"]
        if upload := _taken(request, form, described=form.hearing(), meeting=meeting):
            return redirect(upload)
    context = {
        "form": form,
        "picked": picked,
        "uploads": Upload.objects.under_way().select_related("hearing"),
        "failed": Upload.objects.failed_lately(clock.now()).select_related("hearing"),
        **calendar.shown(request, is_folded=is_free),
    }
    return render(request, "hearings/new.html", context)


def _without_transcript(request, form: HearingForm):
    """Only the hearing: notes come first, its transcript later."""
    hearing, warnings = uploads.make_hearing(form.hearing(), form.cleaned_data["meeting"])
    for warning in warnings:
        messages.warning(request, warning)
    return redirect("staff-hearing", hearing.slug)


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
@receives_files
def add_transcript(request, slug: str):
    """Another file for a hearing that is there: a further part, or a better transcript."""
    hearing = get_object_or_404(Hearing, slug=slug)
    form = TranscriptForm(request.POST or None, request.FILES or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and (upload := _taken(request, form, hearing=hearing)):
        return redirect(upload)
    context = {
        "form": form,
        "hearing": hearing,
        "uploads": hearing.uploads.under_way(),
        "failed": hearing.uploads.failed_lately(clock.now()),
    }
    return render(request, "hearings/new.html", context)


def _taken(request, form: TranscriptForm, **what_for) -> Upload | None:
    """The upload that was sent; None, and the problem at the form's top, if it is found bad at once."""
    now = clock.now()
    facts = form.transcript() | what_for
    upload = uploads.keep(**facts, uploaded_by=request.user, uploaded_at=now)
    uploads.submit(upload, now=now)
    if upload.state != Upload.State.FAILED:
        return upload
    form.add_error(None, upload.problem)
    uploads.discard(upload)
    return None


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request, pk: int):
    """How far an upload has come, and in the end what the import did, for a person to check."""
    found = get_object_or_404(Upload.objects.select_related("hearing", "uploaded_by"), pk=pk)
    if request.method == "POST":
        _act_on(request, found)
        return redirect(found)
    context = {"upload": found, "hearing": found.hearing}
    context["was_left"] = found.attempts and Upload.objects.waiting().filter(pk=pk).exists()
    if found.state == Upload.State.DONE:
        spoke = found.hearing.speakers
        context["speakers"] = spoke.select_related("official", "hearing")
        context["is_anybody_waiting"] = spoke.waiting().exists()
    return render(request, "hearings/upload.html", context)


def _act_on(request, upload: Upload) -> None:
    match request.POST.get("act"):
        case "cancel" if uploads.cancel(upload, now=clock.now()):
            messages.success(request, _("Cancelled. Nothing was imported."))
        case "cancel":
            messages.error(request, _("It was too late to cancel; see what became of it."))
        case "retry" if not uploads.retry(upload):
            messages.error(request, _("This can't be tried again. Choose the file anew."))
