"""Pausing a run and taking it on again, by a person."""

from __future__ import annotations

from forms_service.engine.operate.act import Deed, locked_run
from forms_service.engine.pause import PAUSED, go_on, hold
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyDone


def pause_run(rt: Runtime, run_id: str, reason: str, actor: Actor) -> None:
    """Nothing happens in the run until somebody resumes it; tasks can still be answered.

    A run that has paused by itself is from now on paused by a person. Raises ReasonMissing, NotFound, AlreadyDone.
    """
    deed = Deed(actor, reason)
    with rt.database.writing() as session:
        run = locked_run(session, run_id)
        if run.status == PAUSED and run.paused_by_itself:
            run.paused_by_itself = False
        elif run.status == "active":
            hold(session, run, rt.clock.now(), by_itself=False)
        else:
            raise AlreadyDone
        deed.note_run(rt, session, run, "run_paused")


def resume_run(rt: Runtime, run_id: str, reason: str, actor: Actor) -> None:
    """The run goes on where it was, also when it had paused by itself. Raises ReasonMissing, NotFound, AlreadyDone."""
    deed = Deed(actor, reason)
    with rt.database.writing() as session:
        run = locked_run(session, run_id)
        if run.status != PAUSED:
            raise AlreadyDone
        go_on(rt, session, run, rt.clock.now())
        deed.note_run(rt, session, run, "run_resumed")
