"""A commitment's history: one line an act, append-only by trigger."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments import lifecycle
from commitments.lifecycle import ACTS, CLOCKS_OWN, Reason, State, Visibility
from commitments.models.commitment import Commitment
from hearings.models import Withheld
from hearings.models.withholding import HasPublicWords
from hearings.roles import Role


def moves_allowed() -> Q:
    """The act table as a condition on (act, state before, state after)."""
    return Q(
        *(Q(act=act, state_before=before, state=after) for act, before, after in lifecycle.moves()),
        _connector=Q.OR,
    )


class Event(HasPublicWords):
    """What was done, by whom, and how the commitment stood afterwards. Free text lies in a companion
    row that a lead can redact while the event stays."""

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="events")
    number = models.PositiveIntegerField(
        null=True, help_text=_("1, 2, 3… for people's acts; empty for the clock's.")
    )
    act = models.CharField(
        _("act"), max_length=20, choices=[(act.name, act.label) for act in ACTS.values()]
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    role = models.CharField(_("acting as"), max_length=15, choices=Role, blank=True)
    state_before = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20, choices=State)
    visibility = models.CharField(max_length=10, choices=Visibility)
    due_on = models.DateField(null=True)
    reason_code = models.CharField(_("reason"), max_length=20, choices=Reason, blank=True)
    facts = models.JSONField(
        default=dict, help_text=_("What the act carried, without free text: dates, who asked.")
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["commitment", "at"], name="event_history")]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "number"], name="event_number_is_unique"),
            models.CheckConstraint(condition=moves_allowed(), name="event_is_in_the_act_table"),
            models.CheckConstraint(
                condition=Q(act__in=CLOCKS_OWN, number__isnull=True, by__isnull=True, role="")
                | (
                    ~Q(act__in=CLOCKS_OWN) & Q(number__isnull=False, by__isnull=False) & ~Q(role="")
                ),
                name="event_of_a_person_names_them",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.commitment_id} #{self.number}"

    @property
    def definition(self) -> lifecycle.Act:
        return ACTS[self.act]


class EventText(HasPublicWords):
    """The words that came with an act: a public reason and an internal note."""

    public_words = ("public_reason",)

    event = models.OneToOneField(Event, models.PROTECT, related_name="text")
    public_reason = models.TextField(_("public reason"), blank=True)
    internal_note = models.TextField(_("internal note"), blank=True)
    redacted_at = models.DateTimeField(null=True)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("words of an event")
        verbose_name_plural = _("words of events")

    def __str__(self) -> str:
        return self.public_reason[:80]

    def hearings_spoken_of(self, withheld: Withheld) -> set[int]:
        return self.event.commitment.hearings_spoken_of(withheld)
