"""One deed of a command that has several, with the runtime open for as long as it takes."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping

from forms_service.commands.logs import log_to_terminal
from forms_service.engine.runtime import Runtime
from forms_service.settings import Settings
from forms_service.wiring import open_runtime

Deed = Callable[[Runtime, argparse.Namespace], str]


def do(deeds: Mapping[str, Deed], settings: Settings, chosen: argparse.Namespace) -> int:
    """Prints what the chosen deed tells. Raises FormsServiceError in words."""
    log_to_terminal(quiet=True)
    rt = open_runtime(settings, must_ring=False)
    try:
        print(deeds[chosen.deed](rt, chosen))
    finally:
        rt.database.close()
    return 0
