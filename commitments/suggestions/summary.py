"""One line that starts with a verb, made of the words that were spoken."""

import re

from . import cues
from .frames import Frame, frames
from .records import Line
from .text import Sentence, sentences

LONGEST = 140  # characters
REPORTING = ("answer", "inform")
UNDERTAKING = cues.words(
    "answer inform give check meet work begin publish finish create change do ensure have"
)
# Words that say that something will be told, but not what.
EMPTY = cues.words(
    "that it this those these them so you your the a an into to on for with of about at in back",
    "up out",
    "answer answers question questions number numbers figure figures information details exact",
    "specific accurate correct right committee council office staff team member members record",
    "sure definitely absolutely chair chairman madam mr mrs ms sir ma am speaker senator",
    "congressman congresswoman later know let get find check look go and hearing after follow",
    "will can be do we i one all now today again also please as soon possible",
)
ASKING = re.compile(
    r"^(?:(?:and|so|but|then|okay|well|now|also|just|um|please|yes|thank you)[,.]? )*"
    r"(?:(?:can|could|will|would|may) (?:you|we|i|somebody|someone|staff)(?: all)?(?: also| please|"
    r" just| maybe)* |if (?:you|we) (?:could|can|would|will) (?:just |please |also )*|please |"
    r"(?:i|we)(?:'d| would)(?: really)? (?:like|love|want) (?:you )?to (?=see|get|have|know)|"
    r"(?:i|we)(?:'d| would)(?: really)? (?:like|ask|encourage|urge)(?: for)? (?:you |staff )to |"
    r"is it possible to |will you commit to )",
    re.IGNORECASE,
)
LEADING = re.compile(
    r"^(?:(?:and|so|but|then|okay|well|now|also|just|um|yes|thank you|i guess|i mean|"
    r"(?:my|the|one more|next|last) question(?: would be| is)?|what i want to know is|"
    r"i(?:'m| am) curious(?: if| about| to know)?|do you know|can you tell us)[,:.]? )+",
    re.IGNORECASE,
)
NOUN_QUESTION = re.compile(r"^what(?:'s| is| are| was| were) (?=(?:the|your|our|their)\b)", re.I)
BECAUSE = re.compile(r",? (?:because|so that|but|since)\b", re.IGNORECASE)
WISHED = re.compile(r"^(?:see|have|get(?= the| that| an?\b))\b", re.IGNORECASE)
INDIRECT = re.compile(r"^(?:how|what|which|who|where|when|why|whether|if)\b", re.IGNORECASE)
BASES = {form.split()[0]: base.split()[0] for form, base in cues.verb_bases()}


def summarise(quote: str, request: str) -> str:
    """What is to be done, verb first; `request` tells what "that" was.

    "We'll get back to you on that." asked "How many are open?" → "Report how many are open".
    """
    found = _undertaking(quote)
    if found is None:
        return _short(_asked(request) if request else f"Do as said: {quote.strip()}")
    sentence, frame = found
    said = _from_verb(quote, sentence, frame)
    empty = not set(re.findall(r"[a-z0-9]+", said.lower())[1:]) - EMPTY
    if request and empty and frame.verb_class in REPORTING:
        return _short(_reported(request))
    if request and empty and frame.verb_class in ("do", "ensure", "have"):
        return _short(_asked(request))
    if request and empty:
        return _short(f"{said.rstrip('.!?, ')}: {request}")
    return _short(said)


def _undertaking(quote: str) -> tuple[Sentence, Frame] | None:
    for sentence in sentences([Line(quote)]):
        for frame in frames(sentence.plain):
            if not frame.asks and not frame.negated and frame.verb_class in UNDERTAKING:
                return sentence, frame
    return None


def _from_verb(quote: str, sentence: Sentence, frame: Frame) -> str:
    """The printed words from the verb on, the verb in its base form."""
    word = sentence.words[frame.verb_at]
    verb = BASES.get(word.text, word.text)
    rest = BECAUSE.split(quote[word.end : sentence.words[-1].end])[0]
    return f"{verb}{rest}"


def _reported(request: str) -> str:
    """A question as the object of "report"; one that can't be turned is quoted."""
    question = LEADING.sub("", request.strip()).rstrip(".?! ")
    if ASKING.match(request):
        return _asked(request)
    if NOUN_QUESTION.match(question):
        return "Report " + NOUN_QUESTION.sub("", question)
    if INDIRECT.match(question):
        return "Report " + question[0].lower() + question[1:]
    return f"Answer: {request.strip()}"


def _asked(request: str) -> str:
    """A request as an order: "Can you get us the list?" → "Get us the list"."""
    asked = ASKING.search(LEADING.sub("", request.strip()))
    if asked:
        rest = LEADING.sub("", request.strip())[asked.end() :].rstrip(".?! ")
        if rest:
            return WISHED.sub("provide", rest)
    return f"Do as asked: {request.strip()}"


def _short(text: str) -> str:
    """One line for readers outside the room: "you" and "us" are the Council."""
    plain = " ".join(text.split())
    plain = re.sub(
        r"\b(give|send|get|provide|show|tell|share with|back to|with|to) (us|you|me)\b(?! all)",
        r"\1 the Council",
        plain,
        flags=re.IGNORECASE,
    )
    plain = plain[:1].upper() + plain[1:]
    if len(plain) <= LONGEST:
        return plain
    return plain[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + "…"
