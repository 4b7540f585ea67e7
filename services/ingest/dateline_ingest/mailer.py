"""Mail by any SMTP server (RFC 5321, 8314), sent behind the answer: how long that takes tells nobody anything."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import structlog

from dateline.errors import LedgerUnavailable
from dateline.settings import Settings

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.mail")

SECONDS: Final = 20.0
MOST_WAITING: Final = 100
"""Mails that wait for a server that is slow; one more is not sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to one person, in plain text."""

    to: str
    subject: str
    text: str


@dataclass(slots=True)
class Mailer:
    """Sends mail in a thread of its own; one that can't be sent is told in the log. Nothing starts before the first."""

    settings: Settings
    _thread: ThreadPoolExecutor | None = field(default=None, init=False)
    _waiting: int = field(default=0, init=False)

    @property
    def can_send(self) -> bool:
        """Whether there is a server to send by."""
        return bool(self.settings.smtp)

    def send_later(self, make: Callable[[], Mail | None]) -> None:
        """Let the thread make a mail, or none, and send it."""
        if self._waiting >= MOST_WAITING:
            log.error("mail not sent: too many wait")
            return
        self._waiting += 1
        if self._thread is None:
            self._thread = ThreadPoolExecutor(1, "mail")
        self._thread.submit(self._send, make)

    def close(self) -> None:
        """Send what waits, and end the thread."""
        if self._thread is not None:
            self._thread.shutdown()
            self._thread = None

    def _send(self, make: Callable[[], Mail | None]) -> None:
        try:
            if mail := make():
                deliver(self.settings, mail)
        except (OSError, smtplib.SMTPException, LedgerUnavailable) as error:
            log.error("mail not sent", reason=str(error))
        finally:
            self._waiting -= 1


def deliver(settings: Settings, mail: Mail) -> None:
    """Send a mail. Raises ``OSError``, and ``SMTPException`` for what the server refuses."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings.mail_from, mail.to, mail.subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence is told to it
    message.set_content(mail.text)
    with _connect(settings.smtp) as server:
        server.send_message(message)


def _connect(address: str) -> smtplib.SMTP:
    """The server of ``smtp://user:password@host:port?starttls=1`` or ``smtps://…``, signed in to."""
    parts = urlsplit(address)
    host, context = parts.hostname or "", ssl.create_default_context()
    server = (
        smtplib.SMTP_SSL(host, parts.port or 465, timeout=SECONDS, context=context)
        if parts.scheme == "smtps"
        else smtplib.SMTP(host, parts.port or 25, timeout=SECONDS)
    )
    if parse_qs(parts.query).get("starttls") == ["1"]:
        server.starttls(context=context)
    if parts.username:
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server
