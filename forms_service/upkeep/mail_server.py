"""Whether the mail server answers. No address is told: it may hold a password."""

from __future__ import annotations

import smtplib
from urllib.parse import urlsplit

SECONDS = 5.0


def silence_of(smtp_url: str, seconds: float = SECONDS) -> str:
    """Empty when the server says hello; else the kind of error, and nothing of its words."""
    try:
        _greet(smtp_url, seconds)
    except (OSError, smtplib.SMTPException) as error:
        return type(error).__name__
    return ""


def _greet(url: str, seconds: float) -> None:
    parts = urlsplit(url)
    secure = parts.scheme == "smtps"
    connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
    with connect(parts.hostname or "", parts.port or (465 if secure else 25), timeout=seconds) as server:
        server.noop()
