"""A real mail server for tests, in a thread on 127.0.0.1, and the letters that reached it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.serving import free_port


@dataclass
class Received:
    """A letter as its recipient reads it."""

    to: str
    sender: str
    message: EmailMessage
    raw: bytes

    @property
    def subject(self) -> str:
        """The subject, decoded."""
        return str(self.message["Subject"])

    @property
    def text(self) -> str:
        """The plain words."""
        return self.message.get_body(("plain",)).get_content()

    @property
    def html(self) -> str:
        """The same with markup."""
        return self.message.get_body(("html",)).get_content()

    @property
    def path(self) -> str:
        """Where the first link with a token leads, without host."""
        found = re.search(r"http://[^/\s]+(/\S+)", self.text)
        assert found, self.text
        return found[1]


@dataclass
class PostOffice:
    """`answers` (address → SMTP line) has a letter refused; `letters` holds what came."""

    port: int = field(default_factory=free_port)
    letters: list[Received] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    controller: Controller | None = None

    @property
    def url(self) -> str:
        """For SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def open(self) -> None:
        """Begin to listen."""
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def close(self) -> None:
        """Stop, as a mail server does now and then."""
        if self.controller:
            self.controller.stop()
            self.controller = None

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        """Take or refuse one recipient."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep the letter."""
        self.before()
        message = message_from_bytes(envelope.content, policy=default)
        for to in envelope.rcpt_tos:
            self.letters.append(Received(to, envelope.mail_from, message, envelope.content))
        return "250 OK"

    def to(self, address: str) -> Received:
        """The last letter to somebody."""
        found = [letter for letter in self.letters if letter.to == address]
        assert found, f"nothing for {address}; there is: {[(one.to, one.subject) for one in self.letters]}"
        return found[-1]
