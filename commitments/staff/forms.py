"""The desk's forms: the draft, the note, and one small form for each act."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.dates import Basis, Due
from commitments.lifecycle import Reason, State
from commitments.models import Commitment, Kind, Moment, Strength, Type
from commitments.moments import BadStart, check_start
from hearings.formats.timecode import clock_with_tenths, seconds_of
from hearings.forms import AgencyField, WhoForm
from hearings.models import Agency, Hearing, Official, Speaker, Utterance

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
WORDS = forms.Textarea(attrs={"rows": 2})
INTERNAL_NOTE = _("Internal note (may be released under freedom-of-information law)")


class TimeOfRecording(forms.CharField):
    """A second of the recording, written as 2:30:50 or 2:30:50.5."""

    widget = forms.TextInput(attrs={"size": 9, "autocomplete": "off", "placeholder": "2:30:50.5"})

    def prepare_value(self, value) -> str:
        return clock_with_tenths(value) if isinstance(value, int | float) else value or ""

    def to_python(self, value) -> float | None:
        text = super().to_python(value)
        seconds = seconds_of(text)
        if text and seconds is None:
            raise forms.ValidationError(_("Write the time as 2:30:50 or 2:30:50.5."))
        return seconds

    def has_changed(self, initial, data) -> bool:
        try:
            given = self.to_python(data)
        except forms.ValidationError:
            return True
        return self.prepare_value(given) != self.prepare_value(initial)


class DraftForm(forms.ModelForm):
    """What a clerk says of a moment. It arrives filled. `lines` are the first and last of its words;
    what was taken from notes has none."""

    starts_at = TimeOfRecording(label=_("Starts at"), required=False)
    type = forms.ChoiceField(label=_("Type"), choices=Type, widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind, widget=forms.RadioSelect)
    strength = forms.ChoiceField(label=_("Strength"), choices=Strength, widget=forms.RadioSelect)

    class Meta:
        model = Commitment
        fields = (
            "what", "official", "agency", "owed_to_member", "owed_to_committee",
            "due_on", "due_basis", "type", "kind", "strength", "is_priority", "internal_note",
        )  # fmt: skip
        labels = {
            "what": _("What was promised, starting with a verb"),
            "official": _("Who said it"),
            "owed_to_member": _("Owed to"),
            "owed_to_committee": _("and the committee"),
            "due_basis": _("Basis"),
        }
        field_classes = {"agency": AgencyField}
        widgets = {"what": WORDS, "internal_note": WORDS, "due_on": DATE}

    field_order = ("what", "starts_at")

    def __init__(
        self, *args, hearing: Hearing, lines: tuple[Utterance, Utterance] | None, **kwargs
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        if lines is None:
            del self.fields["starts_at"]
        members = Official.objects.of_the_council(hearing.held_on)
        self.fields["owed_to_member"].queryset = members
        self.fields["due_basis"].required = False

    def clean(self) -> dict:
        cleaned = super().clean()
        needs_date = cleaned.get("due_basis") in (Basis.SPOKEN, Basis.LETTER, Basis.TARGET)
        if needs_date and not cleaned.get("due_on") and not self.errors.get("due_on"):
            self.add_error("due_on", _("This basis needs a date."))
        return cleaned

    def clean_starts_at(self) -> float | None:
        start = self.cleaned_data["starts_at"]
        if start is not None and "starts_at" in self.changed_data:
            try:
                check_start(*self.lines, start)
            except BadStart as problem:
                raise forms.ValidationError(str(problem)) from problem
        return start

    def facts(self) -> dict:
        """The fields that `actions.tag` and `actions.edit` take, without the due date; the start only
        where somebody touched it."""
        facts = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.Meta.fields and name not in ("due_on", "due_basis")
        }
        if "starts_at" in self.changed_data:
            facts["start"] = self.cleaned_data["starts_at"]
        return facts

    def due(self, proposed: Due) -> Due:
        """The proposed due date where nobody touched it, else what the person set."""
        day, basis = self.cleaned_data["due_on"], self.cleaned_data["due_basis"]
        if day == proposed.on and (basis or proposed.basis) == proposed.basis:
            return proposed
        if day is None:
            return Due(None, Basis(basis or Basis.NONE), words=proposed.words)
        chosen = Basis(basis) if basis and basis != Basis.NONE else Basis.LETTER
        return Due(
            day, chosen, words=proposed.words, reason=_("A date set by the Council's staff.")
        )


class NoteForm(forms.Form):
    """One line taken down at the dais."""

    clock_time = forms.TimeField(
        label=_("Clock time"),
        required=False,
        input_formats=["%I:%M %p", "%I:%M%p", "%H:%M"],
        widget=forms.TextInput(attrs={"placeholder": "12:31 pm", "autocomplete": "off"}),
    )
    who = forms.CharField(label=_("Who"), max_length=200, required=False)
    owed_to = forms.CharField(label=_("Owed to"), max_length=200, required=False)
    what = forms.CharField(label=_("What"), max_length=300)

    def clean_clock_time(self):
        return self.cleaned_data["clock_time"] or None


class ActForm(forms.Form):
    """What every act's form carries: the version its author has seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def reason_field() -> forms.CharField:
    return forms.CharField(label=_("Reason (public)"), widget=WORDS)


