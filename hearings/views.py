"""The staff's pages about the record: new hearings, their transcripts, and who spoke."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from hearings import clock
from hearings import speakers as speakers_
from hearings.formats import TranscriptError, parse
from hearings.forms import HearingForm, SpeakerForm, TranscriptForm
from hearings.importing import Summary, digest_of, find_or_make_hearing, import_transcript
from hearings.models import (
    Agency,
    Committee,
    Decision,
    Hearing,
    Official,
    Part,
    Speaker,
    Utterance,
)
from hearings.refusing import Refused
from hearings.roles import Role, requires

LINES = 3  # of an unknown speaker, to know them by
SPEAKERS = 20  # on one page
DECISIONS = 10  # the latest, each with its undo
PER_PAGE = 50


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """A hearing with its transcript, all or nothing."""
    form = HearingForm(request.POST or None, request.FILES or None)
    summary = None
    if request.method == "POST" and form.is_valid():
        if not form.holds_transcript:
            return _without_transcript(request, form)
        summary = _import(request, form, lambda: find_or_make_hearing(**form.hearing()))
    context = {"form": form, "summary": summary, "committees": Committee.objects.all()}
    return render(request, "hearings/new.html", context | _found(summary))


def _without_transcript(request, form: HearingForm):
    """Only the hearing: notes come first, its transcript later."""
    hearing, warnings = find_or_make_hearing(**form.hearing())
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
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "hearings/list.html", {"page": page, "query": ""})


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
    }
    return render(request, "hearings/hearing.html", context)


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
    """Printed names that nobody has settled, each with its first words, and what was decided lately."""
    form = SpeakerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        speaker = get_object_or_404(Speaker, pk=form.cleaned_data["speaker"])
        try:
            _settle(request, speaker, form.cleaned_data)
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
        Speaker.objects.filter(is_settled=False)
        .select_related("hearing")
        .prefetch_related(Prefetch("utterances", first_lines, to_attr="first_lines"))
        .annotate(count=Count("utterances"))
        .order_by("-hearing__held_on", "-count", "printed_name")
    )
    return found.filter(hearing__slug=hearing) if hearing else found


def _entries(waiting: list[Speaker], sent: SpeakerForm) -> list[dict]:
    """Each name with its form, the officials whose name is alike, and in how many other hearings it is
    open; the people and agencies are read once for all of them."""
    nobody = ("", "–")
    agencies = list(Agency.objects.all())
    officials = list(Official.objects.with_appointments())
    choices = {
        "official": [nobody, *((each.pk, each.name) for each in officials)],
        "agency": [nobody, *((each.pk, each.in_lists) for each in agencies)],
    }
    open_names = Speaker.objects.filter(is_settled=False).order_by()
    same = dict(
        open_names.filter(printed_name__in=[each.printed_name for each in waiting])
        .values_list("printed_name")
        .annotate(Count("pk"))
    )
    register = speakers_.Register(officials)
    return [
        {
            "speaker": speaker,
            "lines": speaker.first_lines,
            "alike": [
                (each, each.appointment_on(speaker.hearing.held_on))
                for each in register.alike(speaker.printed_name)
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


@transaction.atomic
def _settle(request, speaker: Speaker, given: dict) -> None:
    official, made = given["official"], None
    if given["name"] and not official:
        facts = {name: given[name] for name in ("name", "role", "side", "agency")}
        official = made = speakers_.new_official(**facts)
    others = speakers_.same_name_elsewhere(speaker) if given["everywhere"] else []
    speakers_.decide(
        [speaker, *others],
        by=request.user,
        now=clock.now(),
        official=official,
        side=given["side"],
        made=made,
    )
    sentence = ngettext(
        "“%(name)s” is settled, there and in %(count)d other hearing.",
        "“%(name)s” is settled, there and in %(count)d other hearings.",
        len(others),
    )
    sentence = sentence if others else _("“%(name)s” is settled.")
    messages.success(request, sentence % {"name": speaker.printed_name, "count": len(others)})
