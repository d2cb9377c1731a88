"""Search in what was said: `grammar` understands what was typed, `lines` finds and ranks, `marks` shows where
the words stand, `names` finds people and agencies by a name that is only alike."""

from hearings.search.grammar import CONFIG, LONGEST, Asked, asked, typed
from hearings.search.lines import COUNTED, FOUND, RANKED, Found, best, searchable
from hearings.search.marks import Pieces, marks
from hearings.search.names import agencies_called, officials_called

__all__ = [
    "CONFIG",
    "COUNTED",
    "FOUND",
    "LONGEST",
    "RANKED",
    "Asked",
    "Found",
    "Pieces",
    "agencies_called",
    "asked",
    "best",
    "marks",
    "officials_called",
    "searchable",
    "typed",
]
