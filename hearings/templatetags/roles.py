"""Who the people of the desk are, and what they may do. An act is shown only to those who may do it, and
itself asks again."""

from django import template

from hearings.roles import Role, may_act_as

register = template.Library()


@register.filter
def may(user, role: str) -> bool:
    """`{% if user|may:"reviewer" %}`"""
    return may_act_as(user, Role(role))


@register.filter
def named(user) -> str:
    """Who somebody with an account is, for their colleagues."""
    return user.get_full_name() or user.username
