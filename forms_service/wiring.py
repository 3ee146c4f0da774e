"""The one place where the real things are chosen and put together."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from forms_service.casework.peer_support import PeerSupport
from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.clock import Clock, DemoClock, RealClock
from forms_service.documents.press import Press
from forms_service.engine.library import Library
from forms_service.engine.runtime import Bell, Counts, NoCounts, Runtime
from forms_service.engine.service import Service
from forms_service.errors import MachineNotReady, SettingsError
from forms_service.language.files import SERVICE, Files, read_files
from forms_service.language.peers import naming_of
from forms_service.language.vocabulary import Vocabulary
from forms_service.messages.by_channel import ByChannel
from forms_service.messages.channel import Channel
from forms_service.messages.folder import FolderTransport
from forms_service.messages.gateway import HttpGateway
from forms_service.messages.smtp import SmtpTransport
from forms_service.messages.transport import Transport
from forms_service.register.beginning import add_records, holders_in
from forms_service.register.check import words_in
from forms_service.register.register import Register, open_register
from forms_service.rehearsal.play import Domain, Real
from forms_service.settings import Settings
from forms_service.settings.places import shipped_folder, with_style
from forms_service.storage.database import Database, open_database
from forms_service.storage.migrate import newest, version_of
from forms_service.supervision.valkey import address_of
from forms_service.translation.spoken import call_peers
from forms_service.worker.bell import NoBell, RqBell, connect
from forms_service.worker.counts import counts_at


def open_runtime(settings: Settings, *, must_ring: bool = True) -> Runtime:
    """Everything a process needs; call it after a fork. Raises FormsServiceError in words.

    A command that a person calls need not ring: the poller rings for what it leaves behind.
    """
    templates = templates_of(settings.workflows, settings)
    files = read_files(settings.workflows, templates)
    service = service_of(files, settings.zone)
    settings = called_as(settings, service)
    naming = naming_of(settings.service)
    call_peers(naming)
    rt = Runtime(
        settings=settings,
        database=open_prepared(settings),
        clock=clock_of(settings),
        service=service,
        library=Library(files, service.vocabulary, naming),
        bell=bell_of(settings, must_ring=must_ring),
        post=post_of(settings),
        press=Press(with_style(templates), settings.service),
        counts=counts_of(settings),
    )
    with rt.database.writing() as session:
        rt.library.publish(session, rt.clock.now())
    return rt


def called_as(settings: Settings, service: Service) -> Settings:
    """A described service says itself what people call it; the settings' name is that of the shipped one."""
    if not isinstance(service, Register):
        return settings
    return replace(settings, service=replace(settings.service, name=service.description.title))


def templates_of(workflows: Path, settings: Settings) -> Path:
    """The templates that go with a folder of workflows.

    A described service has those beside it, even if there are none, unless the settings name others: the shipped ones
    speak of another trade.
    """
    shipped = settings.pdf_templates == shipped_folder("pdf_templates")
    if (workflows / SERVICE).is_file() and shipped:
        return workflows.resolve().parent / "pdf_templates"
    return settings.pdf_templates


def service_of(files: Files, zone: ZoneInfo) -> Service:
    """What the files themselves describe; else the service that comes with this program.

    InvalidDefinitions when the description has problems.
    """
    return open_register(files, zone) if SERVICE in files else PeerSupport(zone=zone)


def words_of(files: Files) -> Vocabulary | None:
    """The words that these workflows may use; None when nobody can tell."""
    return words_in(files) if SERVICE in files else PEER_SUPPORT


def domain_of(files: Files, zone: ZoneInfo) -> Domain:
    """The domain behind some files, for a rehearsal: a described service is real, the shipped one is invented."""
    service = service_of(files, zone)
    real = None
    if isinstance(service, Register):
        real = Real(service, partial(add_records, service), holders_in(service))
    return Domain(service.vocabulary, zone, real)


def open_prepared(settings: Settings) -> Database:
    """The database, when it has the tables of this version. Raises MachineNotReady when it has not."""
    database = open_database(settings.database_url)
    found = version_of(database) if _may_exist(database) else None
    if found != newest():
        raise MachineNotReady(
            f"The database is at version {found or 'nothing'}, this program works with {newest()}.\n"
            "Bring it there with: forms-service migrate"
        )
    return database


def _may_exist(database: Database) -> bool:
    """Looking into a SQLite file would make it."""
    return not database.is_sqlite or Path(database.engine.url.database or "").is_file()


def clock_of(settings: Settings) -> Clock:
    """Only a demo's clock can be moved."""
    return DemoClock(settings.demo_clock) if settings.demo else RealClock()


def bell_of(settings: Settings, *, must_ring: bool) -> Bell:
    """Raises SettingsError when there is no doorbell and there must be one."""
    try:
        return RqBell(connect(doorbell_of(settings)))
    except SettingsError:
        if must_ring:
            raise
        return NoBell()


def counts_of(settings: Settings) -> Counts:
    """Beside the doorbell; where there is none, nothing is counted."""
    try:
        return counts_at(doorbell_of(settings), settings.secret_key)
    except SettingsError:
        return NoCounts()


def doorbell_of(settings: Settings) -> str:
    """The address of Redis or Valkey: the settings', or that of the server that ``up`` has started here."""
    if settings.redis_url:
        return settings.redis_url
    embedded = address_of(settings.instance)
    if embedded is None:
        raise SettingsError(
            "FORMS_REDIS_URL is empty and no embedded Valkey runs on this instance.\n"
            "Start everything with: forms-service up, or give the parts one Redis or Valkey: FORMS_REDIS_URL=redis://…"
        )
    return embedded


def post_of(settings: Settings) -> Transport:
    """A transport for each channel; what has no server becomes files."""
    folder = FolderTransport(settings.mailbox)
    mail = SmtpTransport(settings.smtp_url) if settings.smtp_url else folder
    sms = HttpGateway(settings.sms_url, settings.sms_secret) if settings.sms_url else folder
    return ByChannel({Channel.EMAIL: mail, Channel.SMS: sms})
