"""What a clerk picks from the calendar."""

import django_filters as filters
from django.db.models import Q
from django.forms import DateInput
from django.utils.translation import gettext_lazy as _

from hearings.models import Meeting
from hearings.search.names import joined

CALENDAR = DateInput({"type": "date"}, format="%Y-%m-%d")
WORDS = 10  # that are looked for


class MeetingFilter(filters.FilterSet):
    q = filters.CharFilter(
        method="with_words", label=_("Words of its name or committees"), max_length=200
    )
    first = filters.DateFilter("held_on", lookup_expr="gte", label=_("From"), widget=CALENDAR)
    last = filters.DateFilter("held_on", lookup_expr="lte", label=_("Until"), widget=CALENDAR)

    class Meta:
        model = Meeting
        fields: list[str] = []

    def with_words(self, queryset, name, words):
        """Meetings that have each of the words, whole or in part."""
        found = queryset.annotate(bodies=joined("committees"))
        for word in words.split()[:WORDS]:
            found = found.filter(Q(title__icontains=word) | Q(bodies__icontains=word))
        return found
