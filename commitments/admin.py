"""The council's calendar and targets. Commitments change by acts on the desk, never here."""

from django.contrib import admin

from commitments.models import Holiday, Target


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):
    list_display = ["day", "name"]
    date_hierarchy = "day"


@admin.register(Target)
class TargetAdmin(admin.ModelAdmin):
    list_display = ["committee", "type", "days"]
