"""Runs whose pause depends on the day: ``while`` speaks of today, which no move has to change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import select

from forms_service.engine.condition import heed_one
from forms_service.engine.lock import lock_run
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.runtime import Runtime
from forms_service.storage.runs import RunRow


def pauses_by_day(rt: Runtime) -> Iterator[partial[bool]]:
    """A look at each run under way whose condition speaks of today."""
    with rt.database.reading() as session:
        versions = session.scalars(select(RunRow.definition_id).where(RunRow.status.in_(UNDER_WAY)).distinct()).all()
        dated = [version for version in versions if _speaks_of_today(rt, version)]
        runs = select(RunRow.id).where(RunRow.definition_id.in_(dated), RunRow.status.in_(UNDER_WAY))
        ids = session.scalars(runs).all() if dated else []
    yield from (partial(_heed, run_id=run_id) for run_id in ids)


def _speaks_of_today(rt: Runtime, definition_id: str) -> bool:
    with rt.database.reading() as session:
        edition = rt.library.if_readable(session, definition_id)
    when = edition.workflow.pause.when if edition else None
    return when is not None and "today" in when.names()


def _heed(rt: Runtime, run_id: str) -> bool:
    with rt.database.writing() as session:
        run = lock_run(session, run_id)
        before = run.status
        heed_one(rt, session, run, rt.clock.now())
        return run.status != before
