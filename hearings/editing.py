"""What staff put right of a hearing: its title, date, committees and addresses, and whether it is shown."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import F
from django.utils.formats import time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hearings import days, history, queue
from hearings.importing import each_once, hearings_called, one_at_a_time, seat
from hearings.models import Hearing
from hearings.refusing import Refused, permit
from hearings.roles import Role


@transaction.atomic
def edit(
    hearing: Hearing,
    *,
    title: str,
    held_on: date,
    committees: Iterable[str],
    by,
    now: datetime,
    **facts,
) -> list[str]:
    """Write these facts of a hearing, and what changed into its history; warnings of committees that were
    not known. Its address stays."""
    permit(by, Role.CLERK)
    names = each_once(committees)
    one_at_a_time(f"{held_on} {title}")
    fresh = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if any(each != fresh for each in hearings_called(title, held_on, names)):
        raise Refused(
            _("Another hearing has this title, date and committees already. Nothing was saved.")
        )
    wanted = {"title": title, "held_on": held_on, "committees": names, **facts}
    before = {name: _stands(fresh, name) for name in wanted}
    changed = [name for name in wanted if wanted[name] != before[name]]
    if not changed:
        return []
    warnings = _write(fresh, {name: wanted[name] for name in changed})
    sentences = [_told(name, wanted[name], before[name]) for name in changed]
    history.note(fresh, " ".join(sentences), by=by, now=now)
    return warnings


def _stands(hearing: Hearing, name: str):
    if name == "committees":
        return [committee.name for committee in hearing.committee_list]
    return getattr(hearing, name)


def _write(hearing: Hearing, facts: dict) -> list[str]:
    names = facts.pop("committees", None)
    for name, value in facts.items():
        setattr(hearing, name, value)
    hearing.save(update_fields=list(facts))
    if "held_on" in facts:
        _look_through_anew(hearing)
    if names is None:
        return []
    hearing.hosts.all().delete()
    return seat(hearing, names)


def _look_through_anew(hearing: Hearing) -> None:
    """On another day those who spoke may have held other offices."""
    Hearing.objects.filter(pk=hearing.pk).update(people_changed=F("people_changed") + 1)
    queue.after_decision([hearing.pk])


def _told(name: str, now, before) -> str:
    if name == "is_unlisted":
        return _("No longer shown to the public.") if now else _("Shown to the public.")
    label = capfirst(Hearing._meta.get_field(name).verbose_name)
    facts = {"fact": label, "now": _in_words(now), "before": _in_words(before)}
    return _("%(fact)s: %(now)s (before: %(before)s).") % facts


def _in_words(value) -> str:
    match value:
        case date():
            return days.in_words(value)
        case time():
            return time_format(value, "g:i a")
        case list():
            return "; ".join(value)
    return f"“{value}”" if value else _("none")
