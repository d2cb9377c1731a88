"""“Who is this?”: the printed names that are open, and what was decided lately."""

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from hearings import clock
from hearings.forms import SpeakerForm, or_nobody
from hearings.models import Agency, Decision, Official, Speaker, Utterance
from hearings.refusing import Refused
from hearings.roles import Role, requires
from hearings.speakers import Register, agency_of_words, settle

LINES = 3  # of an unknown speaker, to know them by
SPEAKERS = 20  # on one page
DECISIONS = 10  # the latest, each with its undo


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
        Speaker.objects.waiting()
        .select_related("hearing", "part")
        .prefetch_related(Prefetch("utterances", first_lines, to_attr="first_lines"))
        .annotate(count=Count("utterances", Q(utterances__part__replaced_in=None)))
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
    open_names = Speaker.objects.waiting().order_by()
    same = dict(
        open_names.filter(printed_name__in=[each.printed_name for each in waiting])
        .values_list("printed_name")
        .annotate(Count("pk"))
    )
    days = {each.hearing.held_on for each in waiting}
    registers = {day: Register(officials, day) for day in days}
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
            "agency": getattr(agency_of_words(speaker.printed_role, agencies), "pk", ""),
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
    others = settle(
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
