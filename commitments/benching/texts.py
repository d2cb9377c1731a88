"""Generated transcripts: captions as bytes, lines as the engine takes them."""

from random import Random

from commitments.generating.record import PROMISES, QUESTIONS, SECONDS_A_LINE, sentences_of
from hearings.formats import ParsedUtterance

VOICES = 40
ONE_IN = 15  # of so many lines one is a question and the next its promise


def utterances(count: int, seed: int = 1) -> list[ParsedUtterance]:
    random = Random(seed)
    sentences = sentences_of(random)
    lines = []
    for number in range(count):
        text = random.choice(sentences)
        if number % ONE_IN < 2:
            text = (QUESTIONS, PROMISES)[number % ONE_IN][number // ONE_IN % len(PROMISES)]
        start = number * SECONDS_A_LINE
        voice = f"Speaker {number // 7 % VOICES}"
        lines.append(ParsedUtterance(text, voice, start, start + SECONDS_A_LINE, number + 1))
    return lines


def captions(count: int) -> bytes:
    """WebVTT of that many cues with voices, as others write it."""
    cues = [
        f"{_stamp(line.start)} --> {_stamp(line.end)}\n<v {line.speaker}>{line.text}</v>\n"
        for line in utterances(count)
    ]
    return "\n".join(["WEBVTT\n", *cues]).encode()


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}:{minutes:02}:{rest:06.3f}"
