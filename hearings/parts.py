"""A transcript in pages of at most some 300 lines: a chapter where there are chapters, else a stretch.

The pages are cut by the database, so that a hearing of 10,000 lines costs no more than the lines shown.
"""

from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from hearings.models import Chapter, Hearing, Utterance
from hearings.models.transcript import UtteranceQuerySet

SIZE = 300

CUT = """
WITH lines AS (
    SELECT line.id, line.place, line.part_id, line.line, line.start,
           width_bucket(line.place, %(starts)s::float8[]) AS chapter
    FROM hearings_utterance AS line JOIN hearings_part AS part ON part.id = line.part_id
    WHERE part.hearing_id = %(hearing)s AND part.replaced_in_id IS NULL
), numbered AS (
    SELECT *, count(*) OVER (PARTITION BY chapter) AS lines,
           row_number() OVER (PARTITION BY chapter ORDER BY place, part_id, line, id) - 1 AS number
    FROM lines
)
SELECT chapter, floor(number / ceil(lines / ceil(lines::numeric / %(size)s))) AS stretch,
       count(*), min(start), (array_agg(id ORDER BY number))[1]
FROM numbered GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True)
class PartOfHearing:
    """One page of a transcript. `number` counts from 1 through the hearing, `stretch` through a
    chapter too long for one page, of `stretches`; `start` is its first known second, `first` the id
    of its first line."""

    hearing: Hearing
    number: int
    chapter: Chapter | None
    stretch: int
    stretches: int
    lines: int
    start: float | None
    first: int
    after: float | None  # the chapter's lines lie from this second…
    until: float | None  # …up to before this one
    offset: int

    @property
    def title(self) -> str:
        name = self.chapter.title if self.chapter else _("Transcript")
        if self.stretches == 1:
            return name
        return _("%(chapter)s, part %(number)d of %(count)d") % {
            "chapter": name,
            "number": self.stretch,
            "count": self.stretches,
        }

    def utterances(self, *, for_staff: bool = False) -> UtteranceQuerySet:
        """Its lines in order, with what their speakers show; staff see also what is withheld."""
        lines = _between(self.hearing, self.after, self.until)
        lines = (lines if for_staff else lines.as_public()).with_speakers().in_order()
        return lines[self.offset : self.offset + self.lines]


def parts_of(hearing: Hearing, *, for_staff: bool = False) -> list[PartOfHearing]:
    """The pages of the current transcript, in order; none where nothing was imported; staff see also
    what is withheld. Two queries, and one for what is withheld."""
    chapters: dict[float, Chapter] = {}
    known = hearing.chapters.filter(start__isnull=False)
    for chapter in known if for_staff else known.as_public():
        chapters.setdefault(chapter.start, chapter)
    starts = sorted(chapters)
    with connection.cursor() as cursor:
        cursor.execute(CUT, {"hearing": hearing.pk, "starts": starts, "size": SIZE})
        rows = cursor.fetchall()
    bounds = [None, *starts, None]
    stretches: dict[int, int] = {}
    for where, *_rest in rows:
        stretches[where] = stretches.get(where, 0) + 1
    parts: list[PartOfHearing] = []
    for number, (where, stretch, lines, start, first) in enumerate(rows, 1):
        begins = stretch == 0
        parts.append(
            PartOfHearing(
                hearing=hearing,
                number=number,
                chapter=chapters[starts[where - 1]] if where else None,
                stretch=int(stretch) + 1,
                stretches=stretches[where],
                lines=lines,
                start=start,
                first=first,
                after=bounds[where],
                until=bounds[where + 1],
                offset=0 if begins else parts[-1].offset + parts[-1].lines,
            )
        )
    return parts


def part_at(
    hearing: Hearing,
    t: float | None = None,
    u: int | None = None,
    parts: list[PartOfHearing] | None = None,
) -> PartOfHearing | None:
    """The page that holds utterance `u`, else second `t`, else the first one; None without a transcript.

    Give `parts` where they are at hand.
    """
    parts = parts_of(hearing) if parts is None else parts
    line = _line_at(hearing, t, u)
    if line is None:
        return parts[0] if parts else None
    inside = [part for part in parts if _spans(part, line.place)]
    if len(inside) == 1:
        return inside[0]
    chapter = _between(hearing, inside[0].after, inside[0].until)
    before = chapter.before(line).count()
    return next(part for part in reversed(inside) if part.offset <= before)


def neighbours(
    part: PartOfHearing | None, parts: list[PartOfHearing]
) -> tuple[PartOfHearing | None, PartOfHearing | None]:
    """The pages before and after this one."""
    if part is None:
        return None, None
    before = parts[part.number - 2] if part.number > 1 else None
    after = parts[part.number] if part.number < len(parts) else None
    return before, after


def _line_at(hearing: Hearing, t: float | None, u: int | None) -> Utterance | None:
    lines = Utterance.objects.current().filter(part__hearing=hearing)
    found = lines.filter(pk=u).first() if u is not None else None
    if found is None and t is not None:
        found = lines.filter(place__lte=t).in_order().last()
    return found


def _spans(part: PartOfHearing, place: float) -> bool:
    return (part.after is None or part.after <= place) and (
        part.until is None or place < part.until
    )


def _between(hearing: Hearing, after: float | None, until: float | None) -> UtteranceQuerySet:
    lines = Utterance.objects.current().filter(part__hearing=hearing)
    if after is not None:
        lines = lines.filter(place__gte=after)
    return lines if until is None else lines.filter(place__lt=until)
