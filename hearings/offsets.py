"""By how much a hearing's video is ahead of its transcript: set once, with a history."""

from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hearings.legistar import agenda
from hearings.models import Hearing
from hearings.refusing import permit
from hearings.roles import Role


def in_words(offset: float) -> str:
    """“Video is 4 s ahead of the transcript.”"""
    if not offset:
        return _("Video and transcript run together.")
    sentence = (
        _("Video is %s s ahead of the transcript.")
        if offset > 0
        else _("Video is %s s behind the transcript.")
    )
    return sentence % f"{abs(offset):g}"


@transaction.atomic
def set_offset(hearing: Hearing, seconds: float, *, by, now: datetime) -> Hearing:
    """Say by how many seconds the video is ahead of the transcript; chapters that the calendar marked in
    the video move with it. What is changed stands in the log that the administrators' changes of a
    hearing stand in too."""
    permit(by, Role.CLERK)
    fresh = Hearing.objects.select_for_update().get(pk=hearing.pk)
    before, fresh.video_offset = fresh.video_offset, seconds
    if seconds == before:
        return fresh
    fresh.save(update_fields=["video_offset"])
    agenda.place(fresh)
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Hearing),
        object_id=fresh.pk,
        object_repr=str(fresh)[:200],
        action_flag=CHANGE,
        action_time=now,
        change_message=_("Offset of the video: %(now)g s, before %(before)g s.")
        % {"now": seconds, "before": before},
    )
    return fresh


def changes_of(hearing: Hearing) -> QuerySet[LogEntry]:
    """What staff have changed of a hearing's own facts, the newest first."""
    of_hearings = ContentType.objects.get_for_model(Hearing)
    found = LogEntry.objects.filter(content_type=of_hearings, object_id=hearing.pk)
    return found.select_related("user").order_by("-action_time", "-pk")
