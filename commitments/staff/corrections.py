"""Corrections of who said what, and what a lead withholds: on the desk, for the selected words."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from commitments import hidden, voices
from commitments.models import Commitment
from commitments.moments import BadSelection, Selection
from commitments.staff.forms import VoiceForm, WithholdForm
from commitments.staff.selecting import at, find, selected
from hearings import clock, withholding
from hearings.models import Decision, Hearing, Withholding
from hearings.refusing import Refused
from hearings.returning import back
from hearings.roles import Role, requires
from hearings.speakers import agency_of_words

SHOWN = 20  # of the places, and of the other hearings, where withheld words stand


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request, slug: str):
    """“Somebody else said this”: give the selected words to another speaker."""
    hearing = find(slug)
    try:
        selection = selected(request, hearing)
    except BadSelection as problem:
        messages.error(request, str(problem))
        return redirect("hearing-tag", slug)
    if selection is None:
        messages.error(request, _("Select the words first, or follow the time beside a line."))
        return redirect("hearing-tag", slug)
    printed = selection.first.speaker
    proposed = agency_of_words(printed.printed_role) if printed else None
    form = VoiceForm(request.POST or None, initial={"agency": proposed}, hearing=hearing)
    if request.method == "POST" and form.is_valid():
        try:
            return _given(request, hearing, selection, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {
        "hearing": hearing,
        "selection": selection,
        "words": " ".join(_phrases(selection)),
        "form": form,
        "back": at(hearing, selection.first.pk),
    }
    return render(request, "commitments/staff/voice.html", context)


def _given(request, hearing: Hearing, selection: Selection, form: VoiceForm):
    given = {name: form.cleaned_data[name] for name in ("speaker", "official", "side", "role")}
    decision, look_at = voices.give_to(
        selection, **given, new=form.new_official(), by=request.user, now=clock.now()
    )
    messages.success(request, _("These words are now %s’s.") % decision.voice)
    point_to(request, look_at)
    return redirect(at(hearing, selection.first.pk))


def point_to(request, commitments: list[Commitment]) -> None:
    """Say which commitments name somebody else than their words do now."""
    for each in commitments:
        messages.warning(
            request,
            _("%(what)s names %(official)s as who said it. Correct it if that is wrong.")
            % {"what": each, "official": each.official or _("nobody")},
        )


@requires(Role.CLERK)
@require_POST
def undo_decision(request, pk: int):
    """Take back one answer to “who is this?”, in every hearing it changed."""
    decision = get_object_or_404(Decision, pk=pk)
    try:
        look_at = voices.undo(decision, by=request.user, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone: what stood there before stands again."))
        point_to(request, look_at)
    return redirect(back(request, otherwise=reverse("speakers")))


# Withholding


@requires(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def withhold(request, slug: str):
    """What of a hearing is withheld. GET shows what further words would hide, POST hides them."""
    hearing = find(slug)
    try:
        selection = selected(request, hearing)
    except BadSelection as problem:
        messages.error(request, str(problem))
        return redirect("withholding", slug)
    initial = {"phrases": "\n".join(_phrases(selection))} if selection else {}
    asked = request.POST or (request.GET if "phrases" in request.GET else None)
    form = WithholdForm(asked, initial=initial, hearing=hearing)
    phrases = initial.get("phrases", "").splitlines()
    if form.is_bound and form.is_valid():
        phrases = form.all_of_it()
        is_sure = request.method == "POST" and "sure" in request.POST
        if phrases and not hidden.is_anywhere(_not_taken(hearing, phrases)):
            form.add_error(
                None, _("These words stand nowhere in this hearing. Nothing was changed.")
            )
            phrases = []
        elif is_sure and _withheld(request, hearing, selection, form):
            hearing.refresh_from_db(fields=["slug"])  # the address may have told the words
            return redirect("withholding", hearing.slug)
    found = withholding.places(hearing, phrases) if phrases else []
    elsewhere = hidden.elsewhere(hearing, phrases)[:SHOWN] if phrases else []
    context = {
        "hearing": hearing,
        "selection": selection,
        "form": form,
        "phrases": phrases,
        "found": found[:SHOWN],
        "count": len(found),
        "written": _written(hearing, phrases),
        "elsewhere": elsewhere,
        "again": urlencode({"phrases": "\n".join(phrases)}),
        "known": hearing.withholdings.select_related("withheld_by", "lifted_by", "speaker"),
    }
    return render(request, "commitments/staff/withholding.html", context)


def _written(hearing: Hearing, phrases: list[str]) -> list[hidden.Text]:
    """What people wrote about this hearing that these words would be hidden in."""
    return hidden.by_a_decision(_not_taken(hearing, phrases)) if phrases else []


def _not_taken(hearing: Hearing, phrases: list[str]) -> Withholding:
    return Withholding(hearing=hearing, phrases=phrases, withheld_at=clock.now())


def _phrases(selection: Selection) -> list[str]:
    return [line.text[start:end].strip() for line, start, end in voices.spans_of(selection)]


def _withheld(request, hearing: Hearing, selection: Selection | None, form: WithholdForm) -> bool:
    given = form.cleaned_data
    facts = {"by": request.user, "now": clock.now(), "reason": given["reason"]}
    try:
        if speaker := given["speaker"]:
            withholding.withhold_name(speaker, phrases=form.in_lines(), **facts)
        else:
            first, last = (selection.first, selection.last) if selection else (None, None)
            withholding.withhold_words(
                hearing,
                form.in_lines(),
                start=first.start if first else None,
                end=(last.end or last.start) if last else None,
                **facts,
            )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Withheld, everywhere the public could read it."))
    return True


@requires(Role.LEAD)
@require_POST
def lift(request, pk: int):
    found = get_object_or_404(Withholding.objects.select_related("hearing"), pk=pk)
    try:
        withholding.lift(
            found, by=request.user, now=clock.now(), reason=request.POST.get("reason", "")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Lifted: it is shown again."))
    return redirect("withholding", found.hearing.slug)
