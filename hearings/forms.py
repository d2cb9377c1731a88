"""The desk's forms about the record."""

from collections.abc import Iterable
from datetime import date, timedelta

from django import forms
from django.contrib.auth.models import User
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from hearings import clock, importing, offsets, speakers
from hearings.formats import FORMATS
from hearings.formats.decoding import MAX_BYTES
from hearings.models import Agency, Appointment, Committee, Hearing, Meeting, Official, Side
from hearings.roles import Role
from hearings.words import folded_words

LARGEST_TEXT = 8 * 2**20  # bytes
LARGEST_FILE = MAX_BYTES  # what announces more is refused before it is read
LARGEST_REQUEST = LARGEST_FILE + LARGEST_TEXT  # a file, and what else was typed
EARLIEST = date(1900, 1, 1)  # of a hearing
AHEAD = timedelta(days=366)  # so far ahead a hearing is entered
FILE_TOO_LARGE = _(
    "This file is larger than 100 MB. Nothing was imported; a transcript is smaller."
)


class TranscriptForm(forms.Form):
    needs_transcript = True

    file = forms.FileField(
        label=_("Transcript file"), required=False, help_text=_("At most 100 MB.")
    )
    text = forms.CharField(
        label=_("or its text, pasted"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text=_("At most 8 MB."),
    )
    format = forms.ChoiceField(label=_("Format"), required=False)
    skip_bad_lines = forms.BooleanField(label=_("Skip bad lines and list them"), required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        known = [(name, each.title) for name, each in FORMATS.items()]
        self.fields["file"].widget.attrs |= {
            "data-largest": LARGEST_FILE,
            "data-too-large": FILE_TOO_LARGE,
        }
        self.fields["format"].choices = [("", _("Recognise it from its content")), *known]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(FILE_TOO_LARGE)
        return file

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if len(text.encode()) > LARGEST_TEXT:
            raise forms.ValidationError(
                _("This text is larger than 8 MB. Nothing was imported. Choose it as a file.")
            )
        return text

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.needs_transcript and not self.errors and not self.holds_transcript:
            raise forms.ValidationError(_("Choose a file or paste a transcript."))
        if cleaned.get("file") and cleaned.get("text", "").strip():
            self.add_error("text", _("Give a file or text, not both. Nothing was imported."))
        return cleaned

    @property
    def holds_transcript(self) -> bool:
        given = self.cleaned_data
        return bool(given.get("file") or given.get("text", "").strip())

    def transcript(self) -> dict:
        """What `uploads.keep` takes."""
        given = self.cleaned_data
        file = given["file"]
        return {
            "chunks": file.chunks() if file else [given["text"].encode()],
            "file_name": file.name[:255] if file else "",
            "format": given["format"],
            "skip_bad_lines": given["skip_bad_lines"],
        }


class DescriptionForm(forms.Form):
    """What is known of a hearing: what it was, when, whose, and whether it is shown."""

    title = forms.CharField(label=_("Title"), max_length=300)
    held_on = forms.DateField(
        label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    starts_at = forms.TimeField(
        label=_("Start"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    committees = forms.CharField(
        label=_("Committees, one a line"), widget=forms.Textarea(attrs={"rows": 2})
    )
    video_url = forms.URLField(
        label=_("Video"), max_length=500, required=False, assume_scheme="https"
    )
    source_url = forms.URLField(
        label=_("Page it was taken from"), max_length=500, required=False, assume_scheme="https"
    )
    is_unlisted = forms.BooleanField(
        label=_("Not shown to the public"),
        required=False,
        help_text=_("Its page, its transcript and its files are for staff only."),
    )

    def clean_held_on(self) -> date:
        held_on = self.cleaned_data["held_on"]
        if not EARLIEST <= held_on <= clock.today() + AHEAD:
            raise forms.ValidationError(
                _("A hearing in the year %(year)d? Check the date."), params={"year": held_on.year}
            )
        return held_on

    def clean_committees(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["committees"].splitlines()]
        longest = Committee._meta.get_field("name").max_length
        if too_long := [name for name in names if len(name) > longest]:
            raise forms.ValidationError(
                _(
                    "A committee’s name has at most %(most)d letters, and “%(begins)s…” has %(has)d. Each committee has a line of its own."
                ),
                params={"most": longest, "begins": too_long[0][:40], "has": len(too_long[0])},
            )
        return list(filter(None, names))

    def hearing(self) -> dict:
        """What `find_or_make_hearing` and `editing.edit` take."""
        return {name: self.cleaned_data[name] for name in DescriptionForm.base_fields}


class HearingForm(DescriptionForm, TranscriptForm):
    """A hearing with its transcript, or without one, for notes that are taken before it exists."""

    needs_transcript = False

    meeting = forms.ModelChoiceField(
        Meeting.objects.all(), required=False, widget=forms.HiddenInput
    )

    field_order = tuple(DescriptionForm.base_fields)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not self.errors and cleaned["is_unlisted"] and self._is_shown_already():
            self.add_error(
                "is_unlisted",
                _("This hearing is here already, and shown to the public. Change that on its page first."),
            )  # fmt: skip
        return cleaned

    def _is_shown_already(self) -> bool:
        known = importing.hearings_called(
            *(self.cleaned_data[name] for name in ("title", "held_on", "committees"))
        )
        return any(not each.is_unlisted for each in known)


class OffsetForm(forms.ModelForm):
    class Meta:
        model = Hearing
        fields = ("video_offset",)
        labels = {"video_offset": _("Seconds the video is ahead of the transcript")}
        help_texts = {
            "video_offset": _(
                "Less than 0 where it is behind. All links to the video follow at once."
            )
        }
        widgets = {"video_offset": forms.NumberInput(attrs={"step": "any"})}

    def clean_video_offset(self) -> float:
        seconds = self.cleaned_data["video_offset"]
        if not offsets.is_possible(seconds):
            raise forms.ValidationError(offsets.TOO_LONG)
        return round(seconds, 1)


class AgencyField(forms.ModelChoiceField):
    """A choice of agencies that shows their aliases too."""

    def label_from_instance(self, agency: Agency) -> str:
        return agency.in_lists


def or_nobody(choices: Iterable[tuple]) -> list[tuple]:
    """These choices, and first of all none of them."""
    return [("", "–"), *choices]


class AsksAboutNamesakes(forms.Form):
    """Asks before there are two officials of one name, whom no import could tell apart."""

    is_another = forms.BooleanField(
        label=_("Somebody else of the same name"), required=False, widget=forms.HiddenInput
    )

    def ask_about(self, name: str) -> None:
        known = speakers.namesakes(name)
        if not known:
            return
        self.fields["is_another"].widget = forms.CheckboxInput()
        if not self.cleaned_data.get("is_another"):
            raise forms.ValidationError(
                _("There is already somebody of this name: %(known)s. Nothing was saved. Choose them, or say below that this is somebody else."),
                params={"known": "; ".join(map(_with_office, known))},
            )  # fmt: skip


def _with_office(official: Official) -> str:
    """“Raymond Castaldi, Deputy Commissioner, WA”."""
    held = official.appointment_on(clock.today()) or official.appointments.first()
    if not held:
        return official.name
    body = held.agency.short if held.agency else held.committee
    return ", ".join(map(str, filter(None, (official, held.role, body))))


class WhoForm(AsksAboutNamesakes):
    """Who spoke: an official, somebody new, or only a side."""

    official = forms.ModelChoiceField(
        Official.objects.all(), label=_("This official"), required=False
    )
    name = forms.CharField(label=_("or a new one: name"), max_length=200, required=False)
    role = forms.CharField(label=_("Role"), max_length=200, required=False)
    side = forms.ChoiceField(
        label=_("Speaks for"), choices=[("", _("Not known")), *Side.choices], required=False
    )
    agency = AgencyField(Agency.objects.all(), label=_("Agency"), required=False)

    field_order = ("official", "name", "is_another")

    def new_official(self) -> dict | None:
        """What `speakers.new_official` takes, where somebody new is named."""
        given = self.cleaned_data
        if given.get("official") or not given.get("name"):
            return None
        return {name: given.get(name) for name in ("name", "role", "side", "agency")}

    def check_new_official(self) -> None:
        new = self.new_official()
        if not new:
            return
        if not new["role"] or not new["side"]:
            raise forms.ValidationError(_("A new official needs a role and a side."))
        if (new["side"] == Side.AGENCY) != bool(new["agency"]):
            raise forms.ValidationError(
                _("Who speaks for an agency needs its name, and nobody else.")
            )
        self.ask_about(new["name"])


class SpeakerForm(WhoForm):
    """Whom a printed name stands for."""

    speaker = forms.IntegerField(widget=forms.HiddenInput)
    everywhere = forms.BooleanField(
        label=_("also in other hearings where this name is printed"), required=False
    )
    unknown = forms.BooleanField(required=False, widget=forms.HiddenInput)

    field_order = ("speaker", *WhoForm.field_order)

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("unknown"):
            return cleaned | {"official": None, "name": "", "side": ""}
        self.check_new_official()
        if not any(cleaned.get(name) for name in ("official", "name", "side")):
            raise forms.ValidationError(
                _("Choose somebody or a side; to leave a name open, do nothing.")
            )
        return cleaned


class RolesForm(forms.Form):
    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role, widget=forms.CheckboxSelectMultiple
    )


class InvitationForm(RolesForm):
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("Email address"), max_length=150)

    field_order = ("name", "email", "roles")

    def clean_email(self) -> str:
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(username=email).exists():
            raise forms.ValidationError(_("This address has an account already."))
        return email


class AgencyForm(forms.ModelForm):
    aliases = forms.CharField(
        label=_("Also called, one name a line"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("By these names it is found in role words, searches and imports."),
    )

    class Meta:
        model = Agency
        fields = ("name", "short_name", "aliases", "parent", "successor")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.initial["aliases"] = "\n".join(self.instance.aliases)

    def clean_aliases(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["aliases"].splitlines()]
        if any(len(name) > 200 for name in names):
            raise forms.ValidationError(_("A name has at most 200 characters."))
        return list(dict.fromkeys(filter(None, names)))

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in ("parent", "successor"):
            kin = cleaned.get(name)
            if kin and self.instance.pk and self._leads_back_from(kin, name):
                self.add_error(name, _("That would lead in a circle back to this agency."))
        self._refuse_names_of_others()
        return cleaned

    def _refuse_names_of_others(self) -> None:
        others = Agency.objects.exclude(pk=self.instance.pk)
        bearers = {name: each for each in others for name in each.known_as}
        for field in ("name", "short_name", "aliases"):
            for name in self._names_in(field):
                if bearer := bearers.get(folded_words(name)):
                    self.add_error(
                        field,
                        _("“%(name)s” is a name of %(bearer)s already.")
                        % {"name": name, "bearer": bearer},
                    )

    def _names_in(self, field: str) -> list[str]:
        given = self.cleaned_data.get(field, [])
        return given if isinstance(given, list) else [given]

    def _leads_back_from(self, kin: Agency, by: str) -> bool:
        return kin == self.instance or kin.leads_to(self.instance, by)


class OfficialForm(forms.ModelForm, AsksAboutNamesakes):
    class Meta:
        model = Official
        fields = ("name",)

    def clean(self) -> dict:
        cleaned = super().clean()
        if "name" in self.changed_data and cleaned.get("name"):
            self.ask_about(cleaned["name"])
        return cleaned


class AppointmentForm(forms.ModelForm):
    class Meta:
        model = Appointment
        fields = ("role", "side", "agency", "committee", "starts_on", "ends_on")
        widgets = dict.fromkeys(
            ("starts_on", "ends_on"),
            forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )


class AppointmentsOfOne(forms.BaseInlineFormSet):
    """The appointments of one official; the bodies to choose from are read once for all of them."""

    @cached_property
    def bodies(self) -> dict[str, list[tuple]]:
        agencies = Agency.objects.all()
        return {
            "agency": or_nobody((each.pk, each.in_lists) for each in agencies),
            "committee": or_nobody(Committee.objects.values_list("pk", "name")),
        }

    def add_fields(self, form, index) -> None:
        super().add_fields(form, index)
        for name, choices in self.bodies.items():
            form.fields[name].choices = choices


Appointments = forms.inlineformset_factory(
    Official, Appointment, form=AppointmentForm, formset=AppointmentsOfOne, extra=1
)


class MergeForm(forms.Form):
    """Which one this is the same as."""

    into = forms.ModelChoiceField(Agency.objects.none(), label=_("It is the same as"))

    def __init__(self, *args, old, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = type(old).objects.exclude(pk=old.pk)
