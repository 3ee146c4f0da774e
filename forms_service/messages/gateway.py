"""SMS over an HTTP gateway, in two halves like SMTP: everything up to the request's body, then the body.

Before the body nobody knows yet what is to be sent to whom, so it can be tried again without harm. After it only a
clear answer tells what became of it.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from forms_service.errors import MailRefused, MailTemporary, MailUnknown
from forms_service.messages.envelope import Envelope
from forms_service.messages.mobile import mobile_number

TIMEOUT = 20.0
"""Seconds to wait for each answer of the gateway."""

NOT_SET_UP = frozenset({401, 403, 404, 405, 407})
"""Nothing is wrong with the message: somebody will mend the settings."""
LATER = frozenset({408, 425, 429, 503})
"""A clear "not now"."""


@dataclass(frozen=True, slots=True)
class HttpGateway:
    """A gateway that takes {"to", "text", "reference"} as JSON. ``secret`` goes along as a bearer token."""

    url: str
    secret: str

    def send(self, envelope: Envelope, before_dot: Callable[[], None]) -> None:
        if not mobile_number(envelope.recipient):
            raise MailRefused("no SMS can go to this number")
        content = envelope.as_request()
        with closing(self._connection()) as gateway:
            self._announce(gateway, len(content))
            before_dot()
            status = _hand_over(gateway, content)
        _judge(status)

    def _connection(self) -> HTTPConnection:
        parts = urlsplit(self.url)
        host = parts.hostname or "localhost"
        if parts.scheme == "https":
            return HTTPSConnection(host, parts.port, timeout=TIMEOUT, context=_trust())
        return HTTPConnection(host, parts.port, timeout=TIMEOUT)

    def _announce(self, gateway: HTTPConnection, length: int) -> None:
        parts = urlsplit(self.url)
        try:
            gateway.putrequest("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
            gateway.putheader("Content-Type", "application/json")
            gateway.putheader("Content-Length", str(length))
            if self.secret:
                gateway.putheader("Authorization", f"Bearer {self.secret}")
            gateway.endheaders()
        except (HTTPException, OSError) as error:
            raise MailTemporary(f"the SMS gateway cannot be reached ({type(error).__name__})") from error


@cache
def _trust() -> ssl.SSLContext:
    """The machine's certificates."""
    return ssl.create_default_context()


def _hand_over(gateway: HTTPConnection, content: bytes) -> int:
    """Send the body and wait for the answer; a gateway may have said no before it heard everything."""
    try:
        with suppress(BrokenPipeError, ConnectionResetError):
            gateway.send(content)
        return gateway.getresponse().status
    except (HTTPException, OSError) as error:
        raise MailUnknown from error


def _judge(status: int) -> None:
    """What is neither yes nor a clear no may have been sent: a gateway can break after it has passed a message on.

    Or lead on to a page that says so: 303 means that the request is done, and other redirects are used for it too.
    """
    said = f"the SMS gateway said {status}"
    if status in LATER or status in NOT_SET_UP:
        raise MailTemporary(said)
    if 400 <= status < 500:
        raise MailRefused(said)
    if not 200 <= status < 300:
        raise MailUnknown(said)
