"""The tables an administrator keeps: the council, its bodies, the people. Evidence isn't edited here."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import models

from hearings import speakers
from hearings.models import Agency, Appointment, Committee, Council, Hearing, Official
from hearings.roles import Role, may_act_as


class ForAdministrators:
    """Administrators of the council see and change; nobody deletes unless a class says so."""

    may_add = may_change = True
    may_delete = False

    def has_module_permission(self, request) -> bool:
        return may_act_as(request.user, Role.ADMINISTRATOR)

    def has_view_permission(self, request, obj=None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request, obj=None) -> bool:
        return self.may_add and self.has_module_permission(request)

    def has_change_permission(self, request, obj=None) -> bool:
        return self.may_change and self.has_module_permission(request)

    def has_delete_permission(self, request, obj=None) -> bool:
        return self.may_delete and self.has_module_permission(request)


@admin.register(Council)
class CouncilAdmin(ForAdministrators, admin.ModelAdmin):
    may_add = False


@admin.register(Committee)
class CommitteeAdmin(ForAdministrators, admin.ModelAdmin):
    search_fields = ["name"]
    readonly_fields = ["slug"]


@admin.register(Agency)
class AgencyAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ["name", "short_name", "parent", "successor"]
    list_select_related = ["parent", "successor"]
    search_fields = ["name", "short_name", "aliases"]
    readonly_fields = ["slug"]


class AppointmentInline(ForAdministrators, admin.TabularInline):
    model = Appointment
    extra = 1
    may_delete = True


@admin.register(Official)
class OfficialAdmin(ForAdministrators, admin.ModelAdmin):
    search_fields = ["name"]
    readonly_fields = ["slug"]
    inlines = [AppointmentInline]

    def save_related(self, request, form, formsets, change) -> None:
        super().save_related(request, form, formsets, change)
        speakers.look_again([form.instance])


@admin.register(Hearing)
class HearingAdmin(ForAdministrators, admin.ModelAdmin):
    may_add = False
    list_display = ["title", "held_on", "is_unlisted"]
    list_filter = ["is_unlisted"]
    readonly_fields = ["slug", "video_offset"]  # set on the desk: chapters move with it
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}


admin.site.unregister([get_user_model(), Group])


@admin.register(get_user_model())
class PersonAdmin(ForAdministrators, UserAdmin):
    """Roles are given on the desk; people are deactivated there, never deleted."""

    may_add = False
    list_display = ["username", "first_name", "last_name", "is_active"]
    list_filter = ["is_active", "groups"]
    readonly_fields = ["username", "last_login", "date_joined", "is_staff", "groups"]
    fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email", "is_active"]}),
        (None, {"fields": ["groups", "is_staff", "last_login", "date_joined"]}),
    ]


admin.site.site_header = admin.site.site_title = "Hearing commitments"
