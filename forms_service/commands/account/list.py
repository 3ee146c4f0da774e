"""``forms-service account list``: names, roles and how it stands; no password and no link."""

from __future__ import annotations

import argparse
import json

from forms_service.accounts.listed import Listed, everybody, listed
from forms_service.commands.runs.table import moment, table
from forms_service.engine.runtime import Runtime

HEADS = ("name", "address", "role", "office", "state", "last signed in")


def list_accounts(rt: Runtime, chosen: argparse.Namespace) -> str:
    now = rt.clock.now()
    with rt.database.reading() as session:
        rows = [_cells(rt, listed(row), listed(row).state(now)) for row in session.execute(everybody(now))]
    if chosen.json:
        return json.dumps([dict(zip(HEADS, row, strict=True)) for row in rows], ensure_ascii=False, indent=2)
    return table(HEADS, rows) if rows else "There is nobody yet. Begin with: forms-service account add --role admin …"


def _cells(rt: Runtime, each: Listed, state: str) -> tuple[str, ...]:
    last = each.account.signed_in_at if each.account else None
    return each.person.name, each.person.email or "", each.person.role, each.office or "", state, moment(last, rt.zone)
