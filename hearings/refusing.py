"""Saying no: an act on the record that can't be done, with the sentence for the person who tried."""

from django.utils.translation import gettext as _

from hearings.roles import Role, may_act_as


class Refused(Exception):
    """The act can't be done; the message says why, and that nothing was changed."""


def permit(by, role: Role, act: str = "") -> None:
    """Refuse the act, by its name where it has one, to whoever hasn't got the role."""
    if not may_act_as(by, role):
        raise Refused(needs(role, act))


def needs(role: Role, act: str = "") -> str:
    """The sentence for whoever hasn't got the role."""
    if act:
        sentence = _("“%(act)s” needs the role %(role)s. Nothing was changed.")
        return sentence % {"act": act, "role": role.label}
    return _("This needs the role %(role)s. Nothing was changed.") % {"role": role.label}
