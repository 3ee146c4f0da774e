"""Our static files with a mark of their content in the address, so that a browser asks for each only once."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.security import safe_join

MARK = "v"
FOR_EVER = "public, max-age=31536000, immutable"
A_WEEK = "public, max-age=604800"
"""A font has no mark: the style sheet that names it is a file as it lies there."""


def mark_files(app: Flask) -> None:
    """Every address that ``url_for("static", …)`` makes carries the mark of the file as it is now."""
    app.url_defaults(_mark)


def kept_for(response: Response) -> str:
    """How long a file may be kept: for ever under the mark of its own content, else until it is asked about."""
    name = str((request.view_args or {}).get("filename", ""))
    if response.status_code in {200, 206, 304} and request.args.get(MARK):
        return FOR_EVER if request.args[MARK] == mark_of(name) else "no-cache"
    return A_WEEK if name.endswith(".woff2") else "no-cache"


def mark_of(name: str) -> str:
    """Empty for a file that is not there."""
    folder = current_app.static_folder
    path = safe_join(folder, name) if folder else None
    try:
        state = Path(path or "").stat()
        return _digest(path or "", state.st_mtime_ns, state.st_size)
    except OSError:
        return ""


def _mark(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and MARK not in values:
        mark = mark_of(str(values.get("filename", "")))
        values.update({MARK: mark} if mark else {})


@lru_cache(maxsize=256)
def _digest(path: str, changed: int, size: int) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
