"""``forms-service links``: the one-time links of tasks, without their secrets."""

from __future__ import annotations

import argparse

from forms_service.commands.links.act import send, withdraw
from forms_service.commands.links.list import list_links
from forms_service.commands.logs import log_to_terminal
from forms_service.settings import Settings
from forms_service.wiring import open_runtime

DEEDS = {"list": list_links, "withdraw": withdraw, "send": send}


def links(settings: Settings, chosen: argparse.Namespace) -> int:
    """Raises FormsServiceError in words."""
    log_to_terminal(quiet=True)
    rt = open_runtime(settings, must_ring=False)
    try:
        print(DEEDS[chosen.deed](rt, chosen))
    finally:
        rt.database.close()
    return 0
