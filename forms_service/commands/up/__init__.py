"""``forms-service up``: everything on one machine, until Ctrl-C."""

from __future__ import annotations

import sys
from threading import Event

from forms_service.commands.logs import log_to_terminal
from forms_service.commands.stop import stop_on_signals
from forms_service.commands.up.prepare import fill_demo, prepare_database
from forms_service.commands.up.ready import announce, wait_until_ready
from forms_service.settings import Settings
from forms_service.supervision.child import Part
from forms_service.supervision.crew import Crew
from forms_service.supervision.only_one import insist_on_free_port, only_one
from forms_service.supervision.valkey import url_of, valkey, wait_for


def up(settings: Settings) -> int:
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
    """The doorbell starts first, because it needs nobody; the pages before the worker, because people wait for them."""
    print("Starting …", flush=True)
    if not settings.redis_url:
        crew.start(valkey(settings.instance))
    is_empty = prepare_database(settings)
    if not settings.redis_url:
        wait_for(settings.instance)
    if is_empty:
        fill_demo(_part(settings, "demo", "--fill"))
    crew.start(_part(settings, "web", "--quiet"))
    if wait_until_ready(settings, crew, stop):
        crew.start(_part(settings, "worker", "--quiet"), _part(settings, "poller", "--quiet"))
        announce(settings)
    crew.tend_until(stop)
    print("Stopping …", flush=True)


def _part(settings: Settings, *command: str) -> Part:
    environment = {
        "FORMS_INSTANCE": str(settings.instance),
        "FORMS_DEMO": "yes" if settings.demo else "no",
        "FORMS_REDIS_URL": settings.redis_url or url_of(settings.instance),
    }
    return Part(command[0], (sys.executable, "-m", "forms_service", *command), environment)
