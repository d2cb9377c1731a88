"""The lines of transcripts in which words stand, ranked."""

from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F, Window

from hearings.models import Utterance
from hearings.models.transcript import UtteranceQuerySet
from hearings.search.grammar import Asked

FOUND = 20
COUNTED = 1000  # above, "1,000+"
RANKED = COUNTED + 1  # the newest hits, so that a common word stays quick


_SEARCHABLE = Utterance.objects.searchable().as_public()  # built once: it takes as long as a search


def searchable() -> UtteranceQuerySet:
    """The lines that the public may find, of current transcripts only."""
    return _SEARCHABLE.all()


@dataclass(frozen=True)
class Found:
    """The best lines, and how many there are."""

    lines: list[Utterance]
    count: int  # at most RANKED

    @property
    def about(self) -> str:
        return f"{COUNTED:,}+" if self.count > COUNTED else f"{self.count:,}"


def best(lines: UtteranceQuerySet, asked: Asked) -> Found:
    """The best of the newest of these lines, in one query of the database."""
    newest = lines.filter(search=asked.query).order_by("-pk").values("pk")[:RANKED]
    found = Utterance.objects.filter(pk__in=newest)
    ranked = list(
        (found.as_public() if lines.is_public else found)
        .annotate(rank=SearchRank(F("search"), asked.query), count=Window(Count("pk")))
        .select_related("part__hearing", "speaker__official")
        .defer("search")
        .order_by("-rank", "-pk")[:FOUND]
    )
    return Found(ranked, ranked[0].count if ranked else 0)
