"""Reads ``<key>.yaml``: who starts a workflow, how it repeats and pauses, and its steps."""

from __future__ import annotations

from forms_service.language.definitions import Missed, Overlap, Pause, PauseClock, Repeat, Start, Workflow
from forms_service.language.form_file import own_key
from forms_service.language.keys.workflow import PAUSE, REPEAT, START, WORKFLOW
from forms_service.language.nodes import Node
from forms_service.language.notes import Notes
from forms_service.language.record import Record
from forms_service.language.step_file import read_steps


def read_workflow(node: Node, key: str, notes: Notes) -> Workflow | None:
    """The workflow as far as it can be read; everything wrong in it lies in ``notes``."""
    record = Record(node, WORKFLOW, notes)
    if not record.usable:
        return None
    own_key(record, "workflow", key)
    start = record.record("start", START)
    return Workflow(
        key=key,
        title=record.text("title"),
        place=record.place,
        start=_start(start) if start else Start(),
        steps=read_steps(record.list("steps"), notes),
        about=record.text("about"),
        repeat=_repeat(record, starts_itself=start is not None and start.has("on")),
        pause=_pause(record),
        places=record.places(),
    )


def _start(record: Record) -> Start:
    if "form" in record and "on" in record:
        record.notes.add(record.at("on"), '"on" does not go together with "form": nobody fills it in on that day.')
    if not record.has("on"):
        record.need("by", "" if record.has("form") else 'Or "on": a date on which it starts by itself.')
    return Start(record.text("form"), record.words("by"), record.expression("on"))


def _repeat(workflow: Record, *, starts_itself: bool) -> Repeat | None:
    record = workflow.record("repeat", REPEAT)
    if record is None:
        return None
    every, anchor, until = record.duration("every"), record.expression("from"), record.expression("until")
    missed = record.one_of("missed", Missed, Missed.LATEST)
    overlap = record.one_of("overlap", Overlap, Overlap.SKIP)
    if not starts_itself:
        record.need("from")
    readable = every and (anchor or (starts_itself and "from" not in record))
    return Repeat(every, anchor, until, missed, overlap) if every and readable else None


def _pause(workflow: Record) -> Pause:
    record = workflow.record("pause", PAUSE)
    if record is None:
        return Pause()
    return Pause(record.one_of("clock", PauseClock, PauseClock.STOPS), record.expression("while"))
