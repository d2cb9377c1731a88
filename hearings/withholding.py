"""A lead takes words or a name out of everything the public sees, and may put them back. The stored record
stays as it is; `hearings.models.withholding` hides them wherever they are shown. Only an address can't be
shown otherwise than it is, so a hearing whose address tells them gets another one."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import accumulate, groupby
from operator import itemgetter

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hearings.models import (
    FormerAddress,
    Hearing,
    Speaker,
    Utterance,
    Withheld,
    WithheldLine,
    Withholding,
)
from hearings.models.bodies import free_slug
from hearings.refusing import Refused, permit
from hearings.roles import Role
from hearings.words import nearly, occurrences, words_of

AROUND = 5.0  # seconds by which a newer transcript may time the same words otherwise


def places(hearing: Hearing, phrases: Iterable[str]) -> list[Utterance]:
    """The lines of the current transcript in which these words stand, in order."""
    wanted = [words_of(phrase) for phrase in phrases]
    lines = Utterance.objects.current().filter(part__hearing=hearing).with_speakers().in_order()
    inside, spread = _standing_in([(line.pk, line.text) for line in lines], wanted)
    return [line for line in lines if line.pk in inside | spread]


def _standing_in(
    lines: Sequence[tuple[int, str]], phrases: Iterable[Sequence[str]]
) -> tuple[set[int], set[int]]:
    """Of lines that follow each other, each by its key with its text: in which the phrases stand, and over
    which neighbours they are spread."""
    begins = list(accumulate((len(text) + 1 for _key, text in lines), initial=0))
    inside, spread = set(), set()
    for start, end in occurrences(phrases, "\n".join(text for _key, text in lines)):
        first, last = bisect_right(begins, start) - 1, bisect_right(begins, end - 1) - 1
        found = spread if last > first else inside
        found.update(key for key, _text in lines[first : last + 1])
    return inside, spread


def _checked(phrases: Iterable[str], reason: str) -> list[str]:
    kept = list(dict.fromkeys(phrase.strip() for phrase in phrases if words_of(phrase)))
    if not kept:
        raise Refused(_("Name the words that are to be withheld. Nothing was changed."))
    if not reason.strip():
        raise Refused(_("Say why; only staff see it. Nothing was changed."))
    return kept


@transaction.atomic
def withhold_words(
    hearing: Hearing,
    phrases: Sequence[str],
    *,
    by,
    now: datetime,
    reason: str,
    start: float | None = None,
    end: float | None = None,
) -> Withholding:
    """Show these words of a hearing to nobody but staff, wherever in it they stand. `start` and `end`
    are the seconds in which they were selected, by which a newer transcript is checked."""
    permit(by, Role.LEAD)
    seconds = {"start": start, "end": start if end is None else end}
    return _withhold(hearing, phrases, by=by, now=now, reason=reason, **seconds)


@transaction.atomic
def withhold_name(
    speaker: Speaker, *, phrases: Sequence[str] = (), by, now: datetime, reason: str
) -> Withholding:
    """Show the name of somebody who spoke to nobody but staff, beside their words and in all words of
    that hearing; `phrases` are further forms of it. Those who speak in office keep theirs."""
    permit(by, Role.LEAD)
    if speaker.official:
        raise Refused(
            _(
                "“%s” is taken for an official, whose words belong to the record. Settle the name as a role only first. Nothing was changed."
            )
            % speaker.printed_name
        )
    if speaker.withholdings.standing().exists():
        raise Refused(_("This name is withheld already. Nothing was changed."))
    names = [speaker.printed_name, *phrases]
    return _withhold(speaker.hearing, names, by=by, now=now, reason=reason, speaker=speaker)


def _withhold(
    hearing: Hearing, phrases: Iterable[str], *, by, now: datetime, reason: str, **whose
) -> Withholding:
    made = Withholding.objects.create(
        hearing=hearing,
        phrases=_checked(phrases, reason),
        reason=reason,
        withheld_by=by,
        withheld_at=now,
        **whose,
    )
    _find_lines(made)
    _give_another_address(made.hearing)
    return made


@transaction.atomic
def lift(withholding: Withholding, *, by, now: datetime, reason: str) -> None:
    """Show it again; who withheld it, when and why stays on record."""
    permit(by, Role.LEAD)
    if not reason.strip():
        raise Refused(_("Say why; only staff see it. Nothing was changed."))
    lifted = Withholding.objects.standing().filter(pk=withholding.pk)
    if not lifted.update(lifted_by=by, lifted_at=now, lifted_because=reason):
        raise Refused(_("Somebody lifted this already. Nothing was changed."))


def _give_another_address(hearing: Hearing) -> None:
    """Where the address tells what is withheld: one of the date and the committee alone."""
    locked = Hearing.objects.select_for_update().get(pk=hearing.pk)
    if locked.former_addresses.exists() or not locked.tells_by(locked.slug, Withheld.now()):
        return
    FormerAddress.objects.create(kind="hearing", slug=locked.slug, hearing=locked)
    called_by = next(iter(locked.committee_list), "")
    locked.slug = free_slug(Hearing, f"{locked.held_on:%Y-%m-%d} {called_by}")
    locked.save(update_fields=["slug"])
    hearing.slug = locked.slug


def _find_lines(withholding: Withholding) -> None:
    """Note the lines, of old revisions too, in which the words stand; where they are spread over several,
    these are withheld whole."""
    lines = Utterance.objects.filter(part__hearing=withholding.hearing_id)
    rows = lines.order_by("part_id", "place", "line", "pk").values_list("part_id", "pk", "text")
    for _part, of_part in groupby(rows, key=itemgetter(0)):
        texts = [(pk, text) for _part, pk, text in of_part]
        inside, spread = _standing_in(texts, withholding.in_words)
        WithheldLine.objects.bulk_create(
            [WithheldLine(withholding=withholding, utterance_id=pk) for pk in inside],
            ignore_conflicts=True,
        )
        _withhold_whole(withholding, spread)


def follow_import(hearing: Hearing) -> list[str]:
    """Withhold the same in a newer transcript; warnings, for the person who imports."""
    standing = list(hearing.withholdings.standing())
    if not standing:
        return []
    for each in standing:
        _find_lines(each)
    warnings = [*map(_to_look_at, standing), *map(_found_less_often, standing)]
    return [
        *filter(None, warnings),
        *_nearly_named(hearing, standing),
        *_nearly_said(hearing, standing),
    ]


def _to_look_at(withholding: Withholding) -> str:
    """What a lead should look at in a newer transcript, or ""."""
    if withholding.start is not None:
        return _missed_at_their_second(withholding)
    if withholding.speaker_id:
        return _said_by_last_name(withholding)
    return _not_found(withholding)


def _missed_at_their_second(withholding: Withholding) -> str:
    """Where the words are no longer found at their second, the lines around it are withheld whole, until
    a lead has looked: rather too much hidden than a secret told."""
    nearby = list(
        Utterance.objects.current()
        .filter(part__hearing=withholding.hearing_id)
        .filter(place__gte=_line_before(withholding.hearing, withholding.start - AROUND))
        .filter(place__lte=withholding.end + AROUND)
    )
    missing = [
        phrase
        for phrase in withholding.in_words
        if not any(occurrences([phrase], line.text) for line in nearby)
    ]
    if not (missing and nearby):
        return ""
    _withhold_whole(withholding, [line.pk for line in nearby])
    return _(
        "Withheld words read otherwise in this transcript; the lines around them are withheld until a lead has looked."
    )


def _said_by_last_name(withholding: Withholding) -> str:
    if not _last_names(withholding):
        return ""
    return _(
        "The last name of somebody whose name is withheld is said in this transcript; a lead should look whom it means."
    )


def _not_found(withholding: Withholding) -> str:
    if places(withholding.hearing, withholding.phrases):
        return ""
    return _("Withheld words were not found in this transcript; a lead should look for them.")


def _found_less_often(withholding: Withholding) -> str:
    """Where not all of the places in the lines that the newest revision replaced are found in it; where
    none is, that is told by the decision's own rule, unless it is about a name."""
    newest = withholding.hearing.current_transcript
    now = _times(withholding, part__added_in=newest)
    before = _times(withholding, part__replaced_in=newest)
    if now >= before or not (now or withholding.speaker_id):
        return ""
    return _(
        "Withheld words were found in fewer places (%(now)d) than in the transcript before (%(before)d); a lead should look for the others."
    ) % {"now": now, "before": before}


