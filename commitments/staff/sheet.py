"""The follow-ups of a hearing: the page that replaces the Word file."""

from django.contrib import messages
from django.db import transaction
from django.forms import BaseModelFormSet, HiddenInput, IntegerField, modelformset_factory
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from commitments import actions
from commitments.deadlines import due_of
from commitments.lifecycle import State, Visibility
from commitments.models import Commitment, Type
from commitments.sheets import as_docx as sheet_as_docx
from commitments.staff.forms import DATE, WORDS, NoteForm
from commitments.staff.selecting import find
from hearings import clock
from hearings.forms import or_nobody
from hearings.models import Agency, Hearing, Official
from hearings.roles import Role, requires

COLUMNS = ("what", "official", "owed_to_member", "kind", "due_on")


class SheetFormSet(BaseModelFormSet):
    """The rows of a sheet; the people to choose from are read once for all of them."""

    @cached_property
    def people(self) -> list[tuple]:
        return or_nobody(Official.objects.values_list("pk", "name"))

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for name in ("official", "owed_to_member"):
            form.fields[name].choices = self.people
        for (
            name
        ) in COLUMNS:  # a field counts as changed by what its author saw, not by what is there now
            form.fields[name].show_hidden_initial = True
        form.fields["version"] = IntegerField(
            widget=HiddenInput, initial=form.instance.version, show_hidden_initial=True
        )


RowForms = modelformset_factory(
    Commitment,
    formset=SheetFormSet,
    fields=COLUMNS,
    extra=0,
    widgets={"what": WORDS, "due_on": DATE},
)


def rows_of(hearing: Hearing):
    return hearing.commitments.not_gone().for_lists().order_by("position", "pk")


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_ups(request, slug: str):
    """One table, editable in place; POST saves all rows, moves one, or adds a note."""
    hearing = find(slug)
    given = request.POST if request.method == "POST" else None
    rows = RowForms(
        given if given and "form-TOTAL_FORMS" in given else None, queryset=rows_of(hearing)
    )
    has_note = given is not None and ("add" in given or given.get("note-what", "").strip())
    note = NoteForm(given if has_note else None, prefix="note")
    if given is not None:
        is_whole = (rows.is_valid() or not rows.is_bound) and (note.is_valid() or not has_note)
        if is_whole and _save(request, hearing, rows, note):
            return redirect("staff-follow-ups", slug)
    drafts = [row.instance for row in rows if row.instance.state == State.DRAFT]
    context = {
        "hearing": hearing,
        "rows": rows,
        "note": note,
        "drafts": len(drafts),
        "ready": len(_ready_to_publish(hearing)),
    }
    return render(request, "commitments/staff/follow_ups.html", context)


def _save(request, hearing: Hearing, rows, note: NoteForm) -> bool:
    """All changed rows, the new order and the note in one transaction; a refusal leaves everything as
    it was, and what was typed stands."""
    changed = [form for form in rows if form.is_bound and form.has_changed()]
    move = _move_of(hearing, request.POST.get("move", ""))
    try:
        with transaction.atomic():
            if move:  # first, since it locks all rows
                row, places = move
                actions.move(row, by=request.user, places=places)
            for form in changed:
                _save_row(request, hearing, form)
            added = add_note(request, hearing, note) if note.is_bound else None
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
        return False
    if changed:
        count = len(changed)
        messages.success(request, ngettext("%d row saved.", "%d rows saved.", count) % count)
    if added:
        messages.success(request, _("Added: %s") % added.what)
    return True


def _save_row(request, hearing: Hearing, form) -> None:
    fresh = Commitment.objects.get(pk=form.instance.pk)
    facts = {name: form.cleaned_data[name] for name in form.changed_data if name in COLUMNS}
    if "official" in facts and fresh.agency is None:
        facts["agency"] = _agency_of(facts["official"], hearing)
    try:
        actions.edit(
            fresh,
            by=request.user,
            now=clock.now(),
            version=form.cleaned_data["version"],
            due=_changed_due(fresh, facts),
            **facts,
        )
    except actions.Refused as refusal:
        raise actions.Refused(f"“{fresh.what}”: {refusal}") from refusal


def _agency_of(official: Official | None, hearing: Hearing) -> Agency | None:
    """For whom that person spoke on the day of the hearing."""
    appointment = official.appointment_on(hearing.held_on) if official else None
    return appointment.agency if appointment else None