def day_field(label) -> forms.DateField:
    return forms.DateField(label=label, widget=DATE)


class PublicReasonForm(ActForm):
    public_reason = reason_field()


class SendForm(ActForm):
    sent_on = day_field(_("Sent on"))
    recipients = forms.CharField(label=_("To whom"), required=False)
    internal_note = forms.CharField(label=INTERNAL_NOTE, required=False, widget=WORDS)


class RespondForm(ActForm):
    received_on = day_field(_("Received on"))
    summary = forms.CharField(label=_("What it says"), required=False, widget=WORDS)
    document_url = forms.URLField(
        label=_("Address of the document"), required=False, assume_scheme="https"
    )
    page = forms.CharField(label=_("Page that answers this"), required=False, max_length=60)
    excerpt = forms.CharField(label=_("Excerpt"), required=False, widget=WORDS)
    statement = forms.CharField(
        label=_("Statement the agency lets us publish as written"), required=False, widget=WORDS
    )
    internal_note = forms.CharField(label=INTERNAL_NOTE, required=False, widget=WORDS)
    is_public = forms.BooleanField(label=_("Public, once judged"), required=False)
    confidence_basis = forms.CharField(
        label=_("or given in confidence; on what basis"), required=False, max_length=300
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("is_public") and cleaned.get("confidence_basis"):
            self.add_error(
                "confidence_basis", _("What was given in confidence isn’t public. Choose one.")
            )
        return cleaned


class JudgeForm(ActForm):
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            (State.FULFILLED.value, _("All of it met")),
            (State.PARTLY_FULFILLED.value, _("Some of it met")),
            ("not_enough", _("Not enough")),
        ],
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(label=_("What shows it"), required=False, max_length=300)
    evidence_url = forms.URLField(label=_("Its address"), required=False, assume_scheme="https")
    evidence_is_public = forms.BooleanField(
        label=_("Evidence is public"), required=False, initial=True
    )
    remaining = forms.CharField(label=_("What remains"), required=False, widget=WORDS)
    due_on = forms.DateField(label=_("and by when"), required=False, widget=DATE)
    public_reason = reason_field()


class ExtendForm(ActForm):
    due_on = day_field(_("New due date"))
    asked_by = forms.ChoiceField(
        label=_("Asked for by"),
        choices=[("agency", _("The agency")), ("council", _("The Council"))],
        widget=forms.RadioSelect,
    )
    public_reason = reason_field()


class ReferForm(ActForm):
    agency = AgencyField(Agency.objects.all(), label=_("New owner"))
    public_reason = reason_field()


class EndForm(ActForm):
    reason_code = forms.ChoiceField(label=_("Why"), choices=Reason)
    public_reason = reason_field()


