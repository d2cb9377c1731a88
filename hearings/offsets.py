"""By how much a hearing's video is ahead of its transcript: set once, with a history."""

from datetime import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearings.legistar import agenda
from hearings.models import Hearing
from hearings.refusing import Refused, permit
from hearings.roles import Role

LONGEST_OFFSET = 24 * 60 * 60  # seconds
TOO_LONG = gettext_lazy("An offset is less than a day. Nothing was changed.")


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


def is_possible(seconds: float) -> bool:
    return abs(seconds) <= LONGEST_OFFSET  # false of NaN


@transaction.atomic
def set_offset(hearing: Hearing, seconds: float, *, by=None, now: datetime) -> Hearing:
    """Say by how many seconds the video is ahead of the transcript; chapters that the calendar marked in
    the video move with it. What somebody on the desk changes stands in the log that the administrators'
    changes of a hearing stand in too; a command is nobody."""
    if by:
        permit(by, Role.CLERK)
    if not is_possible(seconds):
        raise Refused(TOO_LONG)
    fresh = Hearing.objects.select_for_update().get(pk=hearing.pk)
    before, fresh.video_offset = fresh.video_offset, seconds
    if seconds == before:
        return fresh
    fresh.save(update_fields=["video_offset"])
    agenda.place(fresh)
    if by:
        _log(fresh, before, by, now)
    return fresh


def _log(hearing: Hearing, before: float, by, now: datetime) -> None:
    LogEntry.objects.create(
        user=by,
        content_type=ContentType.objects.get_for_model(Hearing),
        object_id=hearing.pk,
        object_repr=str(hearing)[:200],
        action_flag=CHANGE,
        action_time=now,
        change_message=_("Offset of the video: %(now)g s, before %(before)g s.")
        % {"now": hearing.video_offset, "before": before},
    )


def changes_of(hearing: Hearing) -> QuerySet[LogEntry]:
    """What staff have changed of a hearing's own facts, the newest first."""
    of_hearings = ContentType.objects.get_for_model(Hearing)
    found = LogEntry.objects.filter(content_type=of_hearings, object_id=hearing.pk)
    return found.select_related("user").order_by("-action_time", "-pk")
