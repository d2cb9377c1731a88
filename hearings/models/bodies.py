"""The council, its committees, the agencies that answer to it, and the people who speak for them."""

from datetime import date
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.cache import cache
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hearings.words import folded_words


def free_slug(model, words: str, max_length: int = 80) -> str:
    """A slug of these words that no row of the model has or, until a merging, had."""
    base = slugify(words)[:max_length].strip("-") or model._meta.model_name
    alike = {"slug__startswith": base[: max_length - 4]}
    taken = set(model.objects.filter(**alike).values_list("slug", flat=True))
    former = apps.get_model("hearings", "FormerAddress").objects.filter(**alike)
    taken |= set(former.filter(kind=model._meta.model_name).values_list("slug", flat=True))
    if base not in taken:
        return base
    number = 2
    while f"{base[: max_length - 4]}-{number}" in taken:
        number += 1
    return f"{base[: max_length - 4]}-{number}"


class Side(models.TextChoices):
    """For whom somebody speaks at a hearing."""

    COUNCIL = "council", _("Council")
    AGENCY = "agency", _("Agency")
    ELECTED = "elected", _("Other elected official")
    PUBLIC = "public", _("Public")


class Council(models.Model):
    """The one council of this install, in its own words."""

    CACHE_KEY = "council"

    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=60)
    postal_address = models.CharField(_("postal address"), max_length=300, blank=True)
    contact_email = models.EmailField(
        _("address for readers who report an error"),
        blank=True,
        help_text=_("Public: it stands on the page about this record."),
    )
    committee_word = models.CharField(
        _("word for a committee"), max_length=40, default="Committee", blank=True
    )
    agency_word = models.CharField(_("word for an agency"), max_length=40, default="Agency")
    member_word = models.CharField(_("word for a member"), max_length=40, default="Council Member")
    clock_starts_when_sent = models.BooleanField(
        _("targets count from the day a commitment was sent in writing"), default=False
    )
    internal_only = models.BooleanField(_("nothing is published"), default=False)

    class Meta:
        verbose_name = _("council")
        verbose_name_plural = _("council")
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="council_is_one_row")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.pk = 1
        super().save(*args, **kwargs)
        cache.delete(self.CACHE_KEY)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @classmethod
    def current(cls) -> "Council":
        """The council, read at most every 30 seconds; an empty install takes it from the settings."""
        return cache.get_or_set(cls.CACHE_KEY, cls._load, timeout=30)

    @classmethod
    def _load(cls) -> "Council":
        return cls.objects.get_or_create(
            pk=1,
            defaults={"name": settings.COUNCIL_NAME, "time_zone": settings.COUNCIL_TIME_ZONE},
        )[0]


