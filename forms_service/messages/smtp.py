"""Messages over SMTP, in two halves: everything up to the final dot, then the dot.

Before the dot a message can be tried again without harm. After it only the server knows (RFC 1047).
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote, urlsplit

from forms_service.errors import MailRefused, MailTemporary, MailUnknown
from forms_service.messages.envelope import Envelope

TIMEOUT = 20.0
"""Seconds to wait for each answer of the server."""


@dataclass(frozen=True, slots=True)
class SmtpTransport:
    """A mail server: smtp://[user:password@]host[:port], or smtps:// for TLS from the start."""

    url: str

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        with self._session() as server:
            _hand_over(server, envelope)
            before_dot()
            code = _dot(server)
        _judge(code)
        if not 200 <= code < 300:
            raise MailUnknown("the mail server answered the message with something else than yes or no")

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        try:
            server = self._connect()
        except (smtplib.SMTPException, OSError) as error:  # a refused sign-in too: somebody will mend the settings
            raise MailTemporary(f"the mail server cannot be reached ({type(error).__name__})") from error
        try:
            yield server
        finally:
            server.close()

    def _connect(self) -> smtplib.SMTP:
        parts = urlsplit(self.url)
        host = parts.hostname or "localhost"
        server: smtplib.SMTP
        if parts.scheme == "smtps":
            server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=_trust())
        else:
            server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
        server.ehlo_or_helo_if_needed()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=_trust())
            server.ehlo()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server


@cache
def _trust() -> ssl.SSLContext:
    """The machine's certificates; reading them takes longer than most mails."""
    return ssl.create_default_context()


def _hand_over(server: smtplib.SMTP, envelope: Envelope) -> None:
    """Everything but the final dot; whatever goes wrong in here, the server has not taken the message."""
    try:
        _expect(server.mail(_address(envelope.sender)))
        _expect(server.rcpt(_address(envelope.recipient)))
        _expect(server.docmd("DATA"))
        server.send(re.sub(rb"(?m)^\.", b"..", envelope.as_bytes()))
    except UnicodeError as error:
        raise MailRefused("the address has letters that e-mail cannot carry") from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailTemporary(f"the connection was lost ({type(error).__name__})") from error


def _expect(reply: tuple[int, bytes]) -> None:
    code = reply[0]
    _judge(code)
    if code not in (250, 251, 354):
        raise MailTemporary("the mail server answered out of turn")


def _address(text: str) -> str:
    return text.rpartition("<")[2].rstrip(">") if "<" in text else text


def _dot(server: smtplib.SMTP) -> int:
    """The dot goes out at once: TCP would otherwise hold so small a piece back until the text is acknowledged."""
    try:
        if server.sock is not None:
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        server.send(b".\r\n")
        return server.getreply()[0]
    except (smtplib.SMTPException, OSError) as error:
        raise MailUnknown from error


def _judge(code: int) -> None:
    if 400 <= code < 500:
        raise MailTemporary(f"the mail server said {code}")
    if code >= 500:
        raise MailRefused(f"the mail server said {code}")
