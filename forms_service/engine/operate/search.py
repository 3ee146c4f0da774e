"""Finding runs: a page of lines, the newest first, without the name of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from forms_service.engine.runtime import Runtime


@dataclass(frozen=True, slots=True)
class RunSearch:
    """What is looked for; empty means everything. ``text`` is the beginning of a run's id, a document's number, or a
    start key. ``stopped`` finds runs with an incident or a message that somebody must look at."""

    workflow: str = ""
    status: str = ""
    text: str = ""
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in a list. ``subject`` is the case's number, else its kind and id; ``now`` are the titles (or paths) of its
    open steps."""

    id: str
    workflow: str
    title: str
    status: str
    subject: str
    started_at: datetime
    ended_at: datetime | None
    round: int | None
    now: tuple[str, ...]
    stopped: bool


@dataclass(frozen=True, slots=True)
class RunList:
    """One page of runs; ``next`` is handed in as ``after`` to get the page that follows, empty when there is none."""

    rows: tuple[RunLine, ...]
    next: str


def find_runs(rt: Runtime, session: Session, search: RunSearch, *, limit: int = 50, after: str = "") -> RunList:
    """Runs that match, the newest first; three queries and one more for each subject."""
    raise NotImplementedError
