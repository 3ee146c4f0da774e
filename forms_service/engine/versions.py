"""Moving runs to another version of their workflow: previewed, explicit, and refused where it would lose its way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.begin import REPEAT
from forms_service.engine.claim import context
from forms_service.engine.close import OPEN
from forms_service.engine.condition import heed_one
from forms_service.engine.context import Context
from forms_service.engine.edition import Edition
from forms_service.engine.fit import Passage, obstacle, warnings_of
from forms_service.engine.operate.act import Deed, locked_run
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.rhythm import has_another_rhythm, setting
from forms_service.engine.runtime import Runtime
from forms_service.engine.series import SHIFT
from forms_service.engine.service import Actor
from forms_service.engine.verbs.ask import titled
from forms_service.errors import DefinitionError, NotFound
from forms_service.language.definitions import Ask
from forms_service.storage.runs import DefinitionRow, RunRow, StepRow


@dataclass(frozen=True, slots=True)
class Move:
    """What moving one run means.

    ``refused`` is empty, or a code with what it concerns ("step_missing: talk"); ``open_steps`` are the paths at which
    the run stands; ``warnings`` are such codes that refuse nothing.
    """

    run_id: str
    workflow: str
    old: int
    new: int
    refused: str
    open_steps: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def preview(rt: Runtime, session: Session, run_ids: Sequence[str], version: int | None = None) -> tuple[Move, ...]:
    """What would become of runs when they were moved to a version (None: what new runs start on). Raises NotFound."""
    moves = []
    for run_id in run_ids:
        run = session.get(RunRow, run_id)
        if run is None:
            raise NotFound("there is no run with this id")
        moves.append(_look(rt, session, run, _definition(rt, session, run, version), _open_rows(session, run)))
    return tuple(moves)


def move_runs(rt: Runtime, run_ids: Sequence[str], version: int | None, reason: str, actor: Actor) -> tuple[Move, ...]:
    """Move each run that can be moved, in a transaction of its own; the others come back refused.

    Dates stay as they are, but for the next round of a series that gets another rhythm; open tasks get the new title
    and form. Raises ReasonMissing, NotFound.
    """
    deed = Deed(actor, reason)
    return tuple(_move(rt, run_id, version, deed) for run_id in run_ids)


def versions_of(session: Session, workflow: str) -> tuple[int, ...]:
    """All that were ever published, the oldest first."""
    found = select(DefinitionRow.version).where(DefinitionRow.workflow == workflow)
    return tuple(session.scalars(found.order_by(DefinitionRow.version)))


def _move(rt: Runtime, run_id: str, version: int | None, deed: Deed) -> Move:
    with rt.database.writing() as session:
        run = locked_run(session, run_id)
        target, rows = _definition(rt, session, run, version), _open_rows(session, run, hold=True)
        move = _look(rt, session, run, target, rows)
        if not move.refused:
            old = rt.library.of(session, run.definition_id)
            run.definition_id = target.id
            session.flush()
            _renew(rt, session, rows, old)
            deed.note_run(rt, session, run, "moved", old=str(move.old), new=str(move.new))
            heed_one(rt, session, run, rt.clock.now())
    return move


def _look(rt: Runtime, session: Session, run: RunRow, target: DefinitionRow, rows: Sequence[StepRow]) -> Move:
    old = session.get_one(DefinitionRow, run.definition_id).version
    move = Move(run.id, run.workflow, old, target.version, "", tuple(row.path for row in rows))
    if run.status not in UNDER_WAY:
        return replace(move, refused="over")
    if target.id == run.definition_id:
        return replace(move, refused="same_version")
    try:
        passage = Passage(rt.library.of(session, run.definition_id), rt.library.of(session, target.id))
    except DefinitionError:
        return replace(move, refused="unreadable")
    refused = obstacle(passage, rows)
    if refused:
        return replace(move, refused=refused)
    warnings = (*warnings_of(passage, session, run.id, rows), *_rounds(rt, session, run, rows, passage))
    return replace(move, warnings=warnings)


def _rounds(rt: Runtime, session: Session, run: RunRow, rows: Sequence[StepRow], passage: Passage) -> Iterator[str]:
    """The day of the next round, when the rounds fall on other days from now on: ``other_rounds: 2027-01-15``."""
    for row in rows:
        if row.path == REPEAT and has_another_rhythm(passage.old, passage.new):
            due_at = setting(Context(rt, session, passage.new, run, row, rt.clock.now()), passage.old).due_at
            yield f"other_rounds: {rt.day(due_at)}"


def _open_rows(session: Session, run: RunRow, *, hold: bool = False) -> Sequence[StepRow]:
    """Held so that no worker claims one of them before the run is on its new version."""
    rows = select(StepRow).where(StepRow.run_id == run.id, StepRow.status.in_(OPEN))
    rows = rows.order_by(StepRow.created_at, StepRow.path)
    rows = rows.with_for_update() if hold else rows
    return session.scalars(rows.execution_options(populate_existing=True)).all()


def _definition(rt: Runtime, session: Session, run: RunRow, version: int | None) -> DefinitionRow:
    if version is None and run.workflow in rt.library.current().workflows:
        return session.get_one(DefinitionRow, rt.library.newest(session, run.workflow).id)
    if version is None:  # no run starts on it any more
        version = max(versions_of(session, run.workflow))
    found = select(DefinitionRow).where(DefinitionRow.workflow == run.workflow, DefinitionRow.version == version)
    row = session.scalar(found)
    if row is None:
        raise NotFound(f"{run.workflow} has no version {version}")
    return row


def _renew(rt: Runtime, session: Session, rows: Sequence[StepRow], old: Edition) -> None:
    """Open tasks get the title and form of the new version, and a series its next day."""
    for row in rows:
        ctx = context(rt, session, row, rt.clock.now())
        if row.path == REPEAT:
            clock = setting(ctx, old)
            row.due_at, row.input = clock.due_at, {**row.input, SHIFT: clock.shift}
        elif row.verb == "ask" and not ctx.is_beside and isinstance(ctx.step, Ask) and row.form:
            form = ctx.edition.definitions.forms[ctx.step.form]
            row.form, row.title = form.key, titled(ctx, ctx.step.title or form.title)
