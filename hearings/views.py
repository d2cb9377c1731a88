"""The staff's pages about the record: new hearings, their transcripts, and who spoke."""

from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearings import clock, offsets, paging, queue, uploads
from hearings import speakers as speakers_
from hearings.filters import MeetingFilter
from hearings.forms import (
    LARGEST_REQUEST,
    HearingForm,
    OffsetForm,
    SpeakerForm,
    TranscriptForm,
    or_nobody,
)
from hearings.legistar.standing import standing
from hearings.models import (
    Agency,
    Decision,
    Hearing,
    Meeting,
    Official,
    Part,
    Speaker,
    Upload,
    Utterance,
)
from hearings.refusing import Refused
from hearings.returning import back
from hearings.roles import Role, requires

LINES = 3  # of an unknown speaker, to know them by
SPEAKERS = 20  # on one page
DECISIONS = 10  # the latest, each with its undo
PER_PAGE = 50
MEETINGS = 20  # of the calendar, on one page
MEETINGS_BEFORE, MEETINGS_AFTER = (
    timedelta(days=90),
    timedelta(days=1),
)  # unless dates are asked for
KNOWN = 5  # meetings that were looked for and are hearings already


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
    picked = _picked_meeting(request)
    is_free = picked is not None and picked.hearing is None
    initial = _told_by(picked) if is_free else {}
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
        **_calendar(request, is_shown=not is_free),
    }
    return render(request, "hearings/new.html", context)


def _picked_meeting(request) -> Meeting | None:
    pk = request.POST.get("meeting") or request.GET.get("meeting", "")
    found = Meeting.objects.select_related("hearing")
    return found.filter(pk=pk if pk.isdecimal() else 0).first()


def _calendar(request, *, is_shown: bool) -> dict:
    """The meetings to pick from, and how old what we know of them is."""
    query = paging.query_without(request, "meeting", "page")
    if not is_shown:
        return {"query": query}
    today = clock.today()
    usual = {"first": today - MEETINGS_BEFORE, "last": today + MEETINGS_AFTER}
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


def _told_by(meeting: Meeting) -> dict:
    """What a meeting of the calendar says about the hearing, for the form to start from."""
    facts = ("title", "held_on", "starts_at", "video_url", "source_url")
    return {name: getattr(meeting, name) for name in facts} | {
        "committees": "\n".join(meeting.committees),
        "meeting": meeting,
    }


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


def _without_transcript(request, form: HearingForm):
    """Only the hearing: notes come first, its transcript later."""
    hearing, warnings = uploads.make_hearing(form.hearing(), form.cleaned_data["meeting"])
    for warning in warnings:
        messages.warning(request, warning)
    return redirect("staff-hearing", hearing.slug)


