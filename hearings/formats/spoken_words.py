"""Speech recognition that gives single words, put together to sentences with their true times."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from hearings.formats.fields import Record, span, words
from hearings.formats.parsed import ParsedUtterance, Problems
from hearings.formats.wording import RUN_ON, ends_sentence

_PAUSE = 2.0  # seconds of silence that end an utterance


class Word(NamedTuple):
    text: str
    start: float | None
    end: float | None
    speaker: str


def words_of(
    items: Iterable[tuple[int, Record]],
    problems: Problems,
    *text_fields: str,
    per_second: float = 1,
) -> Iterator[Word]:
    for number, item in items:
        text = words(item, *text_fields)
        times = span(item.get("start"), item.get("end"), number, problems, per_second=per_second)
        if text and times:
            yield Word(text, *times, words(item, "speaker"))


def joined(spoken: Iterable[Word]) -> Iterator[ParsedUtterance]:
    """Utterances that end with a sentence, a pause, another speaker, or after `RUN_ON` words."""
    group: list[Word] = []
    number = 0
    for word in spoken:
        if group and _begins_anew(group, word):
            number += 1
            yield _utterance(group, number)
            group = []
        group.append(word)
    if group:
        yield _utterance(group, number + 1)


def _begins_anew(group: list[Word], word: Word) -> bool:
    last = group[-1]
    paused = last.end is not None and word.start is not None and word.start - last.end > _PAUSE
    return (
        paused or word.speaker != last.speaker or len(group) >= RUN_ON or ends_sentence(last.text)
    )


def _utterance(group: list[Word], number: int) -> ParsedUtterance:
    text = " ".join(word.text for word in group)
    return ParsedUtterance(text, group[0].speaker, group[0].start, group[-1].end, number)
