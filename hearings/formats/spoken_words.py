"""Speech recognition that gives single words, put together to sentences with their true times."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from hearings.formats.fields import Record, span, words
from hearings.formats.parsed import ParsedUtterance, Problems
from hearings.formats.wording import RUN_ON, ends_sentence, spread

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


def by_speakers(
    said: ParsedUtterance, spoken: Sequence[Record], *, per_second: float
) -> Iterator[ParsedUtterance]:
    """What was said, cut where its single words have another speaker than those before them.

    It stays whole if they aren't the words of its text.
    """
    if not {words(word, "speaker") for word in spoken} - {"", said.speaker}:
        yield said
        return
    runs = [
        (speaker, [word for _, word in run])
        for speaker, run in groupby(_named(spoken), key=itemgetter(0))
    ]
    texts = [" ".join(words(word, "word") for word in run) for _, run in runs]
    if " ".join(texts) != said.text:
        yield said
        return
    shares = spread(said.start, said.end, texts)
    for (speaker, run), text, share in zip(runs, texts, shares, strict=True):
        start, end = _times(run, said.line, per_second)
        yield replace(
            said,
            text=text,
            speaker=speaker,
            start=share[0] if start is None else start,
            end=end if start is not None else share[1],
            interpolated=start is None and share[0] is not None,
        )


def _times(
    run: Sequence[Record], line: int, per_second: float
) -> tuple[float | None, float | None]:
    """From the first word to the last, as far as they have times that make sense."""
    begins, ends = run[0].get("start"), run[-1].get("end")
    unheard = Problems(skip_bad_lines=True)
    return span(begins, ends, line, unheard, per_second=per_second) or (None, None)


def _named(spoken: Sequence[Record]) -> Iterator[tuple[str, Record]]:
    """Each word with its speaker; one that names nobody has that of the word before it."""
    speaker = next(filter(None, (words(word, "speaker") for word in spoken)), "")
    for word in spoken:
        speaker = words(word, "speaker") or speaker
        yield speaker, word
