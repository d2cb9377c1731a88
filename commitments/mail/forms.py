"""The public form that asks for mail. It works without a cookie: a signed dated field, the page's own
origin and a rate per address stand in for one."""

from datetime import timedelta

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from commitments.models import Subscription
from hearings.models import Agency, Committee

SALT = "subscribe"
GOOD_FOR = timedelta(days=1)


def stamp() -> str:
    return signing.dumps("form", salt=SALT)


class SubscribeForm(forms.Form):
    email = forms.EmailField(
        label=_("Email address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    about = forms.ChoiceField(label=_("About"))
    stamp = forms.CharField(widget=forms.HiddenInput, initial=stamp)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["about"].choices = [
            ("all", _("Everything")),
            (_("One agency"), [(f"agency-{a.pk}", a.name) for a in Agency.objects.all()]),
            (_("One committee"), [(f"committee-{c.pk}", c.name) for c in Committee.objects.all()]),
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
        scope, _dash, pk = self.cleaned_data["about"].partition("-")
        if scope == Subscription.Scope.ALL:
            return {"scope": scope}
        return {"scope": scope, f"{scope}_id": int(pk)}
