"""``forms-service runs``: look at runs, or do something to them."""

from __future__ import annotations

import argparse

from forms_service.commands.deed import do
from forms_service.commands.runs.act import ACTS
from forms_service.commands.runs.list import list_runs
from forms_service.commands.runs.show import show_run
from forms_service.settings import Settings

DEEDS = {"list": list_runs, "show": show_run, **ACTS}


def runs(settings: Settings, chosen: argparse.Namespace) -> int:
    """Raises FormsServiceError in words."""
    return do(DEEDS, settings, chosen)
