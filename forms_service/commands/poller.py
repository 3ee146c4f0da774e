"""``forms-service poller``: sweep, ring, sleep."""

from __future__ import annotations

import time
from dataclasses import replace

from forms_service.clock import SteadyClock
from forms_service.commands.logs import log_to_terminal
from forms_service.commands.stop import stop_on_signals
from forms_service.commands.whose_people import insist_on_its_own_people
from forms_service.settings import Settings
from forms_service.wiring import open_runtime
from forms_service.worker.poll import poll_forever


def poller(settings: Settings, quiet: bool = False) -> int:
    log_to_terminal(quiet)
    stop = stop_on_signals()
    rt = open_runtime(settings)
    insist_on_its_own_people(settings, rt.database)
    if not settings.demo:  # a demo's clock is meant to leap
        rt = replace(rt, clock=SteadyClock(rt.clock, time.monotonic))
    poll_forever(rt, stop)
    rt.database.close()
    return 0
