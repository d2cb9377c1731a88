"""What staff change of a hearing's own facts, in the log that administrators' changes stand in too."""

from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from hearings.models import Hearing


def note(hearing: Hearing, sentence: str, *, by, now: datetime) -> None:
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Hearing),
        object_id=hearing.pk,
        object_repr=str(hearing)[:200],
        action_flag=CHANGE,
        action_time=now,
        change_message=sentence,
    )


def changes_of(hearing: Hearing) -> QuerySet[LogEntry]:
    """The newest first."""
    of_hearings = ContentType.objects.get_for_model(Hearing)
    found = LogEntry.objects.filter(content_type=of_hearings, object_id=hearing.pk)
    return found.select_related("user").order_by("-action_time", "-pk")
