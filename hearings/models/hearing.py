"""One sitting of one or more committees, and its chapters."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearings.models.bodies import Committee, free_slug
from hearings.models.decisions import Decision, Settlement
from hearings.models.withholding import HasPublicWords, PublicWordsQuerySet, Withheld

web_address = URLValidator(schemes=["http", "https"])


class HearingQuerySet(PublicWordsQuerySet):
    def public(self) -> "HearingQuerySet":
        return self.filter(is_unlisted=False).as_public()

    def with_decisions(self) -> "HearingQuerySet":
        """Each with `decided`: how often somebody has decided who spoke there or undone it, or changed
        what is known of those who did."""
        names = Settlement.objects.filter(speaker__hearing=OuterRef("pk"))
        spans = Decision.objects.filter(voice__hearing=OuterRef("pk"))
        return self.annotate(
            decided=F("people_changed")
            + _times(names.values("speaker__hearing"), undone="decision__undone_at")
            + _times(spans.values("voice__hearing"), undone="undone_at")
        )

    def with_committees(self) -> "HearingQuerySet":
        return self.prefetch_related(
            models.Prefetch("hosts", Host.objects.select_related("committee"))
        )


def _times(decisions: models.QuerySet, *, undone: str) -> Coalesce:
    """How many these are, those undone twice."""
    counted = decisions.order_by().annotate(times=Count("pk") + Count(undone))
    return Coalesce(Subquery(counted.values("times")), 0)


class Hearing(HasPublicWords):
    public_words = ("title",)
    public_addresses = ("source_url", "video_url")

    title = models.CharField(gettext_lazy("title"), max_length=300)
    slug = models.SlugField(max_length=80, unique=True)
    held_on = models.DateField(gettext_lazy("date"))
    starts_at = models.TimeField(gettext_lazy("start"), null=True, blank=True)
    committees = models.ManyToManyField(
        Committee, through="Host", related_name="hearings", verbose_name=gettext_lazy("committees")
    )
    source_url = models.URLField(
        gettext_lazy("page it was taken from"), max_length=500, blank=True, validators=[web_address]
    )
    video_url = models.URLField(
        gettext_lazy("video"), max_length=500, blank=True, validators=[web_address]
    )
    video_offset = models.FloatField(
        gettext_lazy("seconds the video is ahead of the transcript"), default=0
    )
    is_unlisted = models.BooleanField(gettext_lazy("not shown to the public"), default=False)
    people_changed = models.PositiveIntegerField(
        gettext_lazy("times that officials who spoke there were merged or their offices edited"),
        default=0,
        editable=False,
    )

    objects = HearingQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("hearing")
        verbose_name_plural = gettext_lazy("hearings")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["-held_on", "-id"], name="hearings_newest_first")]

    def __str__(self) -> str:
        return f"{self.title} ({self.held_on:%Y-%m-%d})"

    def save(self, *args, **kwargs) -> None:
        self.slug = self.slug or free_slug(Hearing, f"{self.held_on:%Y-%m-%d} {self.title}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("hearing", args=[self.slug])

    def hearings_spoken_of(self, withheld: Withheld) -> list[int]:
        return [self.pk]

    def tells_by(self, slug: str, withheld: Withheld) -> bool:
        """Whether an address that was made of its title tells what is withheld; it may have been cut
        within a name."""
        here = self.hearings_spoken_of(withheld)
        return bool(withheld.in_text(here, self.title)) or withheld.is_in_address(here, slug)

    @property
    def committee_list(self) -> list[Committee]:
        """The committees that sat, the one that called the hearing first."""
        return [host.committee for host in self.hosts.all()]

    @property
    def committees_in_words(self) -> str:
        """“Committee on Water, jointly with the Committee on Health and the Committee on Schools”."""
        first, *others = [committee.name for committee in self.committee_list] or [""]
        if not others:
            return first
        jointly = _(" and the ").join(others)
        return _("%(first)s, jointly with the %(others)s") % {"first": first, "others": jointly}

    @property
    def current_transcript(self):
        return self.transcripts.order_by("-number").first()


class Host(models.Model):
    """A committee that sits at a hearing; the first one called it, the others sit jointly."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="hosts")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["hearing", "committee"], name="host_sits_once")
        ]

    def __str__(self) -> str:
        return f"{self.committee} at {self.hearing}"


class ChapterQuerySet(PublicWordsQuerySet):
    def of_agenda(self) -> "ChapterQuerySet":
        """Those that a calendar's agenda brought, and no transcript."""
        return self.exclude(legistar_link=None)


class Chapter(HasPublicWords):
    """A titled stretch of a hearing. A third party's summary names its source and feeds no record."""

    public_words = ("kind", "title", "summary", "bullets", "source")

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="chapters")
    part = models.ForeignKey(
        "hearings.Part", models.CASCADE, null=True, blank=True, related_name="chapters"
    )
    kind = models.CharField(gettext_lazy("kind"), max_length=40, blank=True)
    title = models.CharField(gettext_lazy("title"), max_length=500)
    start = models.FloatField(gettext_lazy("start, in seconds"), null=True, blank=True)
    seconds = models.PositiveIntegerField(gettext_lazy("length, in seconds"), null=True, blank=True)
    summary = models.TextField(gettext_lazy("summary"), blank=True)
    bullets = ArrayField(
        models.TextField(), verbose_name=gettext_lazy("points"), default=list, blank=True
    )
    source = models.CharField(
        gettext_lazy("whose words the summary is"), max_length=100, blank=True
    )

    objects = ChapterQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("chapter")
        verbose_name_plural = gettext_lazy("chapters")
        ordering = [models.F("start").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(start__gte=0),
                name="chapter_starts_in_the_hearing",
            )
        ]

    @property
    def kind_words(self) -> str:
        """Its kind in small letters: `OPENING REMARKS` as “Opening remarks”, `Q&A` as it is."""
        return self.kind if "&" in self.kind else self.kind.capitalize()

    def __str__(self) -> str:
        return self.title
