"""Database, doorbell, mail server and SMS gateway: whether they answer. No address is said: it may hold a password."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import redis
from sqlalchemy.exc import SQLAlchemyError

from forms_service.commands.doctor.finding import Finding
from forms_service.settings import Settings
from forms_service.storage.database import open_database
from forms_service.storage.migrate import newest, version_of
from forms_service.supervision.valkey import answers
from forms_service.upkeep.mail_server import silence_of

SECONDS = 5.0


def database(settings: Settings) -> list[Finding]:
    opened = open_database(settings.database_url)
    file = Path(opened.engine.url.database or "")
    if opened.is_sqlite and not file.is_file():
        return [Finding("Database", well=False, said=f"not made yet: {file}", mend="forms-service migrate", must=False)]
    try:
        found = version_of(opened)
    except SQLAlchemyError as error:
        return [Finding("Database", well=False, said=type(error).__name__, mend="Look at FORMS_DATABASE_URL.")]
    finally:
        opened.close()
    said = f"{opened.engine.dialect.name}, at version {found or 'nothing'} of {newest()}"
    return [Finding("Database", found == newest(), said, "forms-service migrate")]


def doorbell(settings: Settings) -> list[Finding]:
    if not settings.redis_url:
        said = "embedded, running" if answers(settings.instance) else "embedded, started by forms-service up"
        return [Finding("Valkey", well=True, said=said)]
    try:
        with redis.Redis.from_url(settings.redis_url, socket_connect_timeout=SECONDS, socket_timeout=SECONDS) as client:
            client.ping()
    except redis.RedisError as error:
        return [Finding("Redis or Valkey", well=False, said=type(error).__name__, mend="Look at FORMS_REDIS_URL.")]
    return [Finding("Redis or Valkey", well=True, said="answers")]


def mail(settings: Settings) -> list[Finding]:
    if not settings.smtp_url:
        return [Finding("Mail", well=True, said=f"messages become files in {settings.mailbox}")]
    silence = silence_of(settings.smtp_url)
    if silence:
        return [Finding("Mail server", well=False, said=silence, mend="Look at FORMS_SMTP_URL.")]
    return [Finding("Mail server", well=True, said="answers")]


def sms(settings: Settings) -> list[Finding]:
    """Only whether somebody answers there: asking for more would send a message."""
    if not settings.sms_url:
        where = f"messages become files in {settings.mailbox}" if settings.sends_sms else "none are sent"
        return [Finding("SMS", well=True, said=where)]
    parts = urlsplit(settings.sms_url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), SECONDS).close()
    except OSError as error:
        return [Finding("SMS gateway", well=False, said=type(error).__name__, mend="Look at FORMS_SMS_URL.")]
    return [Finding("SMS gateway", well=True, said="answers")]
