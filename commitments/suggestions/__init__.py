"""Likely commitments in a transcript, each with its reason: utterances in, suggestions out."""

from .describe import family_of, type_of
from .due import due_words
from .engine import DEFAULT_MIN_SCORE, suggest
from .records import Line, Suggestion
from .requests import question_before
from .sides import infer_sides
from .summary import summarise

__all__ = [
    "DEFAULT_MIN_SCORE",
    "Line",
    "Suggestion",
    "due_words",
    "family_of",
    "infer_sides",
    "question_before",
    "suggest",
    "summarise",
    "type_of",
]
