"""A likely commitment found in a transcript, with its reason, until somebody decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.commitment import Commitment, Kind, Strength, Type
from hearings.models import Hearing, Part, Utterance


class SuggestionQuerySet(models.QuerySet):
    def waiting(self) -> "SuggestionQuerySet":
        return self.filter(decision="")


class Suggestion(models.Model):
    class Decision(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        DISMISSED = "dismissed", _("Dismissed")

    class How(models.TextChoices):
        EXPLICIT = "explicit", _("Explicit promise")
        ASSENT = "assent", _("Assent to a request")

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="suggestions")
    utterance = models.ForeignKey(Utterance, models.CASCADE, related_name="suggestions")
    start_offset = models.PositiveIntegerField()
    end_utterance = models.ForeignKey(Utterance, models.CASCADE, related_name="+")
    end_offset = models.PositiveIntegerField()
    question = models.ForeignKey(Utterance, models.SET_NULL, null=True, related_name="+")
    quote = models.TextField(_("words"))
    score = models.FloatField(_("score"))
    how = models.CharField(max_length=10, choices=How)
    strength = models.CharField(max_length=12, choices=Strength)
    type = models.CharField(max_length=20, choices=Type)
    kind = models.CharField(max_length=10, choices=Kind)
    cue = models.CharField(max_length=200)
    reason = models.CharField(_("why"), max_length=400)
    what = models.CharField(_("what was promised"), max_length=300, blank=True)
    due_words = models.CharField(_("spoken words of the date"), max_length=200, blank=True)
    fingerprint = models.CharField(
        max_length=64,
        help_text=_("Of the words and their place, so that a decision outlives a re-import."),
    )
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, null=True, related_name="suggestions"
    )

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["utterance__place", "utterance_id", "start_offset"]
        constraints = [
            models.UniqueConstraint(
                fields=["hearing", "fingerprint"], name="suggestion_is_made_once"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="suggestion_decision_names_who",
            ),
            models.CheckConstraint(
                condition=Q(decision="accepted", commitment__isnull=False)
                | (~Q(decision="accepted") & Q(commitment__isnull=True)),
                name="suggestion_accepted_became_a_commitment",
            ),
        ]

    def __str__(self) -> str:
        return self.quote[:80]


class Reading(models.Model):
    """Up to which import a hearing has been read for suggestions, and after how many decisions on who
    spoke there, so that the next tick finds the rest."""

    hearing = models.OneToOneField(Hearing, models.CASCADE, related_name="reading")
    newest_part = models.ForeignKey(Part, models.CASCADE, related_name="+")
    decided = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")

    def __str__(self) -> str:
        return str(self.hearing)
