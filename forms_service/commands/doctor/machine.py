"""Python, libraries of the system, disk and clock."""

from __future__ import annotations

import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import available_timezones

from forms_service.commands.doctor.finding import Finding
from forms_service.machine.needs import TO_RUN, Need, install_command
from forms_service.settings import Settings
from forms_service.upkeep.room import LITTLE, room_at

OLDEST_PYTHON = (3, 11)


def python(_: Settings) -> list[Finding]:
    well = sys.version_info >= OLDEST_PYTHON
    return [Finding("Python", well, platform.python_version(), "Install Python 3.11 or newer.")]


def libraries(_: Settings) -> list[Finding]:
    return [_library(need) for need in TO_RUN]


def _library(need: Need) -> Finding:
    return Finding(need.name, need.is_there(), need.why, install_command([need]), need.must)


def disk(settings: Settings) -> list[Finding]:
    """Where the data lies, or will lie."""
    free = room_at(settings.instance)
    said = f"{free / 1e9:.1f} GB free for {settings.instance}"
    return [Finding("Disk", free > LITTLE, said, "Make room, or choose another folder: --instance FOLDER")]


def clock(settings: Settings) -> list[Finding]:
    """A clock that runs before the program was written is certainly wrong."""
    written = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    now = datetime.now(UTC)
    here = f"{now.astimezone(settings.zone):%Y-%m-%d %H:%M} in {settings.timezone}"
    return [
        Finding("Clock", now >= written, here, "Set the clock: timedatectl set-ntp true"),
        Finding("Time zones", bool(available_timezones()), "known", "apt-get install tzdata"),
    ]
