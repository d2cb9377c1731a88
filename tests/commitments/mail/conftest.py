"""A real mail server on loopback that refuses, hangs up and counts as a test tells it to."""

from collections.abc import Callable
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache

from tests.processes import free_port


class PostOffice:
    """Keeps what it is given. `on_recipient` and `on_data` may answer for it, by the address."""

    def __init__(self) -> None:
        self.messages = []
        self.connections = 0
        self.on_recipient: Callable[[str], str | None] = lambda address: None
        self.on_data: Callable[[str], str | None] = lambda address: None
        self.port = free_port()
        self.open()

    def open(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self) -> None:
        self.controller.stop()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        refusal = self.on_recipient(address)
        if refusal == "hang up":
            server.transport.close()
        if refusal:
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        refusal = self.on_data(envelope.rcpt_tos[0])
        if refusal == "hang up":
            server.transport.close()
        if refusal:
            return refusal
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    def recipients(self) -> list[str]:
        return sorted(message["To"] for message in self.messages)


@pytest.fixture
def post_office(settings):
    office = PostOffice()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
    settings.EMAIL_TIMEOUT = 10
    yield office
    office.close()


@pytest.fixture(autouse=True)
def _no_cached_council():
    cache.clear()
