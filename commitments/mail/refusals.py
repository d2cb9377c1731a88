"""What a mail server's refusal means: for the address, for this one mail, or for nobody but the server."""

import re
import smtplib
from dataclasses import dataclass
from enum import Enum

CLOSING = 421
ABOUT_US = re.compile(r"5\.7\.\d+")  # RFC 3463: the server's policy towards us, not the mailbox


class Meaning(Enum):
    NO_SUCH_ADDRESS = "write to this address no more"
    NOT_THIS_MAIL = "do not try this mail again"
    LATER = "try again at the next tick"
    TROUBLE = "the server or the way to it has failed; try again at the next tick"


@dataclass(frozen=True)
class Refusal:
    meaning: Meaning
    words: str


def understand(error: Exception) -> Refusal:
    """A lasting 5xx to the recipient is about the address, unless its words say that it's about us: a
    server that blocks us would otherwise cost us every subscriber at once."""
    code, words = _reply(error)
    return Refusal(_meaning(error, code, words), f"{code} {words}".strip())


def _meaning(error: Exception, code: int, words: str) -> Meaning:
    if code == CLOSING:
        return Meaning.TROUBLE
    if not isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError):
        return Meaning.TROUBLE
    if code < 500:
        return Meaning.LATER
    is_about_us = ABOUT_US.match(words) or isinstance(error, smtplib.SMTPDataError)
    return Meaning.NOT_THIS_MAIL if is_about_us else Meaning.NO_SUCH_ADDRESS


def _reply(error: Exception) -> tuple[int, str]:
    """The server's code and words; 0 where it gave none."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    else:
        return 0, str(error)
    return code, words.decode(errors="replace") if isinstance(words, bytes) else words
