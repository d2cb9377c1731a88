"""The moments of a hearing when a better transcript has come; each place is remembered."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from commitments.alignment import same_words
from commitments.anchoring.finding import find_again
from commitments.models import SPAN, Moment, Placement
from commitments.moments import Selection, begin, can_begin
from hearings.models import Hearing, Speaker, Transcript
from hearings.models.transcript import is_nameless
from hearings.printed import read
from hearings.words import may_be_called

Standing = Moment.Standing
CLOSE = 10.0  # seconds by which people speak faster or slower within a line
PLACE = (*SPAN, "start", "is_start_set", "end")


@transaction.atomic
def reanchor(hearing: Hearing, *, now: datetime) -> dict[str, int]:
    """Find the moments' words in the current transcript; how many stand as quoted, stand in other words,
    and are lost. A second call changes nothing, two at once do it once."""
    Hearing.objects.select_for_update().get(pk=hearing.pk)
    current = hearing.current_transcript
    if current:
        waiting = _to_be_placed(hearing, current)
        for key, found in find_again(hearing, waiting.values()).items():
            _take(waiting[key], current, found, now)
    return standings(hearing)


def _to_be_placed(hearing: Hearing, current: Transcript) -> dict[int, Moment]:
    """Displaced moments about which nothing has been decided for this revision."""
    decided = Placement.objects.filter(moment=OuterRef("pk"), transcript=current)
    moments = hearing.moments.displaced().filter(~Exists(decided))
    related = (
        "utterance__part__replaced_in",
        "end_utterance__part__replaced_in",
        "speaker__official",
    )
    return {each.pk: each for each in moments.select_related(*related)}


def _take(moment: Moment, current: Transcript, found, now: datetime) -> None:
    remember_where_it_stands(moment, now)
    if found is None or _is_anothers(moment, found[0]):
        write(moment, current, standing=Standing.LOST, now=now)
    else:
        selection, how = found
        put(moment, current, selection, ahead=how.ahead, score=how.score, now=now)


def _is_anothers(moment: Moment, selection: Selection) -> bool:
    """Whether a name is printed at these words that can't be that of the official who said the moment's."""
    said_by, printed = moment.speaker, selection.voice
    if not (said_by and said_by.official and printed) or printed.is_settled:
        return False
    if is_nameless(printed.printed_name):
        return False
    name = " ".join(read(printed.printed_name).words)
    return not may_be_called(name, said_by.official.name)


def standings(hearing: Hearing) -> dict[str, int]:
    count = Counter(hearing.moments.values_list("standing", flat=True))
    return {
        "kept": count[Standing.IN_PLACE],
        "moved": count[Standing.MOVED],
        "lost": count[Standing.LOST] + count[Standing.ABSENT],
    }


def put(moment, current, selection: Selection, *, now, ahead, score=None, by=None) -> None:
    first, last = selection.first, selection.last
    start = _start_that_was_set(moment, selection, ahead)
    finer = _finer_second(moment, selection)
    moment.speaker = _who_said(moment, selection, by)
    moment.utterance, moment.start_offset = first, selection.start_offset
    moment.end_utterance, moment.end_offset = last, selection.end_offset
    if first.start is not None:
        begin(moment, start)
        if start is None and finer is not None:
            moment.start = finer
    differs = not same_words(selection.quote, moment.quote)
    standing = Standing.MOVED if differs else Standing.IN_PLACE
    words = selection.quote if differs else ""
    write(moment, current, standing=standing, words_now=words, score=score, now=now, by=by)


def _start_that_was_set(moment: Moment, selection: Selection, ahead: float | None) -> float | None:
    """The second that a person set, on the newer clock; None where nobody did, or it is far from the
    words that the newer transcript has."""
    if not moment.is_start_set or ahead is None:
        return None
    start = max(0.0, moment.start + ahead)
    return start if can_begin(selection.first, selection.last, start) else None


def _finer_second(moment: Moment, selection: Selection) -> float | None:
    """The second that a transcript with shorter lines gave these words, where it fits where they stand in
    the longer line that holds them now; None where it doesn't, or was computed."""
    line = selection.first
    if None in (moment.start, line.start, line.end) or moment.is_about:
        return None
    length = line.end - line.start
    likely = line.start + length * selection.start_offset / len(line.text)
    fits = abs(moment.start - likely) <= max(CLOSE, length / 4)
    return moment.start if fits and line.start < moment.start < line.end else None


def _who_said(moment: Moment, selection: Selection, by) -> Speaker | None:
    """A quotation follows its words, unless nobody is named there and we knew who said them. Of a name
    that nobody has settled only a person can tell that it is another's."""
    before, printed = moment.speaker, selection.voice
    if printed is None or printed.is_settled or not (before and before.is_settled):
        return printed or before
    return printed if by and not is_nameless(printed.printed_name) else before


def remember_where_it_stands(moment: Moment, now: datetime) -> None:
    """A row for the first place of all, and for a start that was set after the newest one."""
    newest = moment.placements.last()
    if newest and all(getattr(newest, name) == getattr(moment, name) for name in PLACE):
        return
    Placement.objects.create(
        moment=moment,
        transcript=newest.transcript if newest else moment.transcript,
        standing=moment.standing,
        words_now=moment.words_now,
        made_at=now if newest else moment.commitment.created_at,
        **{name: getattr(moment, name) for name in PLACE},
    )


def write(moment, current, *, standing, now, by=None, words_now="", score=None) -> None:
    moment.standing, moment.words_now = standing, words_now
    moment.save(
        update_fields=[
            *(name.removesuffix("_id") for name in PLACE),
            "speaker",
            "standing",
            "words_now",
        ]
    )
    Placement.objects.create(
        moment=moment,
        transcript=current,
        standing=standing,
        words_now=words_now,
        score=score,
        made_at=now,
        made_by=by,
        **{name: getattr(moment, name) for name in PLACE},
    )
