"""The access log about one participant as a file for a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from zoneinfo import ZoneInfo

from forms_service.casework.lists.access_log import AccessLine
from forms_service.casework.lists.spreadsheet import spreadsheet
from forms_service.texts import say

HEADS = ("at", "name", "role", "office", "what", "object", "reason", "seal")


def access_file(lines: Iterable[AccessLine], zone: ZoneInfo, role_words: Callable[[str], str]) -> bytes:
    """CSV. Moments are ISO 8601 with the offset of the service's place."""
    rows = (
        (
            line.at.astimezone(zone).isoformat(timespec="seconds"),
            line.name or say("looks.nobody"),
            role_words(line.role),
            line.office or "",
            line.what_words,
            line.object_id or "",
            line.why_words,
            str(line.seal or ""),
        )
        for line in lines
    )
    return spreadsheet([say(f"looks.heads.{head}") for head in HEADS], rows)
