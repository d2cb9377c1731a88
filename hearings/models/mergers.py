"""Duplicates that were put together, and addresses that lead elsewhere now."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hearings.models.bodies import Agency, Official
from hearings.models.hearing import Hearing
from hearings.models.withholding import Withheld


def one_of_two() -> Q:
    return Q(agency__isnull=False, official__isnull=True) | Q(
        agency__isnull=True, official__isnull=False
    )


class Merger(models.Model):
    """One merging: who, when, what was moved, and what stood there before, so that it can be undone."""

    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="mergers"
    )
    official = models.ForeignKey(
        Official, models.CASCADE, null=True, blank=True, related_name="mergers"
    )
    name = models.CharField(_("what was merged"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(help_text=_("Model and field to the ids that pointed at it."))
    before = models.JSONField(help_text=_("The rows that are gone or changed, as they stood."))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=one_of_two(), name="merger_has_one_target")]

    def __str__(self) -> str:
        return f"{self.name} → {self.target}"

    @property
    def target(self) -> Agency | Official:
        return self.agency or self.official


class FormerAddress(models.Model):
    """The slug of something merged, and where it is now. A later merging moves it along, so that every
    old address leads to the final target in one step. A hearing has one where its slug told what was
    withheld; it leads nowhere as long as it does."""

    kind = models.CharField(
        max_length=10,
        choices=[("agency", _("Agency")), ("official", _("Official")), ("hearing", _("Hearing"))],
    )
    slug = models.SlugField(max_length=80)
    agency = models.ForeignKey(
        Agency, models.CASCADE, null=True, blank=True, related_name="former_addresses"
    )
    official = models.ForeignKey(
        Official, models.CASCADE, null=True, blank=True, related_name="former_addresses"
    )
    hearing = models.ForeignKey(
        Hearing, models.CASCADE, null=True, blank=True, related_name="former_addresses"
    )

    class Meta:
        verbose_name = _("former address")
        verbose_name_plural = _("former addresses")
        constraints = [
            models.UniqueConstraint(fields=["kind", "slug"], name="former_address_leads_to_one"),
            models.CheckConstraint(
                condition=Q(kind="agency", agency__isnull=False, official=None, hearing=None)
                | Q(kind="official", agency=None, official__isnull=False, hearing=None)
                | Q(kind="hearing", agency=None, official=None, hearing__isnull=False),
                name="former_address_has_one_target",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"

    @property
    def target(self) -> Agency | Official | Hearing:
        return self.agency or self.official or self.hearing

    @property
    def leads_on(self) -> bool:
        return not (self.hearing and self.hearing.tells_by(self.slug, Withheld.now()))
