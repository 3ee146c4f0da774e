"""``forms-service links``: the one-time links of tasks, without their secrets."""

from __future__ import annotations

import argparse

from forms_service.commands.deed import do
from forms_service.commands.links.act import send, withdraw
from forms_service.commands.links.list import list_links
from forms_service.settings import Settings

DEEDS = {"list": list_links, "withdraw": withdraw, "send": send}


def links(settings: Settings, chosen: argparse.Namespace) -> int:
    """Raises FormsServiceError in words."""
    return do(DEEDS, settings, chosen)
