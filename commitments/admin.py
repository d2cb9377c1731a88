"""The calendar and the targets, which administrators keep; the register, which they can only read."""

from django.contrib import admin

from commitments.models import Commitment, Event, EventText, Holiday, Target
from hearings.admin import ForAdministrators


class ReadOnly(ForAdministrators):
    """Written by acts alone."""

    may_add = may_change = False


@admin.register(Holiday)
class HolidayAdmin(ForAdministrators, admin.ModelAdmin):
    may_delete = True
    list_display = ["day", "name"]
    date_hierarchy = "day"


@admin.register(Target)
class TargetAdmin(ForAdministrators, admin.ModelAdmin):
    may_delete = True
    list_display = ["committee", "type", "days"]
    list_select_related = ["committee"]


class EventInline(ReadOnly, admin.TabularInline):
    model = Event
    extra = 0
    fields = ["number", "act", "at", "by", "role", "state_before", "state", "due_on", "facts"]


@admin.register(Commitment)
class CommitmentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["reference", "what", "state", "visibility", "agency", "due_on"]
    list_filter = ["state", "visibility", "kind"]
    list_select_related = ["agency"]
    search_fields = ["reference", "what"]
    inlines = [EventInline]


class EventTextInline(ReadOnly, admin.StackedInline):
    model = EventText
    fk_name = "event"


@admin.register(Event)
class EventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["at", "commitment", "act", "by", "state"]
    list_filter = ["act"]
    list_select_related = ["commitment", "by"]
    inlines = [EventTextInline]
