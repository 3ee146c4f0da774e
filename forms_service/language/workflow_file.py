"""Reads ``<key>.yaml``: who starts a workflow, how it repeats, and its steps."""

from __future__ import annotations

from forms_service.language.definitions import Repeat, Start, Workflow
from forms_service.language.form_file import own_key
from forms_service.language.nodes import Node
from forms_service.language.notes import Notes
from forms_service.language.record import Record
from forms_service.language.step_file import read_steps

WORKFLOW = ("workflow", "title", "about", "start", "repeat", "steps")


def read_workflow(node: Node, key: str, notes: Notes) -> Workflow | None:
    """The workflow as far as it can be read; everything wrong in it lies in ``notes``."""
    record = Record(node, "A workflow", WORKFLOW, notes)
    if not record.usable:
        return None
    own_key(record, "workflow", key)
    return Workflow(
        key=key,
        title=record.text("title", needed=True),
        place=record.place,
        start=_start(record),
        steps=read_steps(record.list("steps", needed=True), notes),
        about=record.text("about"),
        repeat=_repeat(record),
        places=record.places(),
    )


def _start(workflow: Record) -> Start:
    record = workflow.record("start", ("form", "by"))
    return Start(record.text("form"), record.words("by", needed=True)) if record else Start()


def _repeat(workflow: Record) -> Repeat | None:
    record = workflow.record("repeat", ("every", "from", "until"))
    if record is None:
        return None
    every, anchor = record.duration("every", needed=True), record.expression("from", needed=True)
    until = record.expression("until")
    return Repeat(every, anchor, until) if every and anchor else None