class WithdrawForm(EndForm):
    public_reason = forms.CharField(label=_("Reason (public)"), required=False, widget=WORDS)


class MergeForm(ActForm):
    target = forms.ModelChoiceField(
        Commitment.objects.exclude(reference=None),
        to_field_name="reference",
        label=_("Reference of the other"),
        widget=forms.TextInput(attrs={"placeholder": "2026-0042"}),
    )


class LinkForm(ActForm):
    role = forms.ChoiceField(
        label=_("It was"),
        choices=[choice for choice in Moment.Role.choices if choice[0] != Moment.Role.MADE],
    )
    link = forms.CharField(
        label=_("Link to the line in a hearing’s transcript"),
        help_text=_("Copy it from the time beside the line on the hearing’s public page."),
    )


class AnswerForm(ActForm):
    link = LinkForm.base_fields["link"]


class CorrectQuoteForm(ActForm):
    role = forms.ChoiceField(label=_("Which quote"), choices=Moment.Role.choices)
    words = forms.CharField(
        label=_("What was really said"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Shown beside the quote, which stays as it is. Leave it empty to take it back."
        ),
    )


class CheckForm(ActForm):
    checked_on = day_field(_("Checked on"))


FORMS = {
    "correct_quote": CorrectQuoteForm,
    "send": SendForm,
    "ask_again": SendForm,
    "respond": RespondForm,
    "judge": JudgeForm,
    "extend": ExtendForm,
    "pause": PublicReasonForm,
    "refer": ReferForm,
    "close": EndForm,
    "drop": EndForm,
    "reopen": PublicReasonForm,
    "merge": MergeForm,
    "withdraw": WithdrawForm,
    "unpublish": PublicReasonForm,
    "link": LinkForm,
    "check": CheckForm,
    "answer_in_session": AnswerForm,
}


def form_for(act: str) -> type[forms.Form]:
    """The form that asks for what this act must carry, and only for that."""
    return FORMS.get(act, ActForm)


def today_in(form: forms.Form, today: date) -> None:
    """Dates that are nearly always today's arrive filled."""
    for name in ("sent_on", "received_on", "checked_on"):
        if name in form.fields:
            form.fields[name].initial = today


class VoiceForm(WhoForm):
    """To whom the selected words belong: somebody who spoke there, an official, somebody new, or a role."""

    speaker = forms.ModelChoiceField(
        Speaker.objects.none(), label=_("Somebody who spoke at this hearing"), required=False
    )
    official = forms.ModelChoiceField(
        Official.objects.all(), label=_("or this official"), required=False
    )

    field_order = ("speaker", *WhoForm.field_order)

    def __init__(self, *args, hearing: Hearing, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"].queryset = hearing.speakers.select_related("official")

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        who = [name for name in ("speaker", "official", "name") if cleaned[name]]
        if len(who) > 1:
            raise forms.ValidationError(_("Choose one of them. Nothing was changed."))
        if not who and not cleaned["side"]:
            raise forms.ValidationError(_("Choose somebody, or say for whom they speak."))
        self.check_new_official()
        return cleaned


class WithholdForm(forms.Form):
    """Words of a hearing, or somebody's name, that only staff shall read."""

    speaker = forms.ModelChoiceField(
        Speaker.objects.none(),
        label=_("The name of"),
        required=False,
        empty_label=_("Nobody: words only"),
    )
    phrases = forms.CharField(
        label=_("Words, one phrase a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Withheld wherever they stand in this hearing and in what was written about it. For a name: its other forms, such as the family name alone."
        ),
    )
    reason = forms.CharField(
        label=_("Reason (internal; may be released under freedom-of-information law)"),
        max_length=300,
        required=False,
    )

    def __init__(self, *args, hearing: Hearing, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["speaker"].queryset = hearing.speakers.filter(official=None)

    def in_lines(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["phrases"].splitlines() if line.strip()]

    def all_of_it(self) -> list[str]:
        speaker = self.cleaned_data["speaker"]
        return [*([speaker.printed_name] if speaker else []), *self.in_lines()]
