"""Who is taken for whom: each decision as a row, with what it changed, so that it can be undone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hearings.models.bodies import Official, Side
from hearings.roles import Role


class DecisionQuerySet(models.QuerySet):
    def standing(self) -> "DecisionQuerySet":
        return self.filter(undone_at=None)

    def with_what_they_changed(self) -> "DecisionQuerySet":
        return self.select_related(
            "by", "undone_by", "voice__official", "voice__hearing"
        ).prefetch_related(
            "settlements__speaker__hearing",
            "settlements__official",
            "attributions__utterance__part",
        )


class Decision(models.Model):
    """One answer to “who is this?”: about a printed name, in one hearing or many, or about a span."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(_("acting as"), max_length=15, choices=Role)
    at = models.DateTimeField()
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    voice = models.ForeignKey(
        "hearings.Speaker",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("to whom the words were given"),
    )
    made_official = models.ForeignKey(
        Official, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="decision_undone_names_who",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.by}, {self.at:%Y-%m-%d}"


class Settlement(models.Model):
    """What a decision made of one printed name of one hearing, and what stood there before."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="settlements")
    speaker = models.ForeignKey("hearings.Speaker", models.CASCADE, related_name="settlements")
    official = models.ForeignKey(Official, models.SET_NULL, null=True, blank=True, related_name="+")
    side = models.CharField(max_length=10, choices=Side, blank=True)
    official_before = models.ForeignKey(
        Official, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    side_before = models.CharField(max_length=10, choices=Side, blank=True)
    was_settled = models.BooleanField()
    decided_by_before = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "speaker"], name="settlement_is_one_per_name"
            )
        ]

    def __str__(self) -> str:
        return f"{self.speaker.printed_name} in {self.decision_id}"


class AttributionQuerySet(models.QuerySet):
    def standing(self) -> "AttributionQuerySet":
        return self.filter(decision__undone_at=None)


class Attribution(models.Model):
    """Characters of one line that somebody else said. The line itself stays as printed; of two that
    overlap the later decision counts."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="attributions")
    utterance = models.ForeignKey("hearings.Utterance", models.CASCADE, related_name="attributions")
    start_offset = models.PositiveIntegerField(_("first character"))
    end_offset = models.PositiveIntegerField(_("character after the last"))

    objects = AttributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("attribution")
        verbose_name_plural = _("attributions")
        ordering = ["decision_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_offset__lt=F("end_offset")),
                name="attribution_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.utterance_id}, {self.start_offset}–{self.end_offset}"

    @property
    def words(self) -> str:
        """The words as printed."""
        return self.utterance.text[self.start_offset : self.end_offset]
