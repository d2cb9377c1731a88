"""Quality of the suggestions: `python -m tests.eval` (every hearing scored by weights learned
without it where CORPUS_DIR is set; else our own hearing, scored by the shipped weights)."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict

from commitments.suggestions import DEFAULT_MIN_SCORE, suggest

from .baselines import keyword_list, keyword_list_answering_side
from .corpus import Example, Hearing, examples, hearings
from .lessons import judged, lessons
from .rougher import ROUGHER
from .scoring import Figures, Guess, Step, average_precision, figures, together, walk
from .training import learn

LEAST = 0.01  # scores below this are not worth walking
CURVE = (0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
PROCESSES = 2


Weights = dict[str, float]


def guesses(hearing: Hearing, weights: Weights | None) -> list[Guess]:
    found = suggest(hearing.lines, min_score=LEAST, weights=weights)
    return [Guess(one.utterance, one.end_utterance, one.score) for one in found]


def left_out(number: int, known: Sequence[list[Example]]) -> Weights:
    """The weights learned from all hearings but one."""
    return learn([*known[:number], *known[number + 1 :]])


def leave_one_hearing_out(every: Sequence[Hearing]) -> list[Weights]:
    """For each hearing the weights that have never seen it."""
    known = [*(examples(hearing) for hearing in every), *judged(), lessons()]
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(left_out, range(len(every)), [known] * len(every)))


def table(title: str, rows: Sequence[Figures]) -> str:
    head = (
        f"\n{title}\n{'':38}{'words':>8}{'wanted':>8}{'recall':>8}{'explicit':>10}{'assent':>9}"
        f"{'agreed':>10}{'planned':>10}{'precision':>11}{'false/10k':>11}{'false/h':>9}\n"
    )
    return head + "".join(line(row) for row in rows)


def line(row: Figures) -> str:
    explicit = f"{row.found - row.assents_found}/{row.wanted - row.assents}"
    agreed = f"{row.found - row.planned_found}/{row.wanted - row.planned}"
    return (
        f"{row.name[:37]:38}{row.words:8}{row.wanted:8}{row.recall:8.2f}{explicit:>10}"
        f"{f'{row.assents_found}/{row.assents}':>9}{agreed:>10}"
        f"{f'{row.planned_found}/{row.planned}':>10}{row.precision:11.2f}"
        f"{row.false_per_10k:11.1f}{row.false_per_hour:9.1f}\n"
    )


def at(every: Sequence[Hearing], walks: Sequence[Sequence[Step]], least: float) -> list[Figures]:
    rows = [figures(hearing, steps, least) for hearing, steps in zip(every, walks, strict=True)]
    return [*rows, together(rows)]


def calibration(walks: Sequence[Sequence[Step]]) -> str:
    """How often suggestions of a score are right, beside the score."""
    text = "\nOf the suggestions scored …, so many were right\n"
    for low, high in zip(CURVE, [*CURVE[1:], 1.01], strict=True):
        inside = [s for steps in walks for s in steps if low <= s.score < high]
        if inside:
            right = sum(not s.false for s in inside) / len(inside)
            text += f"  {low:.2f}–{min(high, 1.0):.2f}  {right:5.2f}  (n = {len(inside)})\n"
    return text


def report(every: Sequence[Hearing], found: Sequence[Sequence[Guess]]) -> dict[str, object]:
    walks = [walk(hearing, some) for hearing, some in zip(every, found, strict=True)]
    wanted = sum(len(hearing.wanted) for hearing in every)
    default = at(every, walks, DEFAULT_MIN_SCORE)
    text = table(f"At the default threshold, {DEFAULT_MIN_SCORE}", default)
    text += table("The curve, all hearings", [_named(at(every, walks, t)[-1], t) for t in CURVE])
    precision = average_precision(walks, wanted)
    text += f"\naverage precision {precision:.3f}\n{calibration(walks)}"
    for name, baseline in (
        ("keyword list", keyword_list),
        ("keyword list, answering side", keyword_list_answering_side),
    ):
        theirs = [walk(hearing, baseline(hearing)) for hearing in every]
        text += table(f"Baseline: {name}", at(every, theirs, 0.0)[-1:])
        text += f"average precision {average_precision(theirs, wanted):.3f}\n"
    sys.stdout.write(text)
    return {"default": [asdict(row) for row in default], "average_precision": precision}


def robustness(every: Sequence[Hearing], weights: Sequence[Weights | None]) -> str:
    """The same promises in poorer transcripts, by the same weights and at the same threshold."""
    rows = []
    for name, rougher in ROUGHER.items():
        poorer = [rougher(hearing) for hearing in every]
        walks = [
            walk(hearing, guesses(hearing, some))
            for hearing, some in zip(poorer, weights, strict=True)
        ]
        precision = average_precision(walks, sum(len(hearing.wanted) for hearing in poorer))
        all_ = at(poorer, walks, DEFAULT_MIN_SCORE)[-1]
        rows.append(Figures(**{**asdict(all_), "name": f"{name} (AP {precision:.3f})"}))
    return table("In poorer transcripts, all hearings", rows)


def _named(row: Figures, threshold: float) -> Figures:
    return Figures(**{**asdict(row), "name": f"score ≥ {threshold}"})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.eval", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the figures to FILE as well")
    parser.add_argument(
        "--robust", action="store_true", help="the same hearings without names, in capitals, cut up"
    )
    options = parser.parse_args()
    every = hearings()
    if os.environ.get("CORPUS_DIR"):
        sys.stdout.write(f"{len(every)} hearings, each scored by weights learned without it\n")
        weights: Sequence[Weights | None] = leave_one_hearing_out(every)
    else:
        sys.stdout.write("CORPUS_DIR is not set: our own small hearing, by the shipped weights\n")
        weights = [None] * len(every)
    found = [guesses(hearing, some) for hearing, some in zip(every, weights, strict=True)]
    result = report(every, found)
    if options.robust:
        sys.stdout.write(robustness(every, weights))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(result, file, indent=1)


if __name__ == "__main__":
    main()
