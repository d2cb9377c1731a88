"""Who may do what: five roles, held as groups. One person may hold several in a small office."""

from functools import wraps

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    READER = "reader", _("Reader")
    CLERK = "clerk", _("Clerk")
    REVIEWER = "reviewer", _("Reviewer")
    LEAD = "lead", _("Lead")
    ADMINISTRATOR = "administrator", _("Administrator")


LADDER = [Role.READER, Role.CLERK, Role.REVIEWER, Role.LEAD]


def roles_of(user) -> set[str]:
    """The roles a person holds; nobody's for an anonymous or deactivated one."""
    if not user.is_active:
        return set()
    if not hasattr(user, "_roles"):
        user._roles = set(user.groups.values_list("name", flat=True)) & set(Role.values)
    return user._roles


def may_act_as(user, role: Role) -> bool:
    """Whether somebody holds this role or one above it. Administrators read; they hold no other
    role unless they are given it."""
    held = roles_of(user)
    if role == Role.ADMINISTRATOR:
        return role in held
    enough = set(LADDER[LADDER.index(role) :])
    return bool(held & enough) or (role == Role.READER and Role.ADMINISTRATOR in held)


def acting_as(user) -> str:
    """The highest role this person holds, as a history names it."""
    held = roles_of(user)
    return next((role.value for role in reversed(LADDER) if role in held), "")


def give(user, *roles: Role) -> None:
    user.groups.add(*(Group.objects.get_or_create(name=role.value)[0] for role in roles))
    user.is_staff = user.is_staff or Role.ADMINISTRATOR in roles
    user.save(update_fields=["is_staff"])
    user.__dict__.pop("_roles", None)


def requires(role: Role):
    """A view for people who hold this role: others who are logged in are told that they may not."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not may_act_as(request.user, role):
                raise PermissionDenied(_("This needs the role %(role)s.") % {"role": role.label})
            return view(request, *args, **kwargs)

        guarded.role = role
        return guarded

    return decorate
