"""The settings of one installation, checked and complete."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from forms_service.settings.quiet import QuietHours


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
    peer_definite: str = ""
    """Empty, like the two below: as texts/nb.yaml knows the word, or else as most words go."""
    peer_plural: str = ""
    peer_plural_definite: str = ""
    colour: str = ""
    """As in "#1f6259"; empty: the theme's own."""
    logo: str = ""
    """The path of a picture; empty: the mark that comes with the program."""


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
    silence_days: int = 14
    """After how many days without a word the coordinator's week shows a match."""
    sms_url: str = field(default="", repr=False)
    """Empty: SMS become files beside the mail, or are not sent where mail is really sent."""
    sms_secret: str = field(default="", repr=False)
    proxies: int = 0
    """How many reverse proxies stand in front, one behind the other."""
    quiet_hours: QuietHours | None = None
    """When nothing is sent that the machine writes by itself."""
    digest_to: tuple[str, ...] = ()
    """Who is told on working days what stands still; nobody, when it is empty."""
    digest_at: time = time(7)
    """From when on; the hour is the installation's own, so no quiet hours hold it back."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def sends_sms(self) -> bool:
        """Through a gateway; or into the folder, where mail goes there too."""
        return bool(self.sms_url) or not self.smtp_url

    @property
    def mail_domain(self) -> str:
        """What our messages' ids end with."""
        return self.mail_from.rpartition("@")[2].rstrip("> ") or "localhost"

    def not_quiet(self, instant: datetime) -> datetime:
        """The instant, or the end of the quiet hours it falls into."""
        return self.quiet_hours.over_at(instant, self.zone) if self.quiet_hours else instant

    @property
    def mailbox(self) -> Path:
        return self.instance / "mailbox"

    @property
    def demo_clock(self) -> Path:
        return self.instance / "demo-clock"
