"""The public form that asks for mail. It works without a cookie: a signed dated field, the page's own
origin and a rate per address stand in for one."""

from datetime import timedelta

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from commitments.models import Commitment, Subscription
from hearings import clock
from hearings.models import Agency, Committee, Official

SALT = "subscribe"
GOOD_FOR = timedelta(days=1)


def stamp() -> str:
    return signing.dumps("form", salt=SALT)


class SubscribeForm(forms.Form):
    """`about` preselects what the page one comes from is about: "agency-7", "item-2026-0042"."""

    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    about = forms.ChoiceField(label=_("About"))
    stamp = forms.CharField(widget=forms.HiddenInput, initial=stamp)

    def __init__(self, *args, about: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].initial = about
        item = _public_item(about)
        self.fields["about"].choices = [
            ("all", _("Everything")),
            *([(f"item-{item.reference}", item.what)] if item else []),
            (_("One agency"), _named("agency", Agency.objects.all())),
            (_("One committee"), _named("committee", Committee.objects.all())),
            (_("One member"), _named("member", Official.objects.of_the_council(clock.today()))),
        ]

    def clean_stamp(self) -> str:
        try:
            signing.loads(self.cleaned_data["stamp"], salt=SALT, max_age=GOOD_FOR)
        except signing.BadSignature as error:
            raise forms.ValidationError(
                _("This form was open for too long. Nothing was lost; send it again.")
            ) from error
        return self.cleaned_data["stamp"]

    def wish(self) -> dict:
        """Scope and subject, as `subscriptions.ask` takes them."""
        scope, _dash, key = self.cleaned_data["about"].partition("-")
        match scope:
            case Subscription.Scope.ALL:
                return {"scope": scope}
            case Subscription.Scope.ITEM:
                return {"scope": scope, "commitment": Commitment.objects.get(reference=key)}
        return {"scope": scope, f"{scope}_id": int(key)}


def _named(scope: str, bodies) -> list[tuple[str, str]]:
    return [(f"{scope}-{each.pk}", each.name) for each in bodies]


def _public_item(about: str) -> Commitment | None:
    scope, _dash, reference = about.partition("-")
    if scope != Subscription.Scope.ITEM:
        return None
    return Commitment.objects.public().filter(reference=reference).first()
