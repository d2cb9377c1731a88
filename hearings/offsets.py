"""By how much a hearing's video is ahead of its transcript: set once, with a history."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hearings import history
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
        sentence = _("Offset of the video: %(now)g s, before %(before)g s.")
        history.note(fresh, sentence % {"now": seconds, "before": before}, by=by, now=now)
    return fresh
