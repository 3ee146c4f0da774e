"""``forms-service up``: everything on one machine, until Ctrl-C."""

from __future__ import annotations

import os
import sys
from threading import Event

from forms_service.commands.logs import log_to_terminal
from forms_service.commands.stop import stop_on_signals
from forms_service.commands.up.prepare import prepare_instance
from forms_service.commands.up.ready import announce, wait_until_ready
from forms_service.settings import Settings
from forms_service.supervision.child import Part
from forms_service.supervision.crew import Crew
from forms_service.supervision.only_one import insist_on_free_port, only_one
from forms_service.supervision.valkey import url_of, valkey, wait_for

PARTS = ("web", "worker", "poller")


def up(settings: Settings) -> int:
    """Files that are made are for this user only: they hold what people wrote."""
    os.umask(0o077)
    log_to_terminal(quiet=True)
    with only_one(settings.instance):
        insist_on_free_port(settings.host, settings.port)
        stop = stop_on_signals()
        crew = Crew()
        try:
            _run(settings, crew, stop)
        finally:
            crew.stop()
    print("Stopped.", flush=True)
    return 0


def _run(settings: Settings, crew: Crew, stop: Event) -> None:
    """The doorbell starts first, because it needs nobody; the database is made ready meanwhile."""
    print("Starting …", flush=True)
    if not settings.redis_url:
        crew.start(valkey(settings.instance))
    prepare_instance(settings)
    if not settings.redis_url:
        wait_for(settings.instance)
    crew.start(*(_part(settings, name) for name in PARTS))
    if wait_until_ready(settings, crew, stop):
        announce(settings)
    crew.tend_until(stop)
    print("Stopping …", flush=True)


def _part(settings: Settings, name: str) -> Part:
    environment = {
        "FORMS_INSTANCE": str(settings.instance),
        "FORMS_DEMO": "yes" if settings.demo else "no",
        "FORMS_REDIS_URL": settings.redis_url or url_of(settings.instance),
    }
    return Part(name, (sys.executable, "-m", "forms_service", name, "--quiet"), environment)
