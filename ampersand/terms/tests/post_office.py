"""A real mail server on the loopback, which keeps what it is given and refuses what it is told to."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller
from django.test import override_settings


@dataclass
class PostOffice:
    """`refused` is what it answers to a receiver, by address; `answers` what it says to what was handed over."""

    port: int = 0
    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    answers: str = "250 OK"
    hangs_up: bool = False
    pondering_seconds: float = 0
    has_it_in_hand: Event = field(default_factory=Event)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.has_it_in_hand.set()
        await asyncio.sleep(self.pondering_seconds)
        if self.answers.startswith("250"):
            self.received.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content))
        if self.hangs_up:
            server.transport.abort()
        return self.answers

    @property
    def receivers(self) -> list[str]:
        return [one for _, to, _ in self.received for one in to]

    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(content, policy=email.policy.default) for _, _, content in self.received]

    def mail_to(self, address: str) -> EmailMessage:
        return next(mail for mail, (_, to, _) in zip(self.mails(), self.received, strict=True) if to == [address])


@contextmanager
def open_office() -> Iterator[PostOffice]:
    """A post office that serves on the loopback, and is where mail goes while it is open."""
    office = PostOffice(port=free_port())
    controller = Controller(office, hostname="127.0.0.1", port=office.port)
    controller.start()
    try:
        with going_to(office.port):
            yield office
    finally:
        controller.stop()


@contextmanager
def going_to(port: int) -> Iterator[None]:
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        DEFAULT_FROM_EMAIL="post@harbourfinch.example",
    ):
        yield


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
