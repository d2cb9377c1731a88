"""Learn the weights: `python -m tests.eval.training` writes commitments/suggestions/weights.json.

Logistic regression over named yes/no features with a penalty on every weight, by L-BFGS in plain
Python, so that no library is needed to check it. Facts of the surroundings are held back more
than words of the undertaking itself: they differ from house to house.
"""

import json
import os
import sys
from collections import Counter, deque
from collections.abc import Sequence
from math import exp, log, sqrt

from commitments.suggestions.model import ALWAYS, WEIGHTS

from .corpus import Example, examples, hearings
from .lessons import judged, lessons

FEWEST_HEARINGS = 3
LEAST_SEEN = 6  # candidates a feature must occur in
PENALTY = 3.0
# Words by themselves and facts of the surroundings differ from house to house: hold them back.
HELD_BACK = {
    "turn ": 4.0,
    "then ": 4.0,
    "ends ": 4.0,
    "length ": 4.0,
    "testifying ": 4.0,
    "word ": 3.0,
    "verb ": 2.5,
}
ITERATIONS = 45
MEMORY = 8
CLOSE_ENOUGH = 1e-3
NEGLIGIBLE = 0.03  # weights below this are not worth a line in the file

Vector = list[float]


def learn(known: Sequence[Sequence[Example]]) -> dict[str, float]:
    """Feature → weight, from the examples of each hearing; the constant term is `always`."""
    names = [ALWAYS, *sorted(common(known))]
    training = [example for examples_of_one in known for example in examples_of_one]
    place = {name: number for number, name in enumerate(names)}
    rows = [[0, *(place[name] for name in one.features if name in place)] for one in training]
    answers = [float(one.answer) for one in training]
    weights = [one.weight for one in training]
    penalties = [PENALTY * held_back(name) for name in names]
    penalties[0] = 0.0
    return dict(zip(names, minimise(rows, answers, weights, penalties), strict=True))


def common(known: Sequence[Sequence[Example]]) -> set[str]:
    """The features of more than a few houses: a street or a programme tells nothing elsewhere."""
    seen = Counter(name for house in known for one in house for name in one.features)
    houses = Counter(
        name for house in known for name in {name for one in house for name in one.features}
    )
    fewest = min(FEWEST_HEARINGS, len(known))
    return {name for name, count in seen.items() if count >= LEAST_SEEN and houses[name] >= fewest}


def held_back(name: str) -> float:
    return next((times for start, times in HELD_BACK.items() if name.startswith(start)), 1.0)


def loss(
    rows: Sequence[Sequence[int]],
    answers: Vector,
    counts: Vector,
    penalties: Vector,
    weights: Vector,
) -> tuple[float, Vector]:
    """Penalised log loss and its gradient; each row counts as much as `counts` says."""
    total = sum(p * w * w for p, w in zip(penalties, weights, strict=True)) / 2
    gradient = [p * w for p, w in zip(penalties, weights, strict=True)]
    weight_of = weights.__getitem__
    for row, answer, count in zip(rows, answers, counts, strict=True):
        score = sum(map(weight_of, row))
        chance = 1 / (1 + exp(-score)) if score > -35 else 0.0
        total += count * (log(1 + exp(-abs(score))) + max(score, 0.0) - answer * score)
        error = count * (chance - answer)
        if abs(error) > 1e-5:
            for number in row:
                gradient[number] += error
    return total, gradient


def minimise(
    rows: Sequence[Sequence[int]], answers: Vector, counts: Vector, penalties: Vector
) -> Vector:
    """L-BFGS with backtracking."""
    weights = [0.0] * len(penalties)
    value, gradient = loss(rows, answers, counts, penalties, weights)
    steps: deque[tuple[Vector, Vector, float]] = deque(maxlen=MEMORY)
    for _ in range(ITERATIONS):
        direction = quasi_newton(gradient, steps)
        slope, size = dot(gradient, direction), 1.0
        while True:
            tried = [w - size * d for w, d in zip(weights, direction, strict=True)]
            new_value, new_gradient = loss(rows, answers, counts, penalties, tried)
            if new_value <= value - 1e-4 * size * slope or size < 1e-6:
                break
            size /= 2
        move = [new - old for new, old in zip(tried, weights, strict=True)]
        turn = [new - old for new, old in zip(new_gradient, gradient, strict=True)]
        if (curve := dot(move, turn)) > 0:
            steps.append((move, turn, curve))
        gained, weights, value, gradient = value - new_value, tried, new_value, new_gradient
        if gained < CLOSE_ENOUGH:
            break
    return weights


def quasi_newton(gradient: Vector, steps: Sequence[tuple[Vector, Vector, float]]) -> Vector:
    direction, shares = list(gradient), []
    for move, turn, curve in reversed(steps):
        share = dot(move, direction) / curve
        shares.append(share)
        direction = [d - share * t for d, t in zip(direction, turn, strict=True)]
    scale = steps[-1][2] / dot(steps[-1][1], steps[-1][1]) if steps else 1 / norm(gradient)
    direction = [scale * d for d in direction]
    for (move, turn, curve), share in zip(steps, reversed(shares), strict=True):
        change = share - dot(turn, direction) / curve
        direction = [d + change * m for d, m in zip(direction, move, strict=True)]
    return direction


def dot(a: Vector, b: Vector) -> float:
    return sum(map(float.__mul__, a, b))


def norm(a: Vector) -> float:
    return sqrt(dot(a, a)) or 1.0


def main() -> None:
    if not os.environ.get("CORPUS_DIR"):
        sys.exit("CORPUS_DIR is not set: our own small hearing is too little to learn from.")
    known = [*(examples(hearing) for hearing in hearings()), *judged(), lessons()]
    weights = learn(known)
    kept = {
        name: round(weight, 2)
        for name, weight in sorted(weights.items())
        if abs(weight) >= NEGLIGIBLE or name == ALWAYS
    }
    WEIGHTS.write_text(json.dumps(kept, indent=0, ensure_ascii=False) + "\n", "utf-8")
    sys.stdout.write(f"{sum(map(len, known))} candidates, {len(kept)} weights → {WEIGHTS}\n")


if __name__ == "__main__":
    main()
