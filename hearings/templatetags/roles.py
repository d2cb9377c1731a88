"""Showing an act only to those who may do it; the act itself asks again."""

from django import template

from hearings.roles import Role, may_act_as

register = template.Library()


@register.filter
def may(user, role: str) -> bool:
    """`{% if user|may:"reviewer" %}`"""
    return may_act_as(user, Role(role))
