"""The line of time on a participant's page: a page of keys from the database, and what each of them tells.

The coordinator sees all of it. Others see the milestones, the documents that they may open, and their own notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from flask import request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms_service.casework.lists.case_file import CaseFile
from forms_service.casework.timeline.kind import KINDS, Kind
from forms_service.casework.timeline.line import Line
from forms_service.casework.timeline.newest import everything, offered, unordered
from forms_service.domain.people import Viewer
from forms_service.engine.runtime import Runtime
from forms_service.web.choosing import chosen
from forms_service.web.paging import MOST_COUNTED, PAGE_SIZE, Page, place_in
from forms_service.web.participants.told import Told, told


class State(StrEnum):
    """How the mark on the line looks."""

    DONE = "done"
    PAST = "past"
    PROBLEM = "problem"


QUIET = frozenset({Kind.RUN_STARTED, Kind.CONTACT, Kind.MESSAGE, Kind.NOTE})
TROUBLE = frozenset({"failed", "unknown", "withheld"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One mark on the line; ``about`` is what it tells of."""

    kind: Kind
    at: datetime
    state: State
    about: Any


def line_of(rt: Runtime, viewer: Viewer, case: CaseFile, documents: Sequence[str] | None) -> Line:
    """As it is chosen in the address."""
    line = Line(viewer, case, documents, chosen("vis", offered(case)))
    last = _last_day()
    return replace(line, before=_end_of(last, rt)) if last else line


def entries(rt: Runtime, session: Session, line: Line) -> Page[Entry]:
    """A page of it, the newest first, however long the line is."""
    counted = unordered(line).limit(MOST_COUNTED + 1).subquery()
    place = place_in(session.scalar(select(func.count()).select_from(counted)) or 0)
    keys = session.execute(everything(line, place.before + PAGE_SIZE).offset(place.before)).all()
    found = told(rt, session, line, [(KINDS[kind], key) for _, kind, _, key in keys])
    named = [(at, KINDS[kind], key) for at, kind, _, key in keys]
    return place.with_items([_entry(kind, at, found[kind, key]) for at, kind, key in named if (kind, key) in found])


def chosen_day() -> str:
    last = _last_day()
    return last.isoformat() if last else ""


def _entry(kind: Kind, at: datetime, about: Told) -> Entry:
    state = State.PAST if kind in QUIET else State.DONE
    is_trouble = kind is Kind.MESSAGE and about.row.status in TROUBLE
    return Entry(kind, at, State.PROBLEM if is_trouble else state, about)


def _last_day() -> date | None:
    try:
        return date.fromisoformat(request.args.get("til", ""))
    except ValueError:
        return None


def _end_of(day: date, rt: Runtime) -> datetime | None:
    """The first moment after it, where the service is; none at the end of all days."""
    if day == date.max:
        return None
    return datetime.combine(day + timedelta(days=1), time.min, rt.zone).astimezone(UTC)
