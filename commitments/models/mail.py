"""Who gets which mail, and the ledger of what went out."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from commitments.models.commitment import Commitment
from hearings.models import Agency, Committee, Official


class SubscriberQuerySet(models.QuerySet):
    def active(self) -> "SubscriberQuerySet":
        """Confirmed, not unsubscribed, and not refused by their mail server."""
        return self.filter(confirmed_at__isnull=False, unsubscribed_at=None, suppressed_at=None)


class Subscriber(models.Model):
    """An address. It confirms itself once (double opt-in)."""

    email = models.EmailField(_("email address"))
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    unsubscribed_at = models.DateTimeField(null=True)
    suppressed_at = models.DateTimeField(null=True)
    suppressed_because = models.CharField(max_length=300, blank=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        constraints = [models.UniqueConstraint(Lower("email"), name="subscriber_address_is_unique")]

    def __str__(self) -> str:
        return self.email


class Subscription(models.Model):
    """What a subscriber wants to hear about."""

    class Scope(models.TextChoices):
        ALL = "all", _("Everything")
        AGENCY = "agency", _("One agency")
        COMMITTEE = "committee", _("One committee")
        MEMBER = "member", _("One member")
        ITEM = "item", _("One commitment")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="subscriptions")
    scope = models.CharField(_("about"), max_length=10, choices=Scope)
    agency = models.ForeignKey(Agency, models.CASCADE, null=True, blank=True)
    committee = models.ForeignKey(Committee, models.CASCADE, null=True, blank=True)
    member = models.ForeignKey(Official, models.CASCADE, null=True, blank=True)
    commitment = models.ForeignKey(Commitment, models.CASCADE, null=True, blank=True)
    created_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "scope", "agency", "committee", "member", "commitment"],
                name="subscription_is_unique",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(scope="all", agency=None, committee=None, member=None, commitment=None)
                | Q(scope="agency", agency__isnull=False, committee=None, member=None, commitment=None)
                | Q(scope="committee", agency=None, committee__isnull=False, member=None, commitment=None)
                | Q(scope="member", agency=None, committee=None, member__isnull=False, commitment=None)
                | Q(scope="item", agency=None, committee=None, member=None, commitment__isnull=False),
                name="subscription_names_its_scope",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.subscriber}: {self.subject}"

    @property
    def subject(self) -> str:
        """What it is about, in words; of a commitment its number alone, which stays public for ever."""
        named = self.agency or self.committee or self.member
        number = self.commitment and self.commitment.reference
        return str(named or number or self.Scope.ALL.label)


class MailToken(models.Model):
    """A link that went out in a mail. Only its SHA-256 is kept, so a stolen table opens nothing."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", _("Confirm")
        MANAGE = "manage", _("Manage and unsubscribe")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=Purpose)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("link in a mail")
        verbose_name_plural = _("links in mails")

    def __str__(self) -> str:
        return f"{self.purpose} {self.subscriber_id}"


class Digest(models.Model):
    """One week's issue: which commitments stood in it, as ids; its page renders their quotes live."""

    period = models.CharField(_("week"), max_length=8, unique=True)  # 2026-W48
    covers_from = models.DateField()
    covers_to = models.DateField()
    prepared_at = models.DateTimeField()
    figures = models.JSONField(default=dict)
    sections = models.JSONField(
        default=dict, help_text=_("Section name to the ids of its commitments, in order.")
    )

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-period"]
        constraints = [
            models.CheckConstraint(
                condition=Q(covers_from__lt=models.F("covers_to")), name="digest_covers_days"
            )
        ]

    def __str__(self) -> str:
        return self.period


class Delivery(models.Model):
    """One row per subscriber, kind of mail and period: the promise that nobody gets two, or none."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENT = "sent", _("Sent")
        NOTHING_TO_SAY = "nothing", _("Nothing to say")
        REFUSED = "refused", _("Refused by the mail server")
        CANCELLED = "cancelled", _("Unsubscribed before it went out")

    subscriber = models.ForeignKey(Subscriber, models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=20)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    message_id = models.CharField(max_length=200)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            # the claim of the next batch
            models.Index(
                fields=["kind", "period", "id"],
                condition=Q(status="waiting"),
                name="delivery_waiting",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "kind", "period"],
                name="delivery_is_one_per_person_and_period",
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} to {self.subscriber_id}"
