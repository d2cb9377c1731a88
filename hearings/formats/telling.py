"""How far a file has been read, told to whoever wants to know; who hears it may stop the reading by raising."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import TypeVar

Progress = Callable[[float], None]  # hears the fraction that is done, 0 to 1
Item = TypeVar("Item")

_OFTEN = 1000  # a file of items is told of so many times at most


def told_to_nobody(fraction: float) -> None:
    """The progress of work that nobody watches."""


def share(progress: Progress, number: int, of: int) -> Progress:
    """The progress of one of so many equal shares of the work."""
    return lambda fraction: progress((number - 1 + fraction) / of)


def told(items: Sequence[Item], progress: Progress) -> Iterator[Item]:
    """The items, told of as they go by."""
    step = len(items) // _OFTEN + 1
    for number, item in enumerate(items):
        if number % step == 0:
            progress(number / len(items))
        yield item


class ToldBytes(BytesIO):
    """Bytes told of as a stream of text takes them, a few KB at a time: a line costs nothing."""

    def __init__(self, data: bytes, progress: Progress) -> None:
        super().__init__(data)
        self._size = len(data) or 1
        self._progress = progress

    def read1(self, size: int | None = -1) -> bytes:
        self._progress(self.tell() / self._size)
        return super().read1(size)
