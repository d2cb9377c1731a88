"""Pages by cursor: no count, and the thousandth page costs what the first one does."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination


class Cursor(CursorPagination):
    """The view's own order, up to 100 a page; a cursor that isn't one of ours is 404."""

    page_size_query_param = "page_size"
    max_page_size = 100

    def get_ordering(self, request, queryset, view) -> tuple[str, ...]:
        return view.ordering

    def paginate_queryset(self, queryset, request, view=None):
        try:
            return super().paginate_queryset(queryset, request, view)
        except (ValidationError, ValueError) as error:
            raise NotFound(self.invalid_cursor_message) from error


class UtteranceCursor(Cursor):
    """One hearing in the order spoken; all hearings in the order imported."""

    def get_ordering(self, request, queryset, view) -> tuple[str, ...]:
        if request.query_params.get("hearing"):
            return ("place", "part_id", "line", "id")
        return view.ordering


class CommitmentCursor(Cursor):
    """The orders of the register's pages. A cursor can't stand at nothing, so no date is the last day
    there is, or the first."""

    KEYS = {
        "due_or_last": Coalesce("due_on", Value(date.max)),
        "due_or_first": Coalesce("due_on", Value(date.min)),
        "said_on": F("hearing__held_on"),
        "agency_name": F("agency__name"),
    }
    ORDERS = {
        "-confirmed": ("-confirmed_on", "-id"),
        "due": ("due_or_last", "id"),
        "-due": ("-due_or_first", "-id"),
        "-said": ("-said_on", "-id"),
        "agency": ("agency_name", "due_or_last", "id"),
    }

    def get_ordering(self, request, queryset, view) -> tuple[str, ...]:
        return self.ORDERS.get(request.query_params.get("sort"), view.ordering)

    def paginate_queryset(self, queryset, request, view=None):
        return super().paginate_queryset(queryset.annotate(**self.KEYS), request, view)
