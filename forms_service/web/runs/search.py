"""What is looked for in the list of runs, as it stands in the address."""

from __future__ import annotations

from typing import Any

from flask import request

from forms_service.engine.operate.search import UNFINISHED, RunSearch
from forms_service.web.runs.looks import sees_cases

LARGEST = 2**31 - 1
STATUSES = ("active", "paused", UNFINISHED, "ended", "cancelled")


def asked_for() -> RunSearch:
    """An unknown status finds nothing, as an unknown workflow does."""
    given = request.args
    return RunSearch(
        workflow=given.get("arbeidsflyt", ""),
        status=given.get("status", ""),
        text=given.get("sok", "").strip(),
        stopped=given.get("stoppet") == "ja",
        by_document=sees_cases(),
        version=_version(given.get("versjon", 0, type=int)),
    )


def in_address(search: RunSearch) -> dict[str, Any]:
    """The same as parts of an address; what is empty is left out."""
    parts = {
        "arbeidsflyt": search.workflow,
        "status": search.status,
        "sok": search.text,
        "stoppet": "ja" if search.stopped else "",
        "versjon": search.version or "",
    }
    return {name: value for name, value in parts.items() if value}


def _version(number: int) -> int:
    """No database has a number that is longer."""
    return number if 0 <= number <= LARGEST else 0
