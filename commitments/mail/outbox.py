"""Where mail stays while no mail server is named: one file a message, shown at /staff/mail/."""

import os
import secrets
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

from hearings import clock


class KeepingBackend(BaseEmailBackend):
    """Keeps each message as a file that is whole or not there."""

    def send_messages(self, email_messages) -> int:
        settings.MAIL_DIR.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            name = f"{clock.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
            draft = settings.MAIL_DIR / f"{name}.part"
            draft.write_bytes(message.message().as_bytes())
            os.replace(draft, settings.MAIL_DIR / f"{name}.eml")
        return len(email_messages)


@dataclass(frozen=True)
class Kept:
    """One kept message: its name in the outbox and what it says."""

    name: str
    message: EmailMessage

    @property
    def headers(self) -> list[tuple[str, str]]:
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


def _read(path: Path) -> Kept:
    return Kept(path.stem, message_from_bytes(path.read_bytes(), policy=policy.default))


def newest(count: int = 100) -> list[Kept]:
    """The last messages sent, newest first."""
    paths = sorted(settings.MAIL_DIR.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [_read(path) for path in paths[-count:][::-1]]


def find(name: str) -> Kept | None:
    path = settings.MAIL_DIR / f"{name}.eml"
    return _read(path) if path.parent == settings.MAIL_DIR and path.exists() else None
