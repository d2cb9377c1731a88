"""Agencies and officials on the desk: their names, aliases, kin and appointments, and duplicates."""

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearings import clock, merging, paging, speakers
from hearings.forms import AgencyForm, Appointments, MergeForm, OfficialForm
from hearings.models import Agency, Merger, Official
from hearings.refusing import Refused
from hearings.roles import Role, requires

PER_PAGE = 50


@requires(Role.READER)
@require_safe
def agencies(request):
    words = request.GET.get("q", "").strip()
    found = Agency.objects.select_related("parent", "successor")
    if words:
        known = [each.pk for each in found if each.is_called(words)]
        found = found.filter(pk__in=known)
    return _list(request, "hearings/agencies.html", found, words)


@requires(Role.READER)
@require_safe
def officials(request):
    words = request.GET.get("q", "").strip()
    found = Official.objects.with_appointments()
    if words:
        found = found.filter(Q(name__unaccent__icontains=words))
    return _list(request, "hearings/officials.html", found, words)


def _list(request, template: str, found, words: str):
    return render(request, template, {"words": words, **paging.page_of(request, found, PER_PAGE)})


@requires(Role.REVIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def agency(request, slug: str = ""):
    """One agency, or a new one."""
    found = get_object_or_404(Agency, slug=slug) if slug else None
    form = AgencyForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("Saved: %s") % saved)
        return redirect("staff-agency-edit", saved.slug)
    return render(request, "hearings/body.html", {"form": form, **_context("agency", found)})


@requires(Role.REVIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def official(request, slug: str = ""):
    """One official with the appointments, or a new one."""
    found = get_object_or_404(Official, slug=slug) if slug else None
    form = OfficialForm(request.POST or None, instance=found)
    appointments = Appointments(request.POST or None, instance=found or Official())
    if request.method == "POST" and form.is_valid() and appointments.is_valid():
        with transaction.atomic():
            appointments.instance = saved = form.save()
            appointments.save()
            speakers.look_again([saved])
        messages.success(request, _("Saved: %s") % saved)
        return redirect("staff-official-edit", saved.slug)
    context = {"form": form, "appointments": appointments, **_context("official", found)}
    return render(request, "hearings/body.html", context)


def _context(kind: str, body) -> dict:
    return {
        "kind": kind,
        "body": body,
        "mergers": body.mergers.select_related("by", "undone_by") if body else [],
        "list": "staff-agencies" if kind == "agency" else "staff-officials",
        "merge": f"staff-{kind}-merge",
    }


@requires(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_agency(request, slug: str):
    return _merge(request, get_object_or_404(Agency, slug=slug))


@requires(Role.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def merge_official(request, slug: str):
    return _merge(request, get_object_or_404(Official, slug=slug))


def _merge(request, old):
    """Ask which one it is the same as; show what would be moved; move it."""
    kind = merging.kind_of(old)
    form = MergeForm(request.POST or None, old=old)
    into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
    if into and "sure" in request.POST:
        try:
            merging.merge(old, into, by=request.user, now=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(old)s is now %(into)s.") % {"old": old, "into": into})
            return redirect(f"staff-{kind}-edit", into.slug)
    context = {"old": old, "into": into, "form": form, "kind": kind, "moved": merging.preview(old)}
    return render(request, "hearings/merge.html", context)


@requires(Role.LEAD)
@require_POST
def undo_merger(request, pk: int):
    merger = get_object_or_404(Merger, pk=pk)
    target = merger.target
    try:
        merging.undo(merger, by=request.user, now=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Undone: %s stands alone again.") % merger.name)
    return redirect(f"staff-{merging.kind_of(target)}-edit", target.slug)
