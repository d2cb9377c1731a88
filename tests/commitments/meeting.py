"""A stretch of a hearing as two machines might have written it down."""

import re

from commitments.alignment import Text

SAID = (
    "Good morning, everybody. I want to call this hearing of the water committee to order.",
    "Thank you, Chair. Before I begin I would like to introduce my colleagues from the authority.",
    "To my left is our chief engineer, and on my right the director of the laboratory.",
    "Thank you.",
    "So let me start with the wards in the north. How many lead pipes are still in the ground there?",
    "As of last Friday we count four thousand two hundred service lines north of the canal.",
    "And how many of those are under schools?",
    "So I don't have that number with me, but we can get back to you on that.",
    "Thank you.",
    "I would also like to see the test results for the two libraries on Lantern Street.",
    "Absolutely.",
    "And the contractor, what did the city pay for the second round of digging?",
    "We paid three million dollars, and we will send you the invoices within 30 days.",
    "Thank you. My last question is about filters for families who wait.",
    "We hand out filters at every branch, and nobody is turned away.",
    "Thank you very much. Let me give it back to the chair.",
)  # fmt: skip


def lines(said=SAID, begin: float = 0.0, voices: tuple[str, ...] = ()) -> list[Text]:
    """One every ten seconds."""
    spoken = voices or ("",) * len(said)
    return [
        Text(words, begin + 10 * number, voice)
        for number, (words, voice) in enumerate(zip(said, spoken, strict=True))
    ]


def recut(size: int, ahead: float = 0.0) -> list[Text]:
    """The same, said in the same seconds, in lines of so many words, on a clock that is ahead."""
    spoken = [
        (10 * number + match.start() / 9, match[0])
        for number, words in enumerate(SAID)
        for match in re.finditer(r"\S+", words)
    ]
    return [
        Text(
            " ".join(word for _second, word in spoken[place : place + size]),
            ahead + spoken[place][0],
        )
        for place in range(0, len(spoken), size)
    ]


def captions(said=SAID, begin: float = 0.0, size: int = 6) -> list[Text]:
    """The same in upper-case captions of a few words, without punctuation."""
    words = " ".join(said).upper().translate({ord(mark): None for mark in ".,?"}).split()
    return [
        Text(" ".join(words[place : place + size]), begin + place * 0.75)
        for place in range(0, len(words), size)
    ]
