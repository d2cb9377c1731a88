"""What went to the agency, what came back, and what proves it."""

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.models.commitment import Commitment
from hearings.models import Agency, Withheld
from hearings.models.hearing import web_address
from hearings.models.withholding import HasPublicWords, PublicWordsQuerySet


class Letter(models.Model):
    """One writing to an agency, about one commitment or many."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="letters")
    commitments = models.ManyToManyField(Commitment, related_name="letters")
    sent_on = models.DateField(_("sent on"))
    recipients = models.TextField(_("to whom"), blank=True)
    asks_again = models.BooleanField(_("asks again"), default=False)
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    internal_note = models.TextField(_("internal note"), blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["sent_on", "pk"]

    def __str__(self) -> str:
        return f"{self.agency}, {self.sent_on:%Y-%m-%d}"


class ForTheRecordQuerySet(PublicWordsQuerySet):
    def public(self):
        """What staff marked public; callers see to it that it has been judged."""
        return self.filter(is_public=True).as_public()


def _tied(model, commitment: str, hearings: set[int]) -> Iterator[tuple[int, int]]:
    """The rows that lead by this path to commitments which speak of these hearings."""
    for path in (f"{commitment}__hearing", f"{commitment}__moments__hearing"):
        rows = model.objects.filter(**{f"{path}__in": hearings})
        yield from rows.order_by().values_list("pk", path)


class Response(HasPublicWords):
    """One answer of an agency; it may answer many commitments, each with its page or excerpt."""

    public_words = ("summary", "statement")
    public_addresses = ("document_url",)

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="responses")
    received_on = models.DateField(_("received on"))
    summary = models.TextField(_("what it says"), blank=True)
    document_url = models.URLField(
        _("address of the document"), max_length=500, blank=True, validators=[web_address]
    )
    statement = models.TextField(_("statement the agency lets us publish as written"), blank=True)
    internal_note = models.TextField(_("internal note"), blank=True)
    is_public = models.BooleanField(_("public, once judged"), default=False)
    confidence_basis = models.CharField(
        _("given in confidence; on what basis"), max_length=300, blank=True
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ForTheRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(confidence_basis=""),
                name="response_in_confidence_is_not_public",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency}, {self.received_on:%Y-%m-%d}"

    @classmethod
    def ties_to(cls, hearings: set[int]) -> Iterable[tuple[int, int]]:
        """By all commitments that it answers, for it is shown beside each of them."""
        return _tied(cls, "answers__commitment", hearings)

    def hearings_spoken_of(self, withheld: Withheld) -> set[int]:
        return withheld.linked(self)

    @property
    def is_as_written(self) -> bool:
        """Whether the statement stands here as the agency wrote it: nothing of it is withheld."""
        return "statement" not in self.redacted


class Answer(HasPublicWords):
    """The part of a response that answers one commitment."""

    public_words = ("page", "excerpt")

    response = models.ForeignKey(Response, models.PROTECT, related_name="answers")
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="answers")
    page = models.CharField(_("page"), max_length=60, blank=True)
    excerpt = models.TextField(_("excerpt"), blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["response__received_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "commitment"], name="answer_of_a_response_is_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment}: {self.response}"

    def hearings_spoken_of(self, withheld: Withheld) -> set[int]:
        return self.response.hearings_spoken_of(withheld)


class Evidence(HasPublicWords):
    """What shows that a commitment, or some of it, was met."""

    public_words = ("title",)
    public_addresses = ("url",)

    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="evidence")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="evidence")
    title = models.CharField(_("what it is"), max_length=300)
    url = models.URLField(_("address"), max_length=500, blank=True, validators=[web_address])
    is_public = models.BooleanField(_("public"), default=False)
    added_on = models.DateField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ForTheRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["added_on", "pk"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def ties_to(cls, hearings: set[int]) -> Iterable[tuple[int, int]]:
        """By the response that it was taken from."""
        return _tied(cls, "answer__response__answers__commitment", hearings)

    def hearings_spoken_of(self, withheld: Withheld) -> set[int]:
        return self.commitment.hearings_spoken_of(withheld) | withheld.linked(self)
