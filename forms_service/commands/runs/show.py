"""``forms-service runs show``."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import replace

from forms_service.commands.runs.as_json import as_json
from forms_service.commands.runs.named import run_named
from forms_service.commands.runs.table import moment, short, table
from forms_service.engine.operate.detail import EventLine, RunDetail, StepLine, detail_of
from forms_service.engine.runtime import Runtime

STEPS = ("step", "path", "status", "attempts", "due", "finished", "whose", "problem")
MESSAGES = ("message", "path", "text", "to", "status", "attempts", "problem")
EVENTS = ("no", "at", "what", "path", "who", "detail")


def show_run(rt: Runtime, chosen: argparse.Namespace) -> str:
    """Ids, codes and roles; a reason is somebody's own words, and is for the page that says who reads it."""
    run_id = run_named(rt, chosen.run_id)
    with rt.database.reading() as session:
        found = _without_words(detail_of(rt, session, run_id))
    return as_json(found) if chosen.json else "\n\n".join(_parts(rt, found))


def _without_words(run: RunDetail) -> RunDetail:
    steps = tuple(replace(step, title="") for step in run.steps)
    events = tuple(replace(event, detail=_codes(event)) for event in run.events)
    return replace(run, steps=steps, events=events)


def _codes(event: EventLine) -> dict[str, object]:
    return {name: value for name, value in event.detail.items() if name != "reason"}


def _parts(rt: Runtime, run: RunDetail) -> Iterator[str]:
    yield "\n".join(_head(rt, run))
    yield table(STEPS, [_step(rt, step) for step in run.steps])
    if run.messages:
        yield table(
            MESSAGES,
            [
                (short(each.id), each.path, each.message, each.role, each.status, str(each.attempt), each.problem)
                for each in run.messages
            ],
        )
    yield table(EVENTS, [_event(rt, event) for event in run.events])


def _head(rt: Runtime, run: RunDetail) -> Iterator[str]:
    line = run.run
    yield f"{line.workflow}, version {run.version} of {run.newest_version}: {line.id}"
    yield f"{line.status} {run.outcome}".strip() + (f", case {line.subject}" if line.subject else "")
    yield f"started {moment(line.started_at, rt.zone)}" + (f" by {run.started_by}" if run.started_by else "")
    if run.paused_at:
        yield f"paused {moment(run.paused_at, rt.zone)}" + (" by itself" if run.paused_by_itself else "")
    if run.parent:
        yield f"started by {run.parent.workflow} {short(run.parent.id)}"
    for child in run.children:
        yield f"has started {child.workflow} {short(child.id)}: {child.status}"


def _step(rt: Runtime, step: StepLine) -> tuple[str, ...]:
    due = moment(step.late_at if step.verb == "ask" else step.due_at, rt.zone)
    whose = " ".join(filter(None, (step.role, step.person_id and short(step.person_id))))
    finished = moment(step.finished_at, rt.zone)
    return short(step.id), step.path, step.status, str(step.attempt), due, finished, whose, step.problem


def _event(rt: Runtime, event: EventLine) -> tuple[str, ...]:
    detail = ", ".join(f"{name}: {value}" for name, value in event.detail.items())
    return str(event.number), moment(event.at, rt.zone), event.kind, event.path, short(event.person_id or ""), detail