class Committee(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or free_slug(Committee, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("committee", args=[self.slug])


class Agency(models.Model):
    """The organization that owes an answer. It outlives the person who spoke."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    aliases = ArrayField(
        models.CharField(max_length=200), verbose_name=_("also called"), default=list, blank=True
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("succeeded by"),
    )

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("pk")) & ~Q(successor=F("pk")),
                name="agency_is_not_its_own_kin",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or free_slug(Agency, self.short_name or self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("agency", args=[self.slug])

    @property
    def short(self) -> str:
        return self.short_name or self.name

    def leads_to(self, other: "Agency", by: str) -> bool:
        """Whether its line of `parent`s or `successor`s comes to the other agency."""
        seen: set[int] = set()
        here = getattr(self, by)
        while here and here.pk not in seen:
            if here == other:
                return True
            seen.add(here.pk)
            here = getattr(here, by)
        return False

    def is_in_a_circle(self, by: str) -> bool:
        return self.leads_to(self, by)

    def is_kin_of(self, other: "Agency") -> bool:
        """Whether they are one, one is part of the other, or one took over from the other."""
        return self == other or any(
            one.leads_to(another, by)
            for by in ("parent", "successor")
            for one, another in ((self, other), (other, self))
        )

    def all_predecessors(self) -> list["Agency"]:
        """The agencies whose work came to this one, directly or through others; a query a generation."""
        found: dict[int, Agency] = {}
        generation = [self]
        while generation := [
            each
            for each in Agency.objects.filter(successor__in=generation)
            if each.pk != self.pk and each.pk not in found
        ]:
            found |= {each.pk: each for each in generation}
        return sorted(found.values(), key=str)

    def is_called(self, words: str) -> bool:
        """Whether these words stand in one of its names."""
        asked = folded_words(words)
        return any(asked in name for name in self.known_as)

    @property
    def in_lists(self) -> str:
        """Its name with its aliases, so that whoever looks for one of them finds it in a list."""
        return f"{self.name} ({', '.join(self.aliases)})" if self.aliases else self.name

    @property
    def known_as(self) -> set[str]:
        """Its name, short name and aliases, folded for comparing."""
        names = (self.name, self.short_name, *self.aliases)
        return {folded_words(name) for name in names} - {""}


class OfficialQuerySet(models.QuerySet):
    def with_appointments(self) -> "OfficialQuerySet":
        """Officials whose `appointment_on` costs no further query."""
        return self.prefetch_related(
            models.Prefetch(
                "appointments", Appointment.objects.select_related("agency", "committee")
            )
        )

    def in_office(self) -> "OfficialQuerySet":
        """Those who hold or held an office; members of the public have no page."""
        offices = Appointment.objects.exclude(side=Side.PUBLIC)
        return self.filter(pk__in=offices.values("official"))

    def of_the_council(self, day: date) -> "OfficialQuerySet":
        return self.filter(
            pk__in=Appointment.objects.in_force(day).filter(side=Side.COUNCIL).values("official")
        )


class Official(models.Model):
    """A person who speaks for a body: council member, commissioner…"""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(max_length=80, unique=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or free_slug(Official, self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("official", args=[self.slug])

    @property
    def has_office(self) -> bool:
        return any(each.side != Side.PUBLIC for each in self.appointments.all())

    def appointment_on(self, day: date) -> "Appointment | None":
        """The appointment in force on that day; of several the one that began last."""
        in_force = [each for each in self.appointments.all() if each.is_in_force(day)]
        return max(in_force, key=lambda each: (each.starts_on or date.min, each.pk), default=None)


class AppointmentQuerySet(models.QuerySet):
    def in_force(self, day: date) -> "AppointmentQuerySet":
        return self.filter(
            Q(starts_on=None) | Q(starts_on__lte=day), Q(ends_on=None) | Q(ends_on__gte=day)
        )


class Appointment(models.Model):
    """An official's role in a body from one day to another; the one in force at a hearing counts."""

    official = models.ForeignKey(Official, models.CASCADE, related_name="appointments")
    role = models.CharField(_("role"), max_length=200)
    side = models.CharField(_("speaks for"), max_length=10, choices=Side)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    committee = models.ForeignKey(
        Committee, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = [F("starts_on").desc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side=Side.AGENCY, agency__isnull=False)
                | (~Q(side=Side.AGENCY) & Q(agency__isnull=True)),
                name="appointment_of_an_agency_names_it",
                violation_error_message=_(
                    "Who speaks for an agency is appointed to one, and nobody else is."
                ),
            ),
            models.CheckConstraint(
                condition=Q(committee__isnull=True) | Q(side=Side.COUNCIL),
                name="appointment_to_a_committee_is_the_councils",
                violation_error_message=_("Only the Council’s people sit on its committees."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(starts_on__lte=F("ends_on")),
                name="appointment_ends_after_it_starts",
                violation_error_message=_("The appointment ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(side__in=Side.values), name="appointment_side_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.official}, {self.role}"

    def is_in_force(self, day: date) -> bool:
        return (self.starts_on or date.min) <= day <= (self.ends_on or date.max)

    @property
    def body(self) -> Agency | Committee | None:
        return self.agency or self.committee
