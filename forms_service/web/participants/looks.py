"""Who has looked at a participant, told shortly: the same look several times on one day is one line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, islice
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from forms_service.casework.lists.access_log import AccessLine, access_log
from forms_service.domain.people import Viewer

READ = 200
"""Lines of the log that are read to tell the last few."""

TOLD = 20


@dataclass(frozen=True, slots=True)
class Look:
    """``last`` is the newest of ``times`` looks of the same kind in a row."""

    last: AccessLine
    times: int


def last_looks(session: Session, viewer: Viewer, participant_id: str, zone: ZoneInfo) -> list[Look]:
    """The newest first; NotFound when the log is not the viewer's to see."""

    def same(line: AccessLine) -> tuple[object, ...]:
        return line.name, line.role, line.what, line.at.astimezone(zone).date()

    lines = access_log(session, viewer, participant_id, READ)
    grouped = ([*rows] for _, rows in groupby(lines, same))
    return [Look(rows[0], len(rows)) for rows in islice(grouped, TOLD)]
