"""A transcript that was sent in, and how far it has come. Its bytes lie in a file, never in the database."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hearings.models.hearing import Hearing
from hearings.models.legistar import Meeting

LATELY = timedelta(days=14)


class UploadQuerySet(models.QuerySet):
    def under_way(self) -> "UploadQuerySet":
        return self.filter(state__in=(Upload.State.QUEUED, Upload.State.RUNNING))

    def waiting(self) -> "UploadQuerySet":
        """Uploads that nobody works on: never begun, or left by a worker that died. The clock is the
        database's, the only one that all workers share."""
        return self.under_way().filter(Q(claimed_until=None) | Q(claimed_until__lt=Now()))

    def failed_lately(self, now: datetime) -> "UploadQuerySet":
        """What failed and whose file is still kept, so that it can be tried again; the newest first."""
        failed = self.filter(state=Upload.State.FAILED, finished_at__gte=now - LATELY)
        return failed.exclude(stored_as="").order_by("-finished_at", "-pk")


class Upload(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        RUNNING = "running", _("Being imported")
        DONE = "done", _("Imported")
        FAILED = "failed", _("Not imported")
        CANCELLED = "cancelled", _("Cancelled")

    class Step(models.TextChoices):
        WAITING = "waiting", _("Waiting for a worker")
        READING = "reading", _("Reading the file")
        WRITING = "writing", _("Writing the utterances")

    file_name = models.CharField(_("file"), max_length=255, blank=True)
    stored_as = models.CharField(
        _("name in the folder of uploads"),
        max_length=64,
        blank=True,
        help_text=_("Empty once gone."),
    )
    digest = models.CharField(_("SHA-256 of the file"), max_length=64)
    size = models.PositiveBigIntegerField(_("size, in bytes"))
    format = models.CharField(_("format"), max_length=30, blank=True)
    skip_bad_lines = models.BooleanField(_("bad lines are left out"), default=False)
    hearing = models.ForeignKey(
        Hearing, models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    described = models.JSONField(
        _("the hearing to find or make"),
        default=dict,
        blank=True,
        help_text=_("Title, date and committees, where it isn't one that is there."),
    )
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="uploads"
    )
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    step = models.CharField(_("step"), max_length=10, choices=Step, default=Step.WAITING)
    fraction = models.FloatField(_("how much of the step is done, 0 to 1"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(_("what the import did"), null=True, blank=True)
    problem = models.TextField(_("why it was not imported"), blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-pk"]
        indexes = [
            # the tick looks for the few that are under way
            models.Index(
                fields=["claimed_until"],
                condition=Q(state__in=("queued", "running")),
                name="uploads_under_way",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("queued", "running", "done", "failed", "cancelled")),
                name="upload_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="done", summary__isnull=False)
                | (~Q(state="done") & Q(summary__isnull=True)),
                name="upload_has_a_summary_once_done",
            ),
            models.CheckConstraint(
                condition=Q(state="failed", problem__gt="") | (~Q(state="failed") & Q(problem="")),
                name="upload_that_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(fraction__isnull=True) | Q(fraction__range=(0, 1)),
                name="upload_fraction_is_one",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(_("Pasted text"))

    def get_absolute_url(self) -> str:
        return reverse("upload", args=[self.pk])

    @property
    def title(self) -> str:
        """Of the hearing it is for."""
        return self.hearing.title if self.hearing else self.described["title"]

    @property
    def is_under_way(self) -> bool:
        return self.state in (self.State.QUEUED, self.State.RUNNING)

    @property
    def can_be_retried(self) -> bool:
        return self.state in (self.State.FAILED, self.State.CANCELLED) and bool(self.stored_as)

    @property
    def percent(self) -> int | None:
        return None if self.fraction is None else round(100 * self.fraction)