def _times(withholding: Withholding, **lines) -> int:
    """How often the words stand in these lines."""
    inside = Utterance.objects.filter(withholdings=withholding, **lines).in_order()
    text = "\n".join(inside.values_list("text", flat=True))
    return len(occurrences(withholding.in_words, text))


def _nearly_named(hearing: Hearing, standing: Sequence[Withholding]) -> list[str]:
    """Names that are hidden because they are printed nearly as a withheld one."""
    withheld = Withheld(standing, {})
    return [
        _(
            "“%s” is nearly a withheld name. It is hidden until a lead has withheld it too, or said whose it is."
        )
        % speaker.printed_name
        for speaker in hearing.speakers.select_related("official")
        if (by := withheld.of_speaker(speaker)) and not by.hides_name(speaker.printed_name)
    ]


def _nearly_said(hearing: Hearing, standing: Sequence[Withholding]) -> list[str]:
    phrases = [phrase for each in standing for phrase in each.in_words]
    lines = Utterance.objects.current().filter(part__hearing=hearing)
    found = nearly(phrases, lines.values_list("text", flat=True).iterator())
    return [
        ngettext(
            "“%(word)s” (once) is nearly a withheld word; withhold it too?",
            "“%(word)s” (%(times)d times) is nearly a withheld word; withhold it too?",
            times,
        )
        % {"word": word, "times": times}
        for word, times in found.most_common()
    ]


def _last_names(withholding: Withholding) -> bool:
    """Whether the current transcript says a last name of a withheld one, outside of what is hidden."""
    alone = [words[-1:] for words in withholding.in_words if len(words) > 1]
    lines = Utterance.objects.current().filter(part__hearing=withholding.hearing_id)
    known = withholding.places.values("utterance")
    return any(
        occurrences(alone, text)
        for text in lines.exclude(pk__in=known).values_list("text", flat=True)
    )


def _line_before(hearing: Hearing, second: float) -> float:
    """The second of the last line that began before this one: its words may reach into it."""
    lines = Utterance.objects.current().filter(part__hearing=hearing, place__lte=second)
    last = lines.order_by("-place").values_list("place", flat=True).first()
    return second if last is None else last


def _withhold_whole(withholding: Withholding, lines: Iterable[int]) -> None:
    WithheldLine.objects.bulk_create(
        [WithheldLine(withholding=withholding, utterance_id=pk, is_whole=True) for pk in lines],
        update_conflicts=True,
        unique_fields=["withholding", "utterance"],
        update_fields=["is_whole"],
    )
