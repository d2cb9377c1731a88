"""How good the suggestions are here, by this council's own decisions."""

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.suggestion_report import report
from hearings.roles import Role, requires


@requires(Role.REVIEWER)
@require_safe
def page(request):
    found = report()
    labels = {
        "what": _("Wording"),
        "type": _("Type"),
        "kind": _("Kind"),
        "strength": _("Strength"),
    }
    changed = [(labels[name], count) for name, count in found.changed.items()]
    context = {"report": found, "changed": changed}
    return render(request, "commitments/staff/suggestions.html", context)
