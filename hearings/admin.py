"""The tables an administrator keeps: the council, its bodies, the people. Evidence isn't edited here."""

from django.contrib import admin

from hearings.models import Agency, Appointment, Committee, Council, Hearing, Official


class Undeletable(admin.ModelAdmin):
    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(Council)
class CouncilAdmin(Undeletable):
    def has_add_permission(self, request) -> bool:
        return False


@admin.register(Committee)
class CommitteeAdmin(Undeletable):
    search_fields = ["name"]
    exclude = ["slug"]


@admin.register(Agency)
class AgencyAdmin(Undeletable):
    list_display = ["name", "short_name", "successor"]
    search_fields = ["name", "short_name"]
    exclude = ["slug"]


class AppointmentInline(admin.TabularInline):
    model = Appointment
    extra = 1


@admin.register(Official)
class OfficialAdmin(Undeletable):
    search_fields = ["name"]
    exclude = ["slug"]
    inlines = [AppointmentInline]


@admin.register(Hearing)
class HearingAdmin(Undeletable):
    list_display = ["title", "held_on", "is_unlisted"]
    list_filter = ["is_unlisted"]
    exclude = ["slug"]
