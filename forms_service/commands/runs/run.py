"""``forms-service runs``: look at runs, or do something to them."""

from __future__ import annotations

import argparse

from forms_service.commands.logs import log_to_terminal
from forms_service.commands.runs.act import ACTS
from forms_service.commands.runs.list import list_runs
from forms_service.commands.runs.show import show_run
from forms_service.settings import Settings
from forms_service.wiring import open_runtime

DEEDS = {"list": list_runs, "show": show_run, **ACTS}


def runs(settings: Settings, chosen: argparse.Namespace) -> int:
    """Raises FormsServiceError in words."""
    log_to_terminal(quiet=True)
    rt = open_runtime(settings, must_ring=False)
    try:
        print(DEEDS[chosen.deed](rt, chosen))
    finally:
        rt.database.close()
    return 0
