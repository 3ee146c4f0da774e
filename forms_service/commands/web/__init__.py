"""``forms-service web``: gunicorn with its settings in code."""

from __future__ import annotations

from forms_service.commands.logs import log_to_terminal
from forms_service.commands.web.server import Server
from forms_service.commands.whose_people import insist_on_its_own_people
from forms_service.settings import Settings
from forms_service.supervision.only_one import insist_on_free_port
from forms_service.wiring import open_prepared


def web(settings: Settings, quiet: bool = False) -> int:
    """Refuses in words what gunicorn would find out again and again in its workers."""
    log_to_terminal(quiet)
    insist_on_free_port(settings.host, settings.port)
    database = open_prepared(settings)
    insist_on_its_own_people(settings, database)
    database.close()
    Server(settings, quiet).run()
    return 0
