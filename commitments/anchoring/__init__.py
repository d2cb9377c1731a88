"""Moments outlive a new revision of the transcript, or ask. What is not beyond doubt is for a person."""

from commitments.anchoring.finding import find_again
from commitments.anchoring.placing import (
    candidates,
    lost,
    place,
    put_back,
    set_aside,
    surroundings,
)
from commitments.anchoring.reanchoring import reanchor

__all__ = [
    "candidates",
    "find_again",
    "lost",
    "place",
    "put_back",
    "reanchor",
    "set_aside",
    "surroundings",
]
