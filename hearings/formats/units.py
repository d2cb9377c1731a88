"""What the times of a file count: seconds or milliseconds, judged by the speed of speech."""

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from statistics import median_low

from hearings.formats.timecode import seconds_of

Said = tuple[object, object, str]  # start and end as given, and the words

_LINES_LOOKED_AT = 1000
_UNITS_A_WORD = 50  # a word and its pause take up to 30 seconds, or 100 and more milliseconds


def units_per_second(said: Iterable[Said], *, usual: float = 1) -> float:
    """1000 where most of what was said would be too slow in seconds, `usual` where nothing tells."""
    paces = list(_paces(list(islice(said, _LINES_LOOKED_AT))))
    if not paces:
        return usual
    return 1000 if median_low(paces) > _UNITS_A_WORD else 1


def _paces(said: list[Said]) -> Iterator[float]:
    """How many units a word takes, up to the end or the next start; clocks count none."""
    for (start, end, words), (next_start, *_) in pairwise([*said, (None, None, "")]):
        begins, ends = _number(start), _number(next_start if end in (None, "") else end)
        if words and begins is not None and ends is not None and ends > begins:
            yield (ends - begins) / (words.count(" ") + 1)


def _number(value: object) -> float | None:
    return None if isinstance(value, str) and ":" in value else seconds_of(value)
