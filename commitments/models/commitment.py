"""A statement by an agency or official, at a hearing, that they will do something or report back,
and that can be checked."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from commitments.dates import Basis
from commitments.lifecycle import CLOSED, GONE, LIVE, NUMBERED, RUNNING, State, Visibility
from hearings.models import Agency, Committee, Hearing, Official, Withheld
from hearings.models.withholding import HasPublicWords, PublicWordsQuerySet

LONG = timedelta(days=30)  # overdue for longer than this is long overdue
SOON = timedelta(days=7)


class Kind(models.TextChoices):
    AGREED = "agreed", _("Agreed")
    REQUESTED = "requested", _("Requested")
    PLANNED = "planned", _("Planned")


class Type(models.TextChoices):
    INFORMATION = "information", _("Information")
    DOCUMENT = "document", _("Document")
    MEETING = "meeting", _("Meeting")
    ACTION = "action", _("Action")
    CORRECTION = "correction", _("Correction")


class Strength(models.TextChoices):
    FIRM = "firm", _("Firm")
    CONDITIONAL = "conditional", _("Conditional")
    SOFT = "soft", _("Soft")


IS_LIVE = Q(state__in=LIVE)  # the agency still owes something or its answer is under review
IS_RUNNING = Q(state__in=RUNNING, stopped_on=None)  # the agency's clock runs


def is_overdue(today: date, by: timedelta = timedelta()) -> Q:
    """Past its due date, by more than so long."""
    return IS_RUNNING & Q(due_on__lt=today - by)


class CommitmentQuerySet(PublicWordsQuerySet):
    """The questions people ask of the register, by name."""

    def public(self) -> "CommitmentQuerySet":
        """What anybody may see in lists; removed and merged ones answer only at their own address."""
        listed = self.filter(visibility=Visibility.PUBLIC, hearing__is_unlisted=False)
        return listed.not_gone().as_public()

    def not_gone(self) -> "CommitmentQuerySet":
        """Those that were neither removed nor merged."""
        return self.exclude(state__in=GONE)

    def drafts(self) -> "CommitmentQuerySet":
        return self.filter(state=State.DRAFT)

    def live(self) -> "CommitmentQuerySet":
        return self.filter(IS_LIVE)

    def to_judge(self) -> "CommitmentQuerySet":
        return self.filter(state=State.RESPONSE_RECEIVED)

    def running(self) -> "CommitmentQuerySet":
        return self.filter(IS_RUNNING)

    def overdue(self, today: date) -> "CommitmentQuerySet":
        return self.filter(is_overdue(today))

    def long_overdue(self, today: date) -> "CommitmentQuerySet":
        return self.filter(is_overdue(today, by=LONG))

    def due_soon(self, today: date) -> "CommitmentQuerySet":
        return self.running().filter(due_on__range=(today, today + SOON))

    def worst_first(self) -> "CommitmentQuerySet":
        return self.order_by(models.F("due_on").asc(nulls_last=True), "pk")

    def for_lists(self) -> "CommitmentQuerySet":
        """With all that an entry of a list shows, in a constant number of queries."""
        from commitments.models.moment import Moment

        return self.select_related(
            "agency", "official", "owed_to_member", "owed_to_committee", "hearing"
        ).prefetch_related(models.Prefetch("moments", Moment.objects.with_speakers()))


class Commitment(HasPublicWords):
    public_words = ("what", "due_words", "due_reason", "remaining")

    reference = models.CharField(  # noqa: DJ001  (drafts have none, and it is unique)
        _("reference"),
        max_length=12,
        unique=True,
        null=True,
        help_text=_("Year of confirmation and a number, never used again."),
    )
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.DRAFT)
    visibility = models.CharField(
        _("visibility"), max_length=10, choices=Visibility, default=Visibility.INTERNAL
    )
    version = models.PositiveIntegerField(
        _("acts so far"), default=0, help_text=_("The number of the last event of a person's act.")
    )

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="commitments")
    position = models.PositiveIntegerField(_("place on the hearing’s sheet"), default=0)
    what = models.CharField(_("what was promised"), max_length=300, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AGREED)
    type = models.CharField(_("type"), max_length=20, choices=Type, default=Type.INFORMATION)
    strength = models.CharField(
        _("strength"), max_length=12, choices=Strength, default=Strength.FIRM
    )
    is_priority = models.BooleanField(_("priority"), default=False)
    is_disputed = models.BooleanField(_("disputed by the agency"), default=False)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    also_involved = models.ManyToManyField(
        Agency, blank=True, related_name="also_involved_in", verbose_name=_("also involved")
    )
    official = models.ForeignKey(
        Official,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments_made",
        verbose_name=_("said by"),
    )
    owed_to_member = models.ForeignKey(
        Official,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments_owed",
        verbose_name=_("owed to the member"),
    )
    owed_to_committee = models.ForeignKey(
        Committee,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments_owed",
        verbose_name=_("owed to the committee"),
    )
    internal_note = models.TextField(
        _("internal note (may be released under freedom-of-information law)"), blank=True
    )

    due_on = models.DateField(_("due"), null=True, blank=True)
    original_due_on = models.DateField(_("first due"), null=True, blank=True)
    due_basis = models.CharField(
        _("basis of the due date"),
        max_length=10,
        choices=[
            (Basis.SPOKEN, _("Spoken at the hearing")),
            (Basis.LETTER, _("Our letter")),
            (Basis.TARGET, _("The council’s target")),
            (Basis.EVENT, _("Depends on an event")),
            (Basis.ROLLING, _("Over a stretch of time")),
            (Basis.NONE, _("No date")),
        ],
        blank=True,
    )
    due_words = models.CharField(_("spoken words of the date"), max_length=200, blank=True)
    due_reason = models.CharField(_("why that date"), max_length=400, blank=True)
    estimate_on = models.DateField(_("the agency’s own estimate"), null=True, blank=True)
    stopped_on = models.DateField(
        _("clock stands still since"),
        null=True,
        blank=True,
        help_text=_("While an answer is under review or the clock is paused."),
    )
    council_days = models.PositiveIntegerField(_("days charged to the council"), default=0)
    remaining = models.TextField(_("what remains"), blank=True)
    fulfilled_on = models.DateField(_("fulfilled by the answer received on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_here"
    )
    flagged_at = models.DateTimeField(_("noticed as overdue"), null=True, blank=True)

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("what", config="council"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["hearing", "position", "pk"]
        indexes = [
            # the sweep, and every list of what is late or due next
            models.Index(
                fields=["due_on", "id"],
                condition=IS_RUNNING,
                name="commitment_running_by_due",
            ),
            # the sweep's other half: flags that no longer hold
            models.Index(
                fields=["id"], condition=Q(flagged_at__isnull=False), name="commitment_flagged"
            ),
            # an agency's page
            models.Index(fields=["agency", "state", "due_on"], name="commitment_of_an_agency"),
            # the public list, newest confirmed first
            models.Index(
                fields=["-confirmed_on", "-id"],
                condition=Q(visibility=Visibility.PUBLIC),
                name="commitment_public_newest",
            ),
            # the register's search; a promise alone, its quotations are the moments'
            GinIndex(fields=["search"], name="commitment_words"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="commitment_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="commitment_visibility_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values)
                & Q(type__in=Type.values)
                & Q(strength__in=Strength.values),
                name="commitment_words_are_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NUMBERED)
                | Q(
                    reference__isnull=False,
                    agency__isnull=False,
                    confirmed_on__isnull=False,
                )
                & ~Q(what="")
                & ~Q(due_basis=""),
                name="commitment_confirmed_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NUMBERED)
                | Q(owed_to_member__isnull=False)
                | Q(owed_to_committee__isnull=False),
                name="commitment_is_owed_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.DRAFT) | Q(reference__isnull=True),
                name="commitment_draft_has_no_reference",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=False)
                | Q(due_basis__in=["", Basis.EVENT, Basis.NONE, Basis.ROLLING]),
                name="commitment_basis_of_a_date_has_one",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=NUMBERED)
                | Q(due_on__isnull=True)
                | Q(original_due_on__isnull=False),
                name="commitment_due_keeps_its_first_date",
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLIC)
                | Q(reference__isnull=False, published_at__isnull=False),
                name="commitment_public_was_published",
            ),
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="commitment_merged_names_its_target",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PARTLY_FULFILLED) | ~Q(remaining=""),
                name="commitment_partly_says_what_remains",
            ),
            models.CheckConstraint(
                condition=Q(state=State.RESPONSE_RECEIVED, stopped_on__isnull=False)
                | Q(state__in=RUNNING)
                | (~Q(state__in=LIVE) & Q(stopped_on__isnull=True)),
                name="commitment_clock_stands_still_in_review",
            ),
            models.CheckConstraint(
                condition=Q(state=State.FULFILLED, fulfilled_on__isnull=False)
                | (~Q(state=State.FULFILLED) & Q(fulfilled_on__isnull=True)),
                name="commitment_fulfilled_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_on__isnull=False)
                | (~Q(state__in=CLOSED) & Q(closed_on__isnull=True)),
                name="commitment_closed_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference or _('Draft')}: {self.what}"

    @classmethod
    def ties_to(cls, hearings: set[int]) -> Iterable[tuple[int, int]]:
        """By their moments: what was said earlier, or raised again, at another hearing."""
        tied = cls.objects.filter(moments__hearing__in=hearings)
        return tied.order_by().values_list("pk", "moments__hearing")

    def hearings_spoken_of(self, withheld: Withheld) -> set[int]:
        return {self.hearing_id} | withheld.linked(self)

    def hide_words(self, withheld: Withheld) -> None:
        super().hide_words(withheld)
        said_by = self._state.fields_cache.get("official")
        if said_by and withheld.of_person(self.hearings_spoken_of(withheld), said_by):
            self.official = None

    def get_absolute_url(self) -> str:
        return reverse("commitment", args=[self.reference])

    def get_staff_ref(self) -> str:
        """How the desk's addresses name it: by reference, or as the draft it still is."""
        return self.reference or f"d-{self.pk}"

    def get_staff_url(self) -> str:
        return reverse("staff-commitment", args=[self.get_staff_ref()])

    # The facts the pages ask for; `today` is the date on the council's wall.

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING and self.stopped_on is None

    @property
    def is_paused(self) -> bool:
        return self.state in RUNNING and self.stopped_on is not None

    def is_overdue(self, today: date) -> bool:
        """Due until the end of its day; overdue from the next."""
        return self.is_running and self.due_on is not None and self.due_on < today

    def is_long_overdue(self, today: date) -> bool:
        return self.is_overdue(today) and self.due_on < today - LONG

    def is_due_soon(self, today: date) -> bool:
        return self.is_running and self.due_on is not None and today <= self.due_on <= today + SOON

    def days_late(self, today: date) -> int:
        return (today - self.due_on).days if self.is_overdue(today) else 0

    @property
    def was_fulfilled_on_time(self) -> bool | None:
        """By the receipt date of the answer and the first due date, with the days the council took;
        None where it isn't fulfilled or never had a date."""
        if self.fulfilled_on is None or self.original_due_on is None:
            return None
        return self.fulfilled_on <= self.original_due_on + timedelta(days=self.council_days)

    def moment(self, role: str):
        """Its moment in that role, from those already fetched; None where there is none."""
        return next((each for each in self.moments.all() if each.role == role), None)

    @property
    def made(self):
        return self.moment("made")

    @property
    def question(self):
        return self.moment("question")

    @property
    def owed_to(self) -> str:
        """The member and/or the committee, in words."""
        return str(self.owed_to_member or self.owed_to_committee or "")


class ReferenceCounter(models.Model):
    """The last number given in a year; its row is locked while the next is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}-{self.last:04d}"
