"""Runs as lines of a list: where each stands, and which case it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.close import OPEN
from forms_service.engine.look import title_without_item
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject, subject_of
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import RunRow, StepRow

SAYS_NOTHING = ("remind", "late", "together", "each")
"""Verbs of rows that do not say where a run stands: their task, or the steps inside, do."""
NEEDS_A_PERSON = ("failed", "unknown", "withheld")
"""Statuses of messages about which somebody must decide."""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run in a list.

    ``subject`` is the case's number, else its kind and id; ``now`` are the titles (or paths) of its open steps.
    One that is not ``readable`` follows a version that cannot be read any more: its titles are not known.
    """

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
    readable: bool = True


def lines_of(rt: Runtime, session: Session, runs: Sequence[RunRow]) -> tuple[RunLine, ...]:
    """Three queries, however many they are."""
    ids = [run.id for run in runs]
    open_ones = select(StepRow).where(StepRow.run_id.in_(ids), StepRow.status.in_(OPEN))
    rows = session.scalars(open_ones.order_by(StepRow.created_at, StepRow.path)).all()
    troubled = select(MessageRow.run_id).where(MessageRow.run_id.in_(ids), MessageRow.status.in_(NEEDS_A_PERSON))
    stopped = {*session.scalars(troubled), *(row.run_id for row in rows if row.status == "incident")}
    numbers = rt.service.numbers(session, {subject_of(run) for run in runs})
    return tuple(
        _line(rt, session, run, [row for row in rows if row.run_id == run.id], numbers, run.id in stopped)
        for run in runs
    )


def _line(
    rt: Runtime, session: Session, run: RunRow, rows: list[StepRow], numbers: Mapping[Subject, str], stopped: bool
) -> RunLine:
    edition = rt.library.as_read(session, run.definition_id)
    stands = dict.fromkeys(title_without_item(edition, row) or row.path for row in rows if row.verb not in SAYS_NOTHING)
    return RunLine(
        id=run.id,
        workflow=run.workflow,
        title=edition.workflow.title if edition else run.workflow,
        status=run.status,
        subject=numbers.get(subject_of(run)) or f"{run.subject_kind} {run.subject_id}".strip(),
        started_at=run.started_at,
        ended_at=run.ended_at,
        round=run.round,
        now=tuple(stands),
        stopped=stopped,
        readable=edition is not None,
    )
