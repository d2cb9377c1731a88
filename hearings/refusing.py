"""Saying no: an act on the record that can't be done, with the sentence for the person who tried."""

from django.utils.translation import gettext as _

from hearings.roles import Role, may_act_as


class Refused(Exception):
    """The act can't be done; the message says why, and that nothing was changed."""


def permit(by, role: Role) -> None:
    if not may_act_as(by, role):
        raise Refused(
            _("This needs the role %(role)s. Nothing was changed.") % {"role": role.label}
        )
