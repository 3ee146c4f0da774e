"""Gunicorn: two processes with threads, each with a runtime of its own."""

from __future__ import annotations

import sys
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from forms_service.app import create_app
from forms_service.errors import FormsServiceError
from forms_service.settings import Settings
from forms_service.wiring import open_runtime

PROCESSES = 2
THREADS = 8
ACCESS_LINE = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)s ms"


class Server(BaseApplication):
    """The arbiter; the application is made after the fork, so that no open database crosses it."""

    def __init__(self, settings: Settings, quiet: bool) -> None:
        self.settings = settings
        self.quiet = quiet
        super().__init__()

    def load_config(self) -> None:
        for key, value in self._options().items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """In a worker, after the fork; what is wrong is said in words, and gunicorn does not try again."""
        try:
            return create_app(open_runtime(self.settings))
        except FormsServiceError as error:
            print(error, file=sys.stderr)
            sys.exit(Arbiter.APP_LOAD_ERROR)

    def _options(self) -> dict[str, Any]:
        settings = self.settings
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        return {
            "bind": f"{host}:{settings.port}",
            "workers": PROCESSES,
            "worker_class": "forms_service.commands.web.patience.PatientWorker",
            "threads": THREADS,
            "graceful_timeout": 5,
            "umask": 0o077,
            "control_socket_disable": True,
            "logger_class": "forms_service.commands.web.access_log.DiscreetLogger",
            "loglevel": "warning" if self.quiet else "info",
            "accesslog": None if self.quiet else "-",
            "access_log_format": ACCESS_LINE,
        }
