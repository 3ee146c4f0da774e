"""What a command gives: on the terminal, or in a file that somebody named."""

from __future__ import annotations

from pathlib import Path

from forms_service.errors import SettingsError


def put(text: str, out: Path | None) -> None:
    """Print it, or write it to ``out``."""
    if out is None:
        print(text, end="")
    else:
        write(text.encode("utf-8"), out)


def write(content: bytes, out: Path) -> None:
    """SettingsError in words when it cannot be written."""
    try:
        out.write_bytes(content)
    except OSError as error:
        raise SettingsError(f"{out} cannot be written: {error.strerror}") from None
