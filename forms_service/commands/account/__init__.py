"""``forms-service account``: who may sign in, for the first administrator and for those that are locked out."""

from __future__ import annotations

import argparse

from forms_service.commands.account.act import add, close_access, invite_again, let_in, reopen_access
from forms_service.commands.account.list import list_accounts
from forms_service.commands.deed import do
from forms_service.settings import Settings

DEEDS = {
    "add": add,
    "list": list_accounts,
    "invite": invite_again,
    "unlock": let_in,
    "close": close_access,
    "reopen": reopen_access,
}


def account(settings: Settings, chosen: argparse.Namespace) -> int:
    """Raises FormsServiceError in words."""
    return do(DEEDS, settings, chosen)
