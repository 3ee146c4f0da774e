"""What all that people do to runs has in common: a reason, the run's lock before anything else, an event."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.claim import context
from forms_service.engine.context import Context
from forms_service.engine.history import record
from forms_service.engine.lock import lock_run
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import NotFound, ReasonMissing
from forms_service.storage.runs import RunRow, StepRow


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does something, and why. Raises ReasonMissing when nobody says why."""

    actor: Actor
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ReasonMissing

    def note(self, ctx: Context, kind: str, **detail: str) -> None:
        """The event of a step."""
        self.note_run(ctx.rt, ctx.session, ctx.run, kind, path=ctx.row.path, **detail)

    def note_run(self, rt: Runtime, session: Session, run: RunRow, kind: str, path: str = "", **detail: str) -> None:
        """The event of a whole run."""
        now, who = rt.clock.now(), self.actor
        said = {"reason": self.reason.strip(), "via": who.via, **detail}
        record(session, run.id, kind, now, path=path, person_id=who.person_id, **said)


def locked_run(session: Session, run_id: str) -> RunRow:
    """The run, locked. Raises NotFound."""
    if session.get(RunRow, run_id) is None:
        raise NotFound("there is no run with this id")
    return lock_run(session, run_id)


def locked_step(rt: Runtime, session: Session, step_id: str) -> Context:
    """A step as it is now; its run is locked, then its row, which a worker may be about to claim. Raises NotFound."""
    known = session.get(StepRow, step_id)
    if known is None:
        raise NotFound("there is no step with this id")
    lock_run(session, known.run_id)
    found = select(StepRow).where(StepRow.id == step_id).with_for_update()
    row = session.execute(found.execution_options(populate_existing=True)).scalar_one()
    return context(rt, session, row, rt.clock.now())
