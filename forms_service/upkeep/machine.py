"""What the service needs of the machine that this process runs on, as somebody who operates it wants to know."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from forms_service.machine.needs import TO_RUN, install_command
from forms_service.settings import Settings
from forms_service.settings.places import PACKAGE, STYLE, with_style
from forms_service.texts import say
from forms_service.upkeep.fetched import broken_in
from forms_service.upkeep.mail_server import silence_of
from forms_service.upkeep.room import LITTLE, room_at

QUICKLY = 2.0
"""Seconds for the mail server to say hello: somebody waits for a page."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at: a key below ``upkeep.machine`` in texts/nb.yaml, and what to put into its words.

    ``must`` is False for what is only worse without.
    """

    what: str
    well: bool
    detail: str = ""
    must: bool = True

    @property
    def name(self) -> str:
        return say(f"upkeep.machine.{self.what}.name")

    @property
    def said(self) -> str:
        return say(f"upkeep.machine.{self.what}.{'well' if self.well else 'ill'}", it=self.detail)

    @property
    def advice(self) -> str:
        """Empty when all is well."""
        return "" if self.well else say(f"upkeep.machine.{self.what}.do", it=self.detail)


def look_over(settings: Settings) -> tuple[Found, ...]:
    """What can be seen without asking anybody else."""
    files = (_files("fonts", fonts_of(settings)), _files("front_end", front_end_of()))
    return (disk(settings), *_libraries(), *files)


def ask_mail_server(settings: Settings) -> Found:
    """Takes as long as the server takes to answer, at most some seconds."""
    if not settings.smtp_url:
        return Found("mail_folder", well=True)
    silence = silence_of(settings.smtp_url, QUICKLY)
    return Found("mail", not silence, silence)


def disk(settings: Settings) -> Found:
    free = room_at(settings.instance)
    return Found("disk", free > LITTLE, f"{free / 1e9:.1f}".replace(".", ","))


def fonts_of(settings: Settings) -> Path:
    return with_style(settings.pdf_templates) / STYLE / "fonts"


def front_end_of() -> Path:
    return PACKAGE / "web" / "static" / "vendor"


def _libraries() -> tuple[Found, ...]:
    missing = [need for need in TO_RUN if not need.is_there()]
    must = [need for need in missing if need.must]
    better = [need for need in missing if not need.must]
    return (
        Found("libraries", not must, install_command(must) if must else ""),
        Found("quick_documents", not better, install_command(better) if better else "", must=False),
    )


def _files(what: str, folder: Path) -> Found:
    broken = broken_in(folder)
    return Found(what, broken == (), ", ".join(broken or ()))
