"""``forms-service access-log``: whether the log of who has looked is whole, and what it says of one participant."""

from __future__ import annotations

import argparse

from forms_service.commands.access_log.export import export
from forms_service.commands.access_log.verify import verify_log
from forms_service.commands.deed import do
from forms_service.settings import Settings

DEEDS = {"verify": verify_log, "export": export}


def access_log(settings: Settings, chosen: argparse.Namespace) -> int:
    """Raises FormsServiceError in words."""
    return do(DEEDS, settings, chosen)
