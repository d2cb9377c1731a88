"""The days on which nothing falls due, and the council's targets where no date was spoken."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearings.models import Committee


class HolidayQuerySet(models.QuerySet):
    def as_mapping(self) -> dict[date, str]:
        return dict(self.values_list("day", "name"))


class Holiday(models.Model):
    """Seeded from a library for the state; from then on the administrators' own table."""

    day = models.DateField(_("day"), unique=True)
    name = models.CharField(_("name"), max_length=100)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.name}, {self.day:%Y-%m-%d}"


class Target(models.Model):
    """Days the council gives where the agency named no date: the narrowest row that fits counts,
    first the committee's for the type, then the committee's, the council's for the type, the council's."""

    committee = models.ForeignKey(Committee, models.CASCADE, null=True, blank=True)
    type = models.CharField(_("type"), max_length=20, blank=True)
    days = models.PositiveSmallIntegerField(_("days"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "type"], name="target_is_unique", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="target_takes_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.committee or _('Council')}, {self.type or _('all')}: {self.days}"
