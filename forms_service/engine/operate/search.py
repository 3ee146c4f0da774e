"""Finding runs: a page of lines, the newest first, without the name of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from forms_service.engine.operate.lines import NEEDS_A_PERSON, RunLine, lines_of
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.runtime import Runtime
from forms_service.errors import NotFound
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import DefinitionRow, RunRow, StepRow

UNFINISHED = "unfinished"
"""Under way or paused."""

__all__ = ["UNFINISHED", "RunLine", "RunList", "RunSearch", "find_runs", "is_stopped"]


@dataclass(frozen=True, slots=True)
class RunSearch:
    """What is looked for; empty means everything, and so does version 0. ``status`` may also be UNFINISHED.

    ``text`` is the beginning of a run's id or of its start key, or a document's number. ``stopped`` finds runs with an
    incident, or with a message that somebody must look at.
    """

    workflow: str = ""
    status: str = ""
    text: str = ""
    stopped: bool = False
    by_document: bool = True
    """Whether ``text`` may be a document's number, which tells whose case the run belongs to."""
    version: int = 0


@dataclass(frozen=True, slots=True)
class RunList:
    """One page of runs; ``next`` is handed in as ``after`` to get the page that follows, empty when there is none."""

    rows: tuple[RunLine, ...]
    next: str


def find_runs(rt: Runtime, session: Session, search: RunSearch, *, limit: int = 50, after: str = "") -> RunList:
    """Runs that match, the newest first. Raises NotFound for an ``after`` that no page has given."""
    found = select(RunRow).where(*_conditions(search), *_behind(after))
    newest_first = found.order_by(RunRow.started_at.desc(), RunRow.id.desc()).limit(limit + 1)
    runs = session.scalars(newest_first).all()
    page = runs[:limit]
    return RunList(lines_of(rt, session, page), _mark(page[-1]) if len(runs) > limit else "")


def is_stopped() -> ColumnElement[bool]:
    """Whether a run has an incident, or a message that somebody must look at."""
    incident = exists().where(StepRow.run_id == RunRow.id, StepRow.status == "incident")
    message = exists().where(MessageRow.run_id == RunRow.id, MessageRow.status.in_(NEEDS_A_PERSON))
    return or_(incident, message)


def _conditions(search: RunSearch) -> Sequence[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if search.workflow:
        conditions.append(RunRow.workflow == search.workflow)
    if search.status == UNFINISHED:
        conditions.append(RunRow.status.in_(UNDER_WAY))
    elif search.status:
        conditions.append(RunRow.status == search.status)
    if search.version:
        of_version = select(DefinitionRow.id).where(DefinitionRow.version == search.version)
        conditions.append(RunRow.definition_id.in_(of_version))
    if search.text.strip():
        conditions.append(_has(search.text.strip(), by_document=search.by_document))
    if search.stopped:
        conditions.append(is_stopped())
    return conditions


def _has(text: str, *, by_document: bool) -> ColumnElement[bool]:
    numbered = exists().where(DocumentRow.run_id == RunRow.id, DocumentRow.number == text)
    begins = RunRow.id.startswith(text, autoescape=True) | RunRow.start_key.startswith(text, autoescape=True)
    return or_(begins, numbered) if by_document else begins


def _mark(run: RunRow) -> str:
    return f"{run.started_at.isoformat()}|{run.id}"


def _behind(mark: str) -> Sequence[ColumnElement[bool]]:
    if not mark:
        return ()
    moment, _, run_id = mark.partition("|")
    try:
        started = datetime.fromisoformat(moment)
        return (or_(RunRow.started_at < started, (RunRow.started_at == started) & (RunRow.id < run_id)),)
    except ValueError:
        raise NotFound("there is no such page") from None
