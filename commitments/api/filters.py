"""What a program picks from the record. The register's own facets are those of its pages."""

import django_filters as filters
from drf_spectacular.utils import extend_schema_field

from commitments.filters import CommitmentFilter
from commitments.models import Event
from hearings import search
from hearings.models import Committee, Hearing, Official, Utterance

PICKED_BY_SLUG = {
    "agency": "The agency that owes it, by its slug.",
    "committee": "A committee that sat or to which it is owed, by its slug.",
    "hearing": "The hearing, by its slug.",
    "said_by": "The official who said it, by their slug.",
    "owed_to": "The member who asked, by their slug.",
}
for name, description in PICKED_BY_SLUG.items():
    told = extend_schema_field({"type": "string", "description": description})
    told(CommitmentFilter.base_filters[name])


class HearingFilter(filters.FilterSet):
    committee = filters.ModelChoiceFilter(
        field_name="committees",
        queryset=Committee.objects.all(),
        to_field_name="slug",
        help_text="A committee that sat, by its slug.",
    )
    held_after = filters.DateFilter(
        field_name="held_on", lookup_expr="gte", help_text="Held on this day or later."
    )
    held_before = filters.DateFilter(
        field_name="held_on", lookup_expr="lte", help_text="Held on this day or earlier."
    )

    class Meta:
        model = Hearing
        fields: list[str] = []


class UtteranceFilter(filters.FilterSet):
    hearing = filters.ModelChoiceFilter(
        field_name="part__hearing",
        queryset=Hearing.objects.public(),
        to_field_name="slug",
        help_text="The hearing, by its slug; then the lines come in the order spoken.",
    )
    speaker = filters.ModelChoiceFilter(
        field_name="speaker__official",
        queryset=Official.objects.in_office(),
        to_field_name="slug",
        help_text="The official who said it, by their slug.",
    )
    q = filters.CharFilter(
        method="with_words",
        max_length=search.LONGEST,
        help_text='Words that were said: all of them. `"exact words"` stand together, `word*` begins a'
        " word, `-word` must not be there, `OR` divides alternatives.",
    )

    class Meta:
        model = Utterance
        fields: list[str] = []

    def with_words(self, queryset, name, words):
        """Private persons, and what is withheld, stay out of the search."""
        asked = search.asked(words)
        if asked is None:
            return queryset.none()
        return queryset.filter(search=asked.query, pk__in=search.searchable().values("pk"))


class EventFilter(filters.FilterSet):
    commitment = filters.CharFilter(
        field_name="commitment__reference", help_text="Its reference, such as 2026-0042."
    )

    class Meta:
        model = Event
        fields = ["act"]
