"""Telling a printed name from spoken words, and the role printed with it.

What a line prints before a colon is a name or the head of a sentence ("The answer is: no"). In
capitals the two look alike, so the words decide: a name holds no verb or pronoun, doesn't begin
with what announces something ("First", "Question"), and has a number only for a stranger
("Speaker 2").
"""

import re
from collections.abc import Sequence
from functools import lru_cache

LONGEST_NAME = 60  # letters on one line, the role in parentheses aside
_MOST_WORDS = 8  # on one line
_LONGEST_SHORT_FORM = 5  # letters of "Asst.", "Supt." with the full stop
_PARTICLES = {
    "a", "al", "and", "at", "ben", "bin", "da", "de", "del", "der", "di", "du", "e", "el",
    "for", "in", "la", "le", "of", "the", "van", "von", "y",
}  # fmt: skip
_TITLES = {
    "mr", "mrs", "ms", "dr", "jr", "sr", "st", "hon", "rev", "esq", "lt", "gov", "sen", "no",
}  # fmt: skip
_ROLE = re.compile(r"\(([^()]{2,80})\)")
_EDGES = "\"'“”‘’()[]?,.*&-–—/"

_DETERMINERS = {
    "a", "an", "another", "fifth", "final", "first", "fourth", "her", "his", "last", "more", "my",
    "next", "no", "one", "our", "second", "the", "their", "third", "three", "two", "your",
}  # fmt: skip
_ANNOUNCE = {
    "absent", "address", "again", "agenda", "also", "amendment", "and", "answer", "answers",
    "article", "as", "background", "because", "bottom", "but", "caveat", "chapter", "conclusion",
    "correction", "date", "dear", "disclaimer", "email", "example", "exhibit", "fact", "fax",
    "figure", "finally", "firstly", "for", "friday", "from", "good", "goodbye", "hello", "hi",
    "http", "https", "intro", "issue", "item", "lastly", "let", "location", "monday", "motion",
    "note", "notes", "number", "of", "okay", "option", "or", "page", "phone", "place", "please",
    "point", "points", "present", "problem", "purpose", "question", "questions", "quote", "re",
    "reason", "reasons", "remember", "reminder", "resolution", "result", "results", "saturday",
    "secondly", "section", "solution", "sorry", "source", "subject", "summary", "sunday", "tel",
    "thank", "thanks", "therefore", "thing", "things", "thirdly", "thursday", "time", "title", "to",
    "today", "tomorrow", "topic", "translation", "tuesday", "type", "update", "vote", "wednesday",
    "welcome", "well", "whereas", "yes", "yesterday",
}  # fmt: skip
_IN_SENTENCES = {
    "about", "am", "any", "are", "because", "been", "being", "cannot", "could", "did", "does",
    "had", "has", "have", "if", "is", "it", "its", "many", "me", "much", "not", "our", "ours",
    "should", "that", "them", "there", "these", "they", "this", "those", "very", "was", "we",
    "were", "what", "when", "where", "which", "who", "whose", "why", "would", "your", "yours",
}  # fmt: skip
_ALSO_SURNAMES = {  # so that only two of them make a sentence
    "an", "be", "can", "do", "he", "here", "how", "i", "just", "may", "my", "say", "she", "so",
    "than", "then", "us", "will", "with", "you",
}  # fmt: skip
_STRANGERS = {
    "attendee", "attorney", "audience", "caller", "channel", "commenter", "councilmember",
    "counsel", "employee", "female", "guest", "interviewee", "interviewer", "juror", "male", "man",
    "member", "microphone", "officer", "panelist", "participant", "person", "reporter",
    "representative", "resident", "respondent", "room", "speaker", "staff", "student", "tenant",
    "unidentified", "unknown", "user", "voice", "witness", "woman",
}  # fmt: skip
_CONTRACTION = re.compile(
    r"\w{1,9}['’](?:ll|re|ve|m|d|t)|(?:he|here|it|let|she|that|there|what|where|who)['’]s"
)


@lru_cache(maxsize=4096)
def looks_like_name(text: str, *, lines: int = 1) -> bool:
    """Whether the text can be what a transcript prints for a speaker, on so many lines.

    Capitalised words, a few particles among them, or a number; no sentence, nor the head of one.
    """
    text = _ROLE.sub("", text).replace("[?]", "").strip()
    words = text.split()
    if not words or len(text) > LONGEST_NAME * lines or len(words) > _MOST_WORDS * lines:
        return False
    if text[-1] in "?!;:," or (text[-1] == "." and not _is_short_form(words[-1])):
        return False
    if any(
        word[-1] in ".?!" and len(word) > _LONGEST_SHORT_FORM
        for word in text.replace("/", " ").split()[:-1]
    ):
        return False
    if text.count("(") != text.count(")") or not _is_capitalised(words[0]):
        return False
    return all(map(_may_be_in_name, words)) and not _begins_sentence(words)


def _is_short_form(word: str) -> bool:
    stem = word.rstrip(".").lower()
    return len(stem) == 1 or "." in stem or stem in _TITLES


def _may_be_in_name(word: str) -> bool:
    return _is_capitalised(word) or word.lower() in _PARTICLES


def _is_capitalised(word: str) -> bool:
    bare = word.strip(_EDGES)
    return not bare or not bare[0].islower()


def _begins_sentence(words: list[str]) -> bool:
    """Whether the words announce or say something, as "The answer is" and "Local Law 12" do."""
    bare = [word.strip(_EDGES).lower() for word in words]
    head = next((word for word in bare if word not in _DETERMINERS), "")
    if head in _ANNOUNCE or (not head and len(bare[0]) > 1):
        return True
    if any(word in _IN_SENTENCES or _CONTRACTION.fullmatch(word) for word in bare):
        return True
    if sum(word in _ALSO_SURNAMES for word in bare) > 1 or (words[0] == "I" and words[1:]):
        return True
    return any(word.isdecimal() for word in bare) and not _counts_strangers(bare)


def _counts_strangers(bare: list[str]) -> bool:
    """Whether the number stands alone, or at the end behind "Speaker" or the like."""
    *others, number = bare
    return number.isdecimal() and (not others or others[-1] in _STRANGERS)


def in_capitals(name: str) -> bool:
    """Whether a name is printed in capitals, as LIAM McLAUGHLIN and MR. van der BERG are."""
    words = (word for word in _ROLE.sub("", name).split() if word not in _PARTICLES)
    letters = [letter for word in words for letter in word if letter.isalpha()]
    return sum(map(str.islower, letters)) * 3 <= len(letters)


def printed_role(name: str) -> str:
    """The words in parentheses after a name: `DOT` in `Ada Quill (DOT) [?]`."""
    match = _ROLE.search(name)
    return match[1].strip() if match else ""


def come_back(names: Sequence[str | None]) -> bool:
    """Whether most of these are there more than once, as people who talk with each other are."""
    return len(names) > 1 and len(set(names)) * 3 <= len(names) * 2


def leading_name(line: str, *, lines: int = 1) -> tuple[str | None, str]:
    """The name before the first colon, None if none stands there, and the words behind it.

    A colon with nothing before it says that the speaker is unknown.
    """
    if line.startswith(": "):
        return "", line[2:].lstrip()
    before, colon, after = line[: LONGEST_NAME * 2 * lines].partition(":")
    name = before.strip()
    if not colon or after[:1] not in ("", " ") or not looks_like_name(name, lines=lines):
        return None, line
    return name, line[len(before) + 1 :].lstrip()
