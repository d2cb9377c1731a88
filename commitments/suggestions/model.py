"""From features to a chance: one weight a feature, learned by `training`, kept in weights.json."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from math import exp
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")
ALWAYS = "always"  # the name under which the constant term is kept


@cache
def learned() -> Mapping[str, float]:
    """The reviewed weights, read once."""
    weights: dict[str, float] = json.loads(WEIGHTS.read_text("utf-8"))
    return weights


def chance(features: Collection[str], weights: Mapping[str, float]) -> float:
    """The chance, 0–1, that a candidate with these features is a commitment."""
    total = weights[ALWAYS] + sum(weights[name] for name in features if name in weights)
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
