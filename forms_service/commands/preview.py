"""``forms-service preview``: a form in the browser while its file is written; nothing is stored and nobody signs in."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from forms_service.app import create_app
from forms_service.clock import FrozenClock, RealClock
from forms_service.commands.check import templates_of
from forms_service.commands.form import FOLDER, place_of
from forms_service.errors import NotFound
from forms_service.language.files import gather
from forms_service.language.notes import Notes
from forms_service.rehearsal.stage import open_stage
from forms_service.settings import Settings
from forms_service.supervision.only_one import insist_on_free_port
from forms_service.web.preview.pages import alone
from forms_service.wiring import called_as, service_of

HOST = "127.0.0.1"
"""Whoever sits at this machine, and nobody else."""


class Silent(WSGIRequestHandler):
    """The page asks once a second whether the file has changed: no line for each."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - as werkzeug calls it
        return None


def preview(settings: Settings, form: str, port: int) -> int:
    """``form`` is one in the folder of the settings ("intake"), or the path of a file; it may have problems."""
    folder, key = place_of(settings, form)
    if not (folder / FOLDER / f"{key}.yaml").is_file():
        raise NotFound(f'There is no form "{key}" in {folder / FOLDER}')
    insist_on_free_port(HOST, port)
    server = make_server(HOST, port, preview_app(settings, folder.resolve()), request_handler=Silent)
    print(
        f"{key} as it is now: http://{HOST}:{port}/skjemaer/{key}\nThe page follows the file. Ctrl-C stops.", flush=True
    )
    server.serve_forever()
    return 0


def preview_app(settings: Settings, folder: Path) -> Flask:
    """The pages of one folder's forms, on an empty database in memory."""
    service = service_of(gather(folder, templates_of(folder, settings), Notes()), settings.zone)
    rt, _ = open_stage({}, service, FrozenClock(), settings.zone)
    own = replace(
        rt.settings, workflows=folder, secret_key=secrets.token_hex(), service=called_as(settings, service).service
    )
    app = create_app(replace(rt, settings=own, clock=RealClock()))
    app.register_blueprint(alone)
    return app
