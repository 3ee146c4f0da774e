"""The access log: when, what, how it went; never who, from where, with what."""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger
from gunicorn.http.message import Request

from forms_service.engine.letter import PATH

SECRETS = ("/l/", PATH)
"""How the paths of one-time links begin; what follows is the secret."""


class DiscreetLogger(Logger):
    """Leaves out query strings, addresses, names, browsers, and the secret part of a one-time link."""

    def atoms(self, resp: Any, req: Request, environ: MutableMapping[str, Any], request_time: timedelta) -> Any:
        atoms: dict[str, Any] = {**super().atoms(resp, req, environ, request_time)}
        allowed = {key: atoms[key] for key in ("t", "m", "s", "B", "M")}
        return {**allowed, "U": discreet(environ.get("PATH_INFO", ""))}


def discreet(path: str) -> str:
    secret = next((beginning for beginning in SECRETS if path.startswith(beginning)), "")
    return f"{secret}…" if secret else path.replace("\n", "").replace("\r", "")
