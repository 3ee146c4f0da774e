"""The installation's secret key, made once and readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from forms_service.settings.words import secret

FILE = "secret_key"


def secret_key(instance: Path, make: bool = True) -> str:
    """The key in the instance folder; made when there is none, and thrown away unless ``make``.

    Raises ValueError or OSError.
    """
    file = instance / FILE
    if not file.exists():
        if not make:
            return _new()
        _make(file)
    return secret(file.read_text(encoding="ascii"))


def _new() -> str:
    return secrets.token_urlsafe(48)


def _make(file: Path) -> None:
    """Written beside and linked into place: of two processes that start together, both use the first one's key."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{FILE}.{os.getpid()}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(_new())
    try:
        os.link(beside, file)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
