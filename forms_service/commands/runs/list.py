"""``forms-service runs list``."""

from __future__ import annotations

import argparse

from forms_service.commands.runs.as_json import as_json
from forms_service.commands.runs.table import moment, short, table
from forms_service.engine.operate.search import RunLine, RunSearch, find_runs
from forms_service.engine.runtime import Runtime

HEADS = ("run", "workflow", "status", "case", "started", "stands at")


def list_runs(rt: Runtime, chosen: argparse.Namespace) -> str:
    search = RunSearch(chosen.workflow, chosen.status, chosen.text, chosen.stopped)
    with rt.database.reading() as session:
        found = find_runs(rt, session, search, limit=max(1, chosen.limit))
    if chosen.json:
        return as_json(found.rows)
    if not found.rows:
        return "There are no such runs."
    more = f"\nOnly the newest {len(found.rows)} are shown; --limit shows more." if found.next else ""
    return table(HEADS, [_line(rt, run) for run in found.rows]) + more


def _line(rt: Runtime, run: RunLine) -> tuple[str, ...]:
    workflow = run.workflow if run.round is None else f"{run.workflow}, round {run.round}"
    status = f"{run.status} (stopped)" if run.stopped else run.status
    return short(run.id), workflow, status, run.subject, moment(run.started_at, rt.zone), ", ".join(run.now)
