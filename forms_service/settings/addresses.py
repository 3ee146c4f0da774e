"""Addresses of other programs, checked and put into the form that their clients want."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import SplitResult, urlsplit, urlunsplit

SQLITE = "sqlite:///"
POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


def database_url(text: str, instance: Path) -> str:
    """SQLAlchemy's address; a relative SQLite file lies in the instance folder. Raises ValueError in words."""
    if text.startswith(SQLITE):
        return _sqlite(text.removeprefix(SQLITE), instance)
    parts = _split(text)
    if parts.scheme not in POSTGRESQL:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    if not parts.path.strip("/"):
        raise ValueError("must name a database: postgresql://user:password@host/database")
    return urlunsplit(parts._replace(scheme="postgresql+psycopg"))


def _sqlite(file: str, instance: Path) -> str:
    if not file or file == ":memory:":
        raise ValueError("must name a file: several processes share the database, so it cannot be in memory")
    return f"{SQLITE}{(instance / file).resolve()}"


def redis_url(text: str) -> str:
    """A Redis or Valkey address. Raises ValueError in words."""
    parts = _split(text)
    if parts.scheme == "unix" and parts.path:
        return text
    return _with_host(text, parts, ("redis", "rediss"), "redis://host:6379/0, rediss://host:6379/0 or unix:///path")


def smtp_url(text: str) -> str:
    """A mail server's address. Raises ValueError in words."""
    parts = _split(text)
    if parts.password and not parts.username:
        raise ValueError("has a password but no user: smtp://user:password@host:587")
    return _with_host(text, parts, ("smtp", "smtps"), "smtp://user:password@host:587 or smtps://host:465")


def sms_url(text: str) -> str:
    """A gateway's address; secret links go there, so it is encrypted unless it stays on this machine. ValueError."""
    parts = _split(text)
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError("must begin with https://; http:// is for a gateway on this machine")
    if not text.isascii() or not text.isprintable() or " " in text or parts.username:
        raise ValueError("must be written in plain letters, without a user: the secret stands in sms_secret")
    return _with_host(text, parts, ("https", "http"), "https://gateway.example.org/send")


def base_url(text: str) -> str:
    """Where people reach the pages. Raises ValueError in words."""
    parts = _split(text)
    if parts.query or parts.fragment:
        raise ValueError("must end before ? and #")
    return _with_host(text, parts, ("http", "https"), "https://host").rstrip("/")


def _with_host(text: str, parts: SplitResult, schemes: tuple[str, ...], example: str) -> str:
    if parts.scheme not in schemes or not parts.hostname:
        raise ValueError(f"must look like {example}")
    return text


def _split(text: str) -> SplitResult:
    """Like urlsplit, but the port is looked at too. Never repeats the address: it may hold a password."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        raise ValueError("is not an address") from None
    return parts
