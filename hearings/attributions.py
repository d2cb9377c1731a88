"""Two voices in one turn: words of a transcript given to somebody else than the name printed beside them.
The line stays as printed; the decision is a row of its own and can be undone."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from hearings import queue
from hearings.models import Attribution, Decision, Hearing, Official, Part, Side, Speaker, Utterance
from hearings.models.transcript import is_nameless
from hearings.refusing import Refused, permit
from hearings.roles import Role, acting_as

NEAR = 10.0  # seconds by which a newer transcript may time the same words otherwise

Span = tuple[Utterance, int, int]  # a line, a character, and the one after the last


def voice_of_official(hearing: Hearing, official: Official) -> Speaker:
    """This official as a voice of the hearing: under a name printed there for them, else their own."""
    known = hearing.speakers.filter(official=official).order_by("pk").first()
    if known:
        return known
    voice, is_new = hearing.speakers.get_or_create(
        printed_name=official.name, part=None, defaults={"official": official, "is_settled": True}
    )
    if not is_new:
        raise Refused(
            _(
                "“%s” is printed in this hearing and not settled as that official. Settle it first. Nothing was changed."
            )
            % official.name
        )
    return voice


def voice_of_role(hearing: Hearing, *, side: str, role: str = "") -> Speaker:
    """Somebody of whom only the side and perhaps a role are known."""
    name = role.strip() or _("Unidentified (%s)") % Side(side).label
    return hearing.speakers.get_or_create(
        printed_name=name[:200],
        part=None,
        defaults={"printed_role": role[:200], "side": side, "is_settled": True},
    )[0]


@transaction.atomic
def attribute(
    spans: Iterable[Span], voice: Speaker, *, by, now: datetime, made: Official | None = None
) -> Decision:
    """Give these words to that voice of the same hearing."""
    permit(by, Role.CLERK)
    wanted = [(line, start, end) for line, start, end in spans if start < end]
    if not wanted:
        raise Refused(_("No words are selected. Nothing was changed."))
    if any(line.part.hearing_id != voice.hearing_id for line, _start, _end in wanted):
        raise Refused(_("That voice spoke at another hearing. Nothing was changed."))
    decision = Decision.objects.create(
        by=by, role=acting_as(by), at=now, voice=voice, made_official=made
    )
    Attribution.objects.bulk_create(
        Attribution(decision=decision, utterance=line, start_offset=start, end_offset=end)
        for line, start, end in wanted
    )
    queue.after_decision([voice.hearing_id])
    return decision


def follow_import(hearing: Hearing, replaced: Iterable[Part]) -> list[str]:
    """Keep given words of the parts that an import replaced with their voice, where exactly the same words
    stand once near the same second, under the same printed name if it was one; warnings for those that lost their place."""
    lost = 0
    standing = Attribution.objects.standing().filter(utterance__part__in=replaced)
    for given in standing.select_related("utterance__speaker"):
        line = given.utterance
        words = line.text[given.start_offset : given.end_offset]
        same = Utterance.objects.current().filter(part__hearing=hearing, text__contains=words)
        if not (line.speaker and is_nameless(line.speaker.printed_name)):
            same = same.filter(speaker=line.speaker_id)
        if line.start is not None:
            same = same.filter(start__range=(line.start - NEAR, line.start + NEAR))
        found = list(same[:2])
        if len(found) == 1 and found[0].text.count(words) == 1:
            start = found[0].text.index(words)
            Attribution.objects.create(
                decision_id=given.decision_id,
                utterance=found[0],
                start_offset=start,
                end_offset=start + len(words),
            )
        else:
            lost += 1
    if not lost:
        return []
    return [_("%d corrections of a speaker lost their place in this transcript; make them again.") % lost]  # fmt: skip
