"""Two rows for one agency or one official are put together: everything that points at the one points at
the other afterwards, in one transaction, with a row that says who, when and what, and can be undone."""

import json
from collections.abc import Iterator
from datetime import datetime

from django.core import serializers
from django.db import IntegrityError, transaction
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from hearings import speakers
from hearings.models import Agency, FormerAddress, Merger, Official
from hearings.refusing import Refused, permit
from hearings.roles import Role

Body = Agency | Official
OWN_ALIKE = ("role", "side", "agency_id", "committee_id", "starts_on", "ends_on")


def kind_of(body: Body) -> str:
    return body._meta.model_name


def _pointers(model: type[Model]) -> Iterator[Field]:
    """Every foreign key of the house that points at this model, those of hidden relations too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and relation.one_to_many:
            yield relation.field


def preview(old: Body) -> list[tuple[str, int]]:
    """What would be moved: (what, how many)."""
    counted = [
        (
            str(field.model._meta.verbose_name_plural),
            field.model.objects.filter(**{field.name: old}).count(),
        )
        for field in _pointers(type(old))
    ]
    return [(name, count) for name, count in counted if count]


@transaction.atomic
def merge(old: Body, into: Body, *, by, now: datetime) -> Merger:
    """Put `old` into `into`. Its addresses lead there for good; an agency's names become aliases."""
    permit(by, Role.LEAD)
    old, into = _locked(old, into)
    before = _stored([old, into])
    if isinstance(into, Agency):
        _inherit_names(old, into)
    moved: dict[str, list[int]] = {}
    for field in _pointers(type(old)):
        pks, dropped = _move(field, old, into)
        before += _stored(dropped)
        if pks:
            moved[f"{field.model._meta.label}.{field.name}"] = pks
    into.save()
    old.delete()
    _refuse_circles(into)
    if isinstance(into, Official):
        speakers.look_again([into])
    FormerAddress.objects.create(kind=kind_of(into), slug=old.slug, **{kind_of(into): into})
    return Merger.objects.create(
        name=str(old),
        by=by,
        at=now,
        moved=moved,
        before=before,
        **{kind_of(into): into},
    )


def _locked(old: Body, into: Body) -> tuple[Body, Body]:
    bodies = type(old).objects.select_for_update().order_by("pk")
    found = {each.pk: each for each in bodies.filter(pk__in=[old.pk, into.pk])}
    if len(found) < 2:
        raise Refused(_("Choose two different ones. Nothing was changed."))
    return found[old.pk], found[into.pk]


def _stored(rows: list[Model]) -> list[dict]:
    return json.loads(serializers.serialize("json", rows))


def _inherit_names(old: Agency, into: Agency) -> None:
    """The target is found by the old names too, and is no kin of itself."""
    known = into.known_as
    for name in (old.name, old.short_name, *old.aliases):
        if name and name not in into.aliases and Agency(name=name).known_as - known:
            into.aliases.append(name)
    into.parent_id = None if into.parent_id == old.pk else into.parent_id
    into.successor_id = None if into.successor_id == old.pk else into.successor_id


def _move(field: Field, old: Body, into: Body) -> tuple[list[int], list[Model]]:
    """Point rows at the target: the ids of those moved, and the rows dropped because the target has
    their like."""
    moved, dropped = [], []
    for row in field.model.objects.filter(**{field.name: old}):
        if row == into:
            continue
        if _has_its_like(row, into) or not _pointed(field, row, into):
            dropped.append(row)
        else:
            moved.append(row.pk)
    for row in dropped:
        field.model.objects.filter(pk=row.pk).delete()
    return moved, dropped


def _pointed(field: Field, row: Model, into: Body) -> bool:
    """Point one row at the target; False where the database has its like there already."""
    try:
        with transaction.atomic():
            field.model.objects.filter(pk=row.pk).update(**{field.name: into})
    except IntegrityError:
        return False
    return True


def _has_its_like(row: Model, into: Body) -> bool:
    if row._meta.label != "hearings.Appointment" or not isinstance(into, Official):
        return False
    alike = {name: getattr(row, name) for name in OWN_ALIKE}
    return into.appointments.filter(**alike).exists()


def _refuse_circles(agency: Body) -> None:
    if not isinstance(agency, Agency):
        return
    for name in ("parent", "successor"):
        if agency.is_in_a_circle(name):
            raise Refused(
                _("“%s” would succeed or contain itself. Correct that first. Nothing was changed.")
                % agency
            )


@transaction.atomic
def undo(merger: Merger, *, by, now: datetime) -> None:
    """Take them apart again: the old row with its address, and all that was moved and is still there."""
    permit(by, Role.LEAD)
    merger = Merger.objects.select_for_update().get(pk=merger.pk)
    if merger.undone_at:
        raise Refused(_("Somebody undid this already. Nothing was changed."))
    into = merger.target
    old, was, *dropped = [
        each.object for each in serializers.deserialize("json", json.dumps(merger.before))
    ]
    FormerAddress.objects.filter(kind=kind_of(into), slug=old.slug).delete()
    try:
        with transaction.atomic():
            old.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("Its name or address is used again. Nothing was changed.")) from error
    if isinstance(into, Agency):
        added = {old.name, old.short_name, *old.aliases} - set(was.aliases)
        into.aliases = [name for name in into.aliases if name not in added]
        into.parent_id = was.parent_id if was.parent_id == old.pk else into.parent_id
        into.successor_id = was.successor_id if was.successor_id == old.pk else into.successor_id
        into.save()
    for field in _pointers(type(old)):
        pks = merger.moved.get(f"{field.model._meta.label}.{field.name}", [])
        still = field.model.objects.filter(pk__in=pks, **{field.name: into})
        still.update(**{field.name: old})
    for row in dropped:
        row.save(force_insert=True)
    if isinstance(into, Official):
        speakers.look_again([into, old])
    merger.undone_by, merger.undone_at = by, now
    merger.save(update_fields=["undone_by", "undone_at"])
