"""Whether a transcript was taken down by people who answer for it, or heard by a machine: its format says
so, unless staff know better."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hearings import history
from hearings.models import Part
from hearings.refusing import permit
from hearings.roles import Role


@transaction.atomic
def say(part: Part, *, is_taken_down: bool, by, now: datetime) -> str:
    """Write whether people took it down, and that somebody said so into the hearing's history; the
    sentence."""
    permit(by, Role.CLERK)
    fresh = Part.objects.select_for_update().select_related("hearing").get(pk=part.pk)
    sentence = (
        _("%s was taken down by people, not heard by a machine.")
        if is_taken_down
        else _("%s was made by a machine.")
    ) % (fresh.file_name or _("The pasted text"))
    if fresh.is_stenographic != is_taken_down:
        fresh.is_taken_down = is_taken_down
        fresh.save(update_fields=["is_taken_down"])
        history.note(fresh.hearing, sentence, by=by, now=now)
    return sentence
