"""``forms-service simulate``: what would happen, day by day, when people answer as they are told."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path

from forms_service.clock import FrozenClock, RealClock
from forms_service.commands.check import templates_of
from forms_service.errors import NotFound, SettingsError
from forms_service.language.duration import Duration, parse_duration
from forms_service.language.files import read_files
from forms_service.rehearsal.happening import Happening
from forms_service.rehearsal.play import play_of
from forms_service.rehearsal.rehearse import rehearse
from forms_service.settings import Settings
from forms_service.wiring import domain_of

NINE = time(9)
"""When the first day begins."""
SHORT = re.compile(r"([0-9]+)([dwmy])")
UNITS = {"d": "day", "w": "week", "m": "month", "y": "year"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is rehearsed, from which day (today when None), for how long, and how it is printed."""

    workflow: Path
    answers: Path | None
    since: date | None
    length: Duration
    as_json: bool


def wanted(workflow: Path, answers: Path | None, since: str | None, length: str, *, as_json: bool) -> Wanted:
    """As it is typed: a day such as 2026-08-31, "3y" or a duration in words. Raises FormsServiceError."""
    try:
        day = date.fromisoformat(since) if since else None
    except ValueError:
        raise SettingsError(f'"{since}" is no date such as 2026-08-31') from None
    short = SHORT.fullmatch(length)
    return Wanted(
        workflow, answers, day, parse_duration(f"{short[1]} {UNITS[short[2]]}s" if short else length), as_json
    )


def simulate(settings: Settings, asked: Wanted) -> int:
    """Prints one line for each thing that happens; nothing is sent, and nothing is written."""
    logging.getLogger("forms_service").addHandler(logging.NullHandler())  # what goes wrong stands in the list
    folder = _there(asked.workflow).parent
    files = read_files(folder, templates_of(folder, settings))
    since = asked.since or RealClock().now().astimezone(settings.zone).date()
    play = play_of(files, asked.workflow.stem, _told(asked.answers), since, domain_of(files, settings.zone))
    happenings = rehearse(play, FrozenClock(datetime.combine(since, NINE, settings.zone)), asked.length)
    print(_json(happenings) if asked.as_json else _text(happenings))
    return 0


def _there(file: Path) -> Path:
    if not file.is_file():
        raise NotFound(f"There is no file {file}")
    return file


def _told(answers: Path | None) -> tuple[str, str] | None:
    return (_there(answers).read_text(encoding="utf-8"), str(answers)) if answers else None


def _text(happenings: tuple[Happening, ...]) -> str:
    return "\n".join(happening.line() for happening in happenings) or "Nothing happens in this time."


def _json(happenings: tuple[Happening, ...]) -> str:
    return json.dumps([_plain(happening) for happening in happenings], indent=1, ensure_ascii=False)


def _plain(happening: Happening) -> dict[str, object]:
    """Times as ISO text with their offset; what is empty is left out."""
    told = {key: value for key, value in asdict(happening).items() if value}
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in told.items()}
