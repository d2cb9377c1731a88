"""What this council's own decisions say about the suggestions: which cues hold, which words are changed."""

import re
from collections import Counter
from dataclasses import dataclass

from commitments.models import Suggestion
from commitments.suggestions import family_of

LATEST = 5_000  # decisions looked at
MOST = 15  # words listed
FIELDS = ("what", "type", "kind", "strength")


@dataclass(frozen=True)
class Cue:
    """The decisions on suggestions of one cue ("get back"); "" where only a yes was said."""

    name: str
    accepted: int
    decided: int

    @property
    def percent(self) -> int:
        """How many of a hundred were accepted."""
        return round(100 * self.accepted / self.decided)


@dataclass(frozen=True)
class Report:
    """Figures of the latest decisions; `changed` and the words count accepted suggestions only."""

    cues: list[Cue]
    accepted: int
    decided: int
    changed: dict[str, int]
    taken_out: list[tuple[str, int]]
    put_in: list[tuple[str, int]]


def report() -> Report:
    """One query, whatever the number of decisions; at most the `LATEST`."""
    rows = list(
        Suggestion.objects.exclude(decision="")
        .order_by("-decided_at", "-pk")
        .values("decision", "how", "cue", *FIELDS, *(f"commitment__{name}" for name in FIELDS))[
            :LATEST
        ]
    )
    accepted = [row for row in rows if row["decision"] == Suggestion.Decision.ACCEPTED]
    changed = {
        name: sum(row[name] != row[f"commitment__{name}"] for row in accepted) for name in FIELDS
    }
    taken_out: Counter[str] = Counter()
    put_in: Counter[str] = Counter()
    for row in accepted:
        before, after = words_of(row["what"]), words_of(row["commitment__what"])
        taken_out.update(before - after)
        put_in.update(after - before)
    return Report(
        cues_of(rows),
        len(accepted),
        len(rows),
        changed,
        taken_out.most_common(MOST),
        put_in.most_common(MOST),
    )


def cues_of(rows: list[dict]) -> list[Cue]:
    """The most decided first."""
    names = [_cue(row) for row in rows]
    decided = Counter(names)
    accepted = Counter(
        name
        for name, row in zip(names, rows, strict=True)
        if row["decision"] == Suggestion.Decision.ACCEPTED
    )
    return [Cue(name, accepted[name], count) for name, count in decided.most_common()]


def _cue(row: dict) -> str:
    return "" if row["how"] == Suggestion.How.ASSENT else family_of(row["cue"])


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.lower()))
