"""Numbers as people say them: "thirty", "twenty-one", "a couple of", "the fifteenth", "'27"."""

_ONE = "one|two|three|four|five|six|seven|eight|nine"
_TEEN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TEN = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_BELOW_100 = rf"(?:(?:{_TEN})(?:[- ](?:{_ONE}))?|{_TEEN}|{_ONE})"
_NTH_ONE = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_NTH_TEEN = (
    "tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth"
    "|nineteenth"
)

VALUES = (
    {word: value for value, word in enumerate(f"{_ONE}|{_TEEN}".split("|"), start=1)}
    | {word: value for value, word in enumerate(f"{_NTH_ONE}|{_NTH_TEEN}".split("|"), start=1)}
    | {word: value for value, word in zip(range(20, 100, 10), _TEN.split("|"), strict=True)}
    | {"twentieth": 20, "thirtieth": 30}
    | {"a": 1, "an": 1, "another": 1, "couple": 2, "dozen": 12, "hundred": 100, "thousand": 1000}
)

CARDINAL = (
    rf"(?:\d{{1,4}}|(?:a |one )hundred(?: and)?(?: {_BELOW_100})?|a dozen"
    rf"|(?:a |another )?couple(?: of| more)?|{_BELOW_100}|an?|another)"
)
ORDINAL_WORD = (
    rf"(?:(?:twenty|thirty)[- ](?:{_NTH_ONE})|twentieth|thirtieth"
    rf"|{_NTH_TEEN}|{_NTH_ONE})"
)
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL_WORD})"
YEAR = (
    rf"(?:(?:19|20)\d\d|two thousand(?: and)?(?: {_BELOW_100})?"
    rf"|twenty[- ](?:(?:{_TEN})(?:[- ](?:{_ONE}))?|{_TEEN})"
    rf"|nineteen[- ](?:{_TEN})(?:[- ](?:{_ONE}))?)"
)


ARTICLES = ("a", "an", "another")
MULTIPLIERS = ("hundred", "thousand")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def number(words: str) -> int:
    """The value of a cardinal or ordinal as matched above: "one hundred and twenty" is 120."""
    digits = words.rstrip(LETTERS)
    if digits.isdigit():
        return int(digits)
    said = words.replace("-", " ").split()
    if len(said) > 1 and said[0] in ARTICLES:
        del said[0]
    total = 0
    for word in said:
        value = VALUES.get(word, 0)
        total = max(total, 1) * value if word in MULTIPLIERS else total + value
    return total


def year_number(words: str) -> int:
    """ "2027", "27", "twenty twenty-seven" and "two thousand twenty-seven" are all 2027."""
    words = words.strip("'")
    if words.isdigit():
        return int(words) + (2000 if len(words) == 2 else 0)
    if words.startswith("two thousand"):
        return number(words)
    century, rest = words.replace("-", " ").split(maxsplit=1)
    return number(century) * 100 + number(rest)
