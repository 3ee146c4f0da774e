"""``forms-service check`` on the folder that is served, in a process of its own that is given so long and no longer."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from forms_service.settings import Settings

SECONDS = 20.0
"""The shipped folder takes two."""
MOST_LINES = 400

_one_at_a_time = Lock()


@dataclass(frozen=True, slots=True)
class Verdict:
    """``said`` is what the command printed, or None when it was not done: ``why`` is ``busy`` or ``too_slow``."""

    well: bool
    said: str | None
    why: str = ""


def check_folder(settings: Settings) -> Verdict:
    """One at a time in each process of the web server, so that no one can keep the machine busy with it."""
    if not _one_at_a_time.acquire(blocking=False):
        return Verdict(well=False, said=None, why="busy")
    try:
        return _check(settings)
    finally:
        _one_at_a_time.release()


def _check(settings: Settings) -> Verdict:
    command = [sys.executable, "-m", "forms_service", "check", "--instance", str(settings.instance)]
    command.append(str(settings.workflows))
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - ours
    except subprocess.TimeoutExpired:
        return Verdict(well=False, said=None, why="too_slow")
    return Verdict(done.returncode == 0, _readable(done.stdout + done.stderr, settings.workflows))


def _readable(said: str, workflows: Path) -> str:
    """The files as their author calls them; a folder full of mistakes is shown as far as anybody reads."""
    lines = said.replace(f"{workflows.parent}/", "").splitlines()
    more = [f"… {len(lines) - MOST_LINES} lines more"] if len(lines) > MOST_LINES else []
    return "\n".join(lines[:MOST_LINES] + more)
