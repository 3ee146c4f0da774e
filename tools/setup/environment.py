"""The Python environment in .venv: exactly what is locked, installed again only when a lock changed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tools.setup.say import SetupFailed, run, say, step

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
MARKER = VENV / "installed"
"""What the environment was made from; not there while it is being made."""

SCRIPT = """#!/bin/sh
# The command forms-service of this checkout.
exec "$(dirname "$0")/python" -m forms_service "$@"
"""


def prepare(lock: Path) -> None:
    """Make .venv hold what ``lock`` names. Everything in requirements.lock is in requirements-dev.lock too."""
    if _is_whole(lock):
        return
    MARKER.unlink(missing_ok=True)
    if not _answers():
        _create()
    with step(f"Installing the Python packages of {lock}"):
        install(lock)
    _link_checkout()
    MARKER.write_text(_state(lock), encoding="utf-8")


def add(lock: Path) -> None:
    """Add what a smaller lock names to an environment that is whole, unless it is there; its pins agree with ours."""
    marker = VENV / lock.name
    if marker.is_file() and marker.read_text(encoding="utf-8") == _state(lock):
        return
    with step(f"Installing the Python packages of {lock}"):
        install(lock)
    marker.write_text(_state(lock), encoding="utf-8")


def install(lock: Path) -> None:
    """What the lock names, each file with the hash that stands there."""
    quietly = ("--quiet", "--disable-pip-version-check")
    run([str(PYTHON), "-m", "pip", "install", *quietly, "--require-hashes", "-r", str(lock)])


def _is_whole(lock: Path) -> bool:
    """The development lock holds everything that running needs, so either marker will do for running."""
    enough = {_state(lock), _state(Path("requirements-dev.lock"))}
    return MARKER.is_file() and MARKER.read_text(encoding="utf-8") in enough and PYTHON.exists()


def _state(lock: Path) -> str:
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{lock} {digest}\n{sys.version}\n{VENV.absolute()}\n"


def _answers() -> bool:
    """The environment's Python starts, and is the version that is asked for; a moved or copied .venv does not count."""
    if not PYTHON.exists():
        return False
    question = "import sys; print(sys.prefix, *sys.version_info[:2])"
    done = subprocess.run([str(PYTHON), "-c", question], capture_output=True, text=True, check=False)
    return done.stdout.strip() == f"{VENV.absolute()} {sys.version_info[0]} {sys.version_info[1]}"


def _create() -> None:
    if VENV.exists():
        say("  The environment in .venv is of another place or Python; making it anew")
        shutil.rmtree(VENV)
    with step("Making an environment in .venv"):
        try:
            run([sys.executable, "-m", "venv", str(VENV)])
        except SetupFailed as problem:
            shutil.rmtree(VENV, ignore_errors=True)
            hint = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
            raise SetupFailed(f"{problem}\nIf venv or ensurepip is missing: apt-get install {hint}") from None


def _link_checkout() -> None:
    """Make the checkout importable and ``.venv/bin/forms-service`` callable: no build, nothing to reinstall."""
    (site,) = (VENV / "lib").glob("python*/site-packages")
    (site / "forms_service_checkout.pth").write_text(f"{Path.cwd()}\n", encoding="utf-8")
    script = VENV / "bin" / "forms-service"
    script.write_text(SCRIPT, encoding="utf-8")
    script.chmod(0o755)