@requires(Role.READER)
@require_safe
def hearings(request):
    """All hearings, with what is open in each."""
    found = (
        Hearing.objects.with_committees()
        .annotate(unknown=Count("speakers", Q(speakers__is_settled=False)))
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
    speakers = found.speakers.select_related("official", "hearing").annotate(lines=spoken)
    context = {
        "hearing": found,
        "revision": found.current_transcript,
        "earlier": found.transcripts.order_by("-number")[1:],
        "parts": parts,
        "lines": sum(part.lines for part in parts),
        "chapters": found.chapters.all(),
        "recognised": [each for each in speakers if each.is_settled],
        "unknown": [each for each in speakers if not each.is_settled],
        "offset": OffsetForm(instance=found),
        "changes": offsets.changes_of(found),
    }
    return render(request, "hearings/hearing.html", context)


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
@require_http_methods(["GET", "HEAD", "POST"])
@receives_files
def add_transcript(request, slug: str):
    """Another file for a hearing that is there: a further part, or a better transcript."""
    hearing = get_object_or_404(Hearing, slug=slug)
    form = TranscriptForm(request.POST or None, request.FILES or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and (upload := _taken(request, form, hearing=hearing)):
        return redirect(upload)
    context = {"form": form, "hearing": hearing, "uploads": hearing.uploads.under_way()}
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
        context["speakers"] = found.hearing.speakers.select_related("official", "hearing")
    return render(request, "hearings/upload.html", context)


def _act_on(request, upload: Upload) -> None:
    match request.POST.get("act"):
        case "cancel" if uploads.cancel(upload, now=clock.now()):
            messages.success(request, _("Cancelled. Nothing was imported."))
        case "cancel":
            messages.error(request, _("It was too late to cancel; see what became of it."))
        case "retry" if not uploads.retry(upload):
            messages.error(request, _("This can't be tried again. Choose the file anew."))


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def speakers(request):
    """Printed names that nobody has settled, each with its first words, and what was decided lately."""
    form = SpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        speaker = get_object_or_404(Speaker, pk=form.cleaned_data["speaker"])
        try:
            _settle(request, speaker, form)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(request.get_full_path())
    wanted = request.GET.get("hearing", "")
    waiting = _waiting(wanted)
    context = {
        "entries": _entries(list(waiting[:SPEAKERS]), form),
        "waiting": waiting.count(),
        "wanted": wanted,
        "decisions": Decision.objects.standing().with_what_they_changed()[:DECISIONS],
    }
    return render(request, "hearings/speakers.html", context)


def _waiting(hearing: str):
    """The open names of all hearings, or of the one of this slug, with their first words."""
    first_lines = Utterance.objects.current().in_order()[:LINES]
    found = (
        Speaker.objects.open()
        .select_related("hearing")
        .prefetch_related(Prefetch("utterances", first_lines, to_attr="first_lines"))
        .annotate(count=Count("utterances"))
        .order_by("-hearing__held_on", "-count", "printed_name")
    )
    return found.filter(hearing__slug=hearing) if hearing else found


def _entries(waiting: list[Speaker], sent: SpeakerForm) -> list[dict]:
    """Each name with its form, the officials whose name is alike, and in how many other hearings it is
    open; the people and agencies are read once for all of them."""
    agencies = list(Agency.objects.all())
    officials = list(Official.objects.with_appointments())
    choices = {
        "official": or_nobody((each.pk, each.name) for each in officials),
        "agency": or_nobody((each.pk, each.in_lists) for each in agencies),
    }
    open_names = Speaker.objects.open().order_by()
    same = dict(
        open_names.filter(printed_name__in=[each.printed_name for each in waiting])
        .values_list("printed_name")
        .annotate(Count("pk"))
    )
    days = {each.hearing.held_on for each in waiting}
    registers = {day: speakers_.Register(officials, day) for day in days}
    return [
        {
            "speaker": speaker,
            "lines": speaker.first_lines,
            "alike": [
                (each, each.appointment_on(speaker.hearing.held_on))
                for each in registers[speaker.hearing.held_on].alike(speaker.printed_name)
            ],
            "form": _form_of(speaker, sent, choices, same[speaker.printed_name] - 1, agencies),
        }
        for speaker in waiting
    ]


def _form_of(
    speaker: Speaker, sent: SpeakerForm, choices: dict, elsewhere: int, agencies: list[Agency]
) -> SpeakerForm:
    """The speaker's own form, with what was sent and refused if it was this one."""
    if sent.is_bound and sent.data.get("speaker") == str(speaker.pk):
        form = sent
    else:
        initial = {
            "speaker": speaker.pk,
            "side": speaker.side,
            "role": speaker.printed_role,
            "agency": getattr(speakers_.agency_of_words(speaker.printed_role, agencies), "pk", ""),
        }
        form = SpeakerForm(initial=initial, auto_id=f"id_{speaker.pk}_%s")
    for name, given in choices.items():
        form.fields[name].choices = given
    del form.fields["unknown"]
    if not elsewhere:
        del form.fields["everywhere"]
    else:
        form.fields["everywhere"].label = ngettext(
            "also in the %d other hearing where this name is printed and open",
            "also in the %d other hearings where this name is printed and open",
            elsewhere,
        ) % elsewhere  # fmt: skip
    return form


def _settle(request, speaker: Speaker, form: SpeakerForm) -> None:
    given = form.cleaned_data
    others = speakers_.settle(
        speaker,
        official=given["official"],
        new=form.new_official(),
        side=given["side"],
        everywhere=given["everywhere"],
        by=request.user,
        now=clock.now(),
    )
    sentence = ngettext(
        "“%(name)s” is settled, there and in %(count)d other hearing.",
        "“%(name)s” is settled, there and in %(count)d other hearings.",
        others,
    )
    sentence = sentence if others else _("“%(name)s” is settled.")
    messages.success(request, sentence % {"name": speaker.printed_name, "count": others})
