"""``forms-service worker``: one process that makes documents and sends messages."""

from __future__ import annotations

from forms_service.commands.logs import log_to_terminal
from forms_service.commands.whose_people import insist_on_its_own_people
from forms_service.settings import Settings
from forms_service.wiring import doorbell_of, open_runtime
from forms_service.worker.bell import connect
from forms_service.worker.serve import work_forever


def worker(settings: Settings, quiet: bool = False) -> int:
    log_to_terminal(quiet)
    rt = open_runtime(settings)
    insist_on_its_own_people(settings, rt.database)
    work_forever(rt, connect(doorbell_of(settings), answer_within=None))
    rt.database.close()
    return 0
