"""What a reader or a clerk picks from the register: one set of facets for pages and API."""

import django_filters as filters
from django.db.models import Exists, F, OuterRef, Q
from django.forms import CheckboxSelectMultiple, DateInput, HiddenInput, IntegerField
from django.utils.translation import gettext_lazy as _

from commitments import searching
from commitments.lifecycle import NUMBERED, State
from commitments.models import Commitment, CommitmentQuerySet, Kind, Type
from hearings import clock, search
from hearings.models import Agency, Committee, Hearing, Official

DUE = (
    ("overdue", _("Overdue")),
    ("long", _("Long overdue")),
    ("soon", _("Due within 7 days")),
    ("none", _("No date")),
)
ORDERS = (
    ("-confirmed", _("Newest first")),
    ("due", _("Due first")),
    ("-due", _("Due last")),
    ("-said", _("Last said first")),
    ("agency", _("By agency")),
)
CALENDAR = DateInput({"type": "date"}, format="%Y-%m-%d")


class YearFilter(filters.NumberFilter):
    field_class = IntegerField


def of_committee(commitments: CommitmentQuerySet, committee: Committee) -> CommitmentQuerySet:
    """Those made where it sat, alone or jointly, and those owed to it."""
    sat = Hearing.objects.filter(pk=OuterRef("hearing"), committees=committee)
    return commitments.filter(Q(owed_to_committee=committee) | Exists(sat))


class CommitmentFilter(filters.FilterSet):
    is_for_the_public = True

    q = filters.CharFilter(method="with_words", label=_("Words"), max_length=search.LONGEST)
    state = filters.MultipleChoiceFilter(
        choices=[choice for choice in State.choices if choice[0] in NUMBERED],
        label=_("State"),
        widget=CheckboxSelectMultiple,
    )
    due = filters.ChoiceFilter(choices=DUE, method="by_due", label=_("Due"), empty_label=_("Any"))
    kind = filters.ChoiceFilter(choices=Kind.choices, label=_("Kind"), empty_label=_("Any"))
    type = filters.ChoiceFilter(choices=Type.choices, label=_("Type"), empty_label=_("Any"))
    agency = filters.ModelChoiceFilter(
        queryset=Agency.objects.all(), to_field_name="slug", label=_("Agency"), empty_label=_("Any")
    )
    committee = filters.ModelChoiceFilter(
        queryset=Committee.objects.all(),
        to_field_name="slug",
        method="by_committee",
        label=_("Committee"),
        empty_label=_("Any"),
    )
    hearing = filters.ModelChoiceFilter(  # by link only: there are too many to choose from
        queryset=Hearing.objects.public(),
        to_field_name="slug",
        label=_("Hearing"),
        widget=HiddenInput,
    )
    said_by = filters.ModelChoiceFilter(
        field_name="official",
        queryset=Official.objects.in_office(),
        to_field_name="slug",
        label=_("Said by"),
        empty_label=_("Any"),
    )
    owed_to = filters.ModelChoiceFilter(
        field_name="owed_to_member",
        queryset=Official.objects.filter(appointments__side="council").distinct(),
        to_field_name="slug",
        label=_("Asked by"),
        empty_label=_("Any"),
    )
    year = YearFilter(
        field_name="hearing__held_on__year", label=_("Year"), min_value=1900, max_value=2200
    )
    due_after = filters.DateFilter(
        field_name="due_on", lookup_expr="gte", label=_("Due from"), widget=CALENDAR
    )
    due_before = filters.DateFilter(
        field_name="due_on", lookup_expr="lte", label=_("Due until"), widget=CALENDAR
    )
    sort = filters.ChoiceFilter(choices=ORDERS, method="ordered", label=_("Sort"), empty_label=None)

    class Meta:
        model = Commitment
        fields: list[str] = []

    def with_words(self, queryset, name, words):
        """Words of the promise or of what was said, or a reference."""
        if reference := searching.called(words):
            return queryset.filter(reference=reference)
        asked = search.asked(words)
        texts = searching.Texts.public() if self.is_for_the_public else searching.Texts.all()
        return searching.with_words(queryset, asked, texts) if asked else queryset.none()

    def by_due(self, queryset, name, which):
        today = clock.today()
        match which:
            case "overdue":
                return queryset.overdue(today)
            case "long":
                return queryset.long_overdue(today)
            case "soon":
                return queryset.due_soon(today)
        return queryset.running().filter(due_on=None)

    def by_committee(self, queryset, name, committee):
        return of_committee(queryset, committee)

    def ordered(self, queryset, name, order):
        by = {
            "-confirmed": (F("confirmed_on").desc(nulls_last=True), "-pk"),
            "due": (F("due_on").asc(nulls_last=True), "pk"),
            "-due": (F("due_on").desc(nulls_last=True), "-pk"),
            "-said": ("-hearing__held_on", "-pk"),
            "agency": ("agency__name", F("due_on").asc(nulls_last=True), "pk"),
        }
        return queryset.order_by(*by[order])
