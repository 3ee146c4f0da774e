"""Stopping a run for good."""

from __future__ import annotations

from sqlalchemy import select

from forms_service.engine.cancel import cancel_run
from forms_service.engine.operate.act import Deed, locked_run
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyDone
from forms_service.storage.runs import RunRow, StepRow

OUTCOME = "stopped"
"""How a run ended that a person has cancelled."""


def cancel(rt: Runtime, run_id: str, reason: str, actor: Actor, *, children: bool = False) -> None:
    """Stop a run, everything open in it, its unsent messages and its links.

    With ``children`` also the runs that it has started and waits for: the parent first, each in a transaction of its
    own, so that nobody holds two locks. Raises ReasonMissing, NotFound, AlreadyDone.
    """
    deed = Deed(actor, reason)
    below = _children(rt, run_id) if children else []
    stopped = _cancel(rt, run_id, deed)
    if not stopped and not below:
        raise AlreadyDone
    for child_id in below:
        _cancel_child(rt, child_id, deed)


def _cancel(rt: Runtime, run_id: str, deed: Deed) -> bool:
    with rt.database.writing() as session:
        if locked_run(session, run_id).status not in UNDER_WAY:
            return False
        who = deed.actor
        cancel_run(
            session, run_id, OUTCOME, rt.clock.now(), person_id=who.person_id, reason=deed.reason.strip(), via=who.via
        )
    return True


def _cancel_child(rt: Runtime, run_id: str, deed: Deed) -> None:
    below = _children(rt, run_id)
    _cancel(rt, run_id, deed)
    for child_id in below:
        _cancel_child(rt, child_id, deed)


def _children(rt: Runtime, run_id: str) -> list[str]:
    """Runs under way that this one has started and waits for, or waited for when it was stopped."""
    found = (
        select(RunRow.id)
        .join(StepRow, StepRow.id == RunRow.parent_step_id)
        .where(StepRow.run_id == run_id, StepRow.child_run_id == RunRow.id, RunRow.status.in_(UNDER_WAY))
        .order_by(RunRow.started_at)
    )
    with rt.database.reading() as session:
        return list(session.scalars(found))
