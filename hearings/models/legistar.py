"""What a Legistar calendar says: its meetings, to pick from, and which rows of ours came out of it."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hearings.models.bodies import Appointment, Committee, Official
from hearings.models.hearing import Chapter, Hearing


class LegistarRecord(models.Model):
    """One record of a Legistar client. `said` is what it said when we last took it over: a field of our
    row that still says so was edited by nobody and follows; any other is staff's and is left alone."""

    client = models.CharField(_("client"), max_length=60)
    key = models.PositiveBigIntegerField(_("its id there"))
    said = models.JSONField(_("what it said"), default=dict)

    class Meta:
        abstract = True


class LegistarLink(LegistarRecord):
    """A body, person, office record or agenda item, and the committee, official, appointment or chapter it
    became, if it did. What staff deleted afterwards stays deleted."""

    class Kind(models.TextChoices):
        BODY = "body", _("Body")
        PERSON = "person", _("Person")
        OFFICE = "office", _("Office record")
        ITEM = "item", _("Agenda item")

    kind = models.CharField(max_length=10, choices=Kind)
    has_become = models.BooleanField(_("became a row of ours"), default=False)
    committee = models.ForeignKey(Committee, models.SET_NULL, null=True, related_name="+")
    official = models.ForeignKey(Official, models.SET_NULL, null=True, related_name="+")
    appointment = models.ForeignKey(Appointment, models.SET_NULL, null=True, related_name="+")
    chapter = models.OneToOneField(
        Chapter, models.SET_NULL, null=True, related_name="legistar_link"
    )

    class Meta:
        verbose_name = _("record of Legistar")
        verbose_name_plural = _("records of Legistar")
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kind", "key"], name="legistar_record_is_linked_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("body", "person", "office", "item")),
                name="legistar_kind_is_known",
            ),
            models.CheckConstraint(
                condition=(Q(kind="body") | Q(committee=None))
                & (Q(kind="person") | Q(official=None))
                & (Q(kind="office") | Q(appointment=None))
                & (Q(kind="item") | Q(chapter=None)),
                name="legistar_record_became_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of {self.client}"


class MeetingQuerySet(models.QuerySet):
    def held(self, first: date, last: date) -> "MeetingQuerySet":
        """From one day to another, both counted."""
        return self.filter(held_on__gte=first, held_on__lte=last)

    def taking_place(self) -> "MeetingQuerySet":
        """Neither cancelled nor deferred; the latest day first."""
        return self.filter(is_off=False).order_by("-held_on", "starts_at", "pk")

    def to_pick(self) -> "MeetingQuerySet":
        """Those that have no hearing of ours yet."""
        return self.filter(hearing=None)

    def with_hearings(self) -> "MeetingQuerySet":
        return self.exclude(hearing=None).select_related("hearing")

    def with_agenda_to_read(self) -> "MeetingQuerySet":
        """Meetings that are hearings here, but for those whose transcript brought chapters: they have no
        use for the agenda's."""
        others = Chapter.objects.filter(hearing=OuterRef("hearing"), legistar_link=None)
        return self.with_hearings().filter(~Exists(others))


class Meeting(LegistarRecord):
    """An event of the calendar. It becomes a hearing when somebody picks it, or has made it by hand."""

    title = models.CharField(_("title"), max_length=300)
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("start"), null=True)
    committees = ArrayField(models.CharField(max_length=200), verbose_name=_("committees"))
    source_url = models.CharField(max_length=500, blank=True)
    video_url = models.CharField(max_length=500, blank=True)
    is_off = models.BooleanField(_("cancelled or deferred"), default=False)
    hearing = models.ForeignKey(
        Hearing, models.SET_NULL, null=True, blank=True, related_name="meetings"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "key"], name="meeting_is_listed_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.held_on:%Y-%m-%d})"

    @property
    def others(self) -> list[str]:
        """Who sits jointly with the body that called the meeting."""
        return self.committees[1:]


class LegistarReading(models.Model):
    """How far a reading of one list has come, in records: where the next run goes on after a break."""

    client = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    done = models.PositiveIntegerField(_("records read"))
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "query"], name="legistar_list_is_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.query} of {self.client}"
