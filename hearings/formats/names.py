"""Telling a printed name from spoken words, and the role printed with it."""

import re
from functools import lru_cache

LONGEST_NAME = 60  # letters, the role in parentheses aside
_MOST_WORDS = 8
_PARTICLES = {
    "a", "al", "and", "at", "ben", "bin", "da", "de", "del", "der", "di", "du", "e", "el",
    "for", "in", "la", "le", "of", "the", "van", "von", "y",
}  # fmt: skip
_TITLES = {
    "mr", "mrs", "ms", "dr", "jr", "sr", "st", "hon", "rev", "esq", "lt", "gov", "sen", "no",
}  # fmt: skip
_NOT_NAMES = {
    "note", "re", "date", "time", "location", "place", "subject", "title", "type", "source",
    "present", "absent", "page", "http", "https", "agenda", "disclaimer", "whereas",
    "therefore", "translation",
}  # fmt: skip
_ROLE = re.compile(r"\(([^()]{2,80})\)")
_EDGES = "\"'“”‘’()[]?,.*&-–—/"


@lru_cache(maxsize=4096)
def looks_like_name(text: str) -> bool:
    """Whether the text can be what a transcript prints for a speaker.

    Capitalised words, a few particles among them, or a number; no end of a sentence.
    """
    text = _ROLE.sub("", text).replace("[?]", "").strip()
    words = text.split()
    if not words or len(text) > LONGEST_NAME or len(words) > _MOST_WORDS:
        return False
    if text[-1] in "?!;:," or (text[-1] == "." and not _is_short_form(words[-1])):
        return False
    return _is_capitalised(words[0]) and all(
        _is_capitalised(word) or word.lower() in _PARTICLES for word in words
    )


def _is_short_form(word: str) -> bool:
    stem = word.rstrip(".").lower()
    return len(stem) == 1 or "." in stem or stem in _TITLES


def _is_capitalised(word: str) -> bool:
    bare = word.strip(_EDGES)
    return not bare or not bare[0].islower()


def printed_role(name: str) -> str:
    """The words in parentheses after a name: `DOT` in `Ada Quill (DOT) [?]`."""
    match = _ROLE.search(name)
    return match[1].strip() if match else ""


def leading_name(line: str) -> tuple[str | None, str]:
    """The name before the first colon, None if none stands there, and the words behind it.

    A colon with nothing before it says that the speaker is unknown.
    """
    if line.startswith(": "):
        return "", line[2:].lstrip()
    before, colon, after = line[: LONGEST_NAME * 2].partition(":")
    name = before.strip()
    if not colon or after[:1] not in ("", " ") or not looks_like_name(name):
        return None, line
    if name.split(" ")[0].lower() in _NOT_NAMES:
        return None, line
    return name, line[len(before) + 1 :].lstrip()
