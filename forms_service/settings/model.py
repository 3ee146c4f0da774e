"""The settings of one installation, checked and complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ServiceIdentity:
    """What stands in the letterhead; the words are the installation's own."""

    name: str
    organisation: str
    address: str
    phone: str
    email: str
    place: str
    peer_label: str = "likemann"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between two installations."""

    database_url: str = field(repr=False)
    """SQLAlchemy's way of writing it; psycopg 3 for PostgreSQL."""
    redis_url: str = field(repr=False)
    """Empty: an embedded Valkey server is started."""
    smtp_url: str = field(repr=False)
    """Empty: messages become files in ``instance/mailbox``."""
    workflows: Path
    pdf_templates: Path
    instance: Path
    host: str
    port: int
    base_url: str
    """Where people reach the pages, without a slash at the end."""
    secret_key: str = field(repr=False)
    demo: bool
    mail_from: str
    service: ServiceIdentity
    timezone: str = "Europe/Oslo"
    draft_days: int = 30
    """How long a form that is not sent is kept after the last word was typed."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def mailbox(self) -> Path:
        return self.instance / "mailbox"

    @property
    def demo_clock(self) -> Path:
        return self.instance / "demo-clock"
