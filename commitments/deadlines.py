"""When a commitment falls due: the spoken words, else the council's targets, by the council's calendar."""

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext as _

from commitments.dates import Basis, Due, spoken_due, target_due
from commitments.models import Holiday, Target, Type
from hearings.models import Committee, Hearing

LAST_RESORT_DAYS = 30  # where an administrator has deleted every target


def target_for(committee: Committee | None, type: str) -> tuple[str, int]:
    """The label and days of the narrowest target that fits: the committee's for the type, the
    committee's, the council's for the type, the council's."""
    fitting = Target.objects.filter(Q(committee=committee) | Q(committee=None), type__in=["", type])
    narrowest = max(
        fitting.select_related("committee"),
        key=lambda each: (each.committee_id is not None, each.type != ""),
        default=None,
    )
    owner = str(narrowest.committee) if narrowest and narrowest.committee else _("Council")
    label = _("%(owner)s's target") % {"owner": owner}
    if narrowest and narrowest.type:
        label = _("%(target)s for %(type)s") % {
            "target": label,
            "type": str(Type(narrowest.type).label).lower(),
        }
    return label, narrowest.days if narrowest else LAST_RESORT_DAYS


def due_of(hearing: Hearing, *, type: str, words: str, asked: str = "") -> Due:
    """When something said at this hearing falls due: by the date words in what was said or asked, else
    by the council's target, and then the basis says that no date was given."""
    holidays = Holiday.objects.as_mapping()
    spoken = spoken_due(
        words,
        hearing.held_on,
        holidays=holidays,
        said_at=hearing.starts_at,
        asked=[asked] if asked else [],
    )
    if spoken and (spoken.on or spoken.basis in (Basis.EVENT, Basis.ROLLING)):
        return spoken
    committee = next(iter(hearing.committee_list), None)
    label, days = target_for(committee, type)
    due = target_due(hearing.held_on, days, label=label, holidays=holidays)
    if spoken:
        return replace(due, words=spoken.words, reason=f"{due.reason} {spoken.reason}")
    return due