def _changed_due(commitment: Commitment, facts: dict):
    """A due date changed on the sheet: a draft's is set anew, a live one's is extended with a reason."""
    if "due_on" not in facts:
        return None
    day = facts.pop("due_on")
    if commitment.state != State.DRAFT:
        raise actions.Refused(
            _(
                "The due date of a confirmed commitment is extended, with a reason. Nothing was changed."
            )
        )
    return actions.date_set_by_staff(day)


def _move_of(hearing: Hearing, words: str) -> tuple[Commitment, int] | None:
    """The row that “up:17” or “down:17” means, and how many places down; None where nothing moves."""
    direction, _colon, pk = words.partition(":")
    row = hearing.commitments.not_gone().filter(pk=pk).first() if pk.isdecimal() else None
    return row and (row, 1 if direction == "down" else -1)


def add_note(request, hearing: Hearing, form: NoteForm) -> Commitment:
    """A draft out of one line from the dais, due by the council's target unless it names a day."""
    given = form.cleaned_data
    due = due_of(hearing, type=Type.INFORMATION, words=given["what"])
    committee = next(iter(hearing.committee_list), None)
    return actions.note(
        hearing, by=request.user, now=clock.now(), due=due, owed_to_committee=committee, **given
    )


@requires(Role.CLERK)
@require_safe
def as_docx(request, slug: str):
    hearing = find(slug)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    body = sheet_as_docx(hearing, list(rows_of(hearing)), clock.today())
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{hearing.slug}-follow-ups.docx"'
    return response


def _ready_to_publish(hearing: Hearing) -> list[Commitment]:
    waiting = rows_of(hearing).live().filter(visibility=Visibility.INTERNAL)
    return [each for each in waiting if not actions.missing_for_publish(each)]


def _drafts(hearing: Hearing) -> list[Commitment]:
    return list(rows_of(hearing).drafts())


@requires(Role.REVIEWER)
@require_http_methods(["GET", "HEAD", "POST"])
def ask_first(request, slug: str, act: str):
    """Confirm or publish many at once; GET names what goes where, POST does it, all or nothing."""
    hearing = find(slug)
    if act not in ("confirm", "publish"):
        raise Http404
    candidates = _drafts(hearing) if act == "confirm" else _ready_to_publish(hearing)
    chosen = candidates
    problem = ""
    if request.method == "POST":
        ids = set(request.POST.getlist("chosen"))
        chosen = [each for each in candidates if str(each.pk) in ids]
        try:
            with transaction.atomic():
                for each in chosen:
                    getattr(actions, act)(each, by=request.user, now=clock.now())
        except actions.Refused as refusal:
            problem = f"{each.what}: {refusal}"
        else:
            count = len(chosen)
            done = (
                ngettext("%d confirmed.", "%d confirmed.", count)
                if act == "confirm"
                else ngettext("%d published.", "%d published.", count)
            )
            messages.success(request, done % count)
            return redirect("staff-follow-ups", slug)
    missing = [
        (each, actions.missing_for_confirm(each) if act == "confirm" else []) for each in candidates
    ]
    context = {"hearing": hearing, "act": act, "candidates": missing, "problem": problem}
    return render(request, "commitments/staff/ask_first.html", context)


@requires(Role.CLERK)
@require_http_methods(["GET", "HEAD", "POST"])
def notes(request):
    """During a hearing, on a phone or a laptop: one line each."""
    hearings = Hearing.objects.order_by("-held_on", "-pk")[:20]
    slug = request.POST.get("hearing") or request.GET.get("hearing")
    hearing = get_object_or_404(Hearing.objects.with_committees(), slug=slug) if slug else None
    form = NoteForm(request.POST or None, prefix="note")
    if request.method == "POST" and hearing and form.is_valid():
        made = add_note(request, hearing, form)
        messages.success(request, _("Added: %s") % made.what)
        return redirect(f"{request.path}?hearing={hearing.slug}")
    taken = (
        hearing.commitments.filter(note__isnull=False, state=State.DRAFT).select_related("note")
        if hearing
        else []
    )
    context = {"hearings": hearings, "hearing": hearing, "note": form, "taken": taken}
    return render(request, "commitments/staff/notes.html", context)
