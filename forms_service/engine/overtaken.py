"""Runs that a move has overtaken: repeating ones whose time is over, and all that concerns somebody who is silenced."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import and_, exists, or_, select

from forms_service.engine.begin import UNDER_WAY
from forms_service.engine.cancel import cancel_run
from forms_service.engine.close import OPEN
from forms_service.engine.context import Context
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.errors import MissingValue
from forms_service.language.definitions import Repeat
from forms_service.storage.runs import RunRow, StepRow


def is_over(repeat: Repeat, facts: dict[str, object]) -> bool:
    """Whether ``until`` has come true: a date that is set, or anything else that is not empty or false."""
    if repeat.until is None:
        return False
    try:
        return repeat.until.value(facts) not in (None, False, "")
    except MissingValue:
        return False


def end_overtaken(ctx: Context) -> None:
    """After a move: cancel the repeating runs about the same subject whose ``until`` is now true.

    Looked for again until none is left: on PostgreSQL a round may have begun while the lock of its series was awaited.
    """
    facts = ctx.facts()
    while overtaken := [run for run in _others(ctx, [ctx.subject]) if _has_its_time(ctx, run, facts)]:
        for run in overtaken:
            cancel_run(ctx.session, run.id, "overtaken", ctx.now)


def silence(ctx: Context) -> None:
    """After a move: stop everything else about those who must not be spoken to any more."""
    subjects = ctx.rt.service.silenced(ctx.session, ctx.subject)
    while others := _others(ctx, subjects):
        for run in others:
            cancel_run(ctx.session, run.id, "silenced", ctx.now)


def _others(ctx: Context, subjects: Sequence[Subject]) -> list[RunRow]:
    """Runs about these subjects with anything left to stop, but for the one at work; none about nothing at all."""
    about = [(RunRow.subject_kind == s.kind) & (RunRow.subject_id == s.id) for s in subjects if s != NO_SUBJECT]
    if not about:
        return []
    open_step = exists().where(StepRow.run_id == RunRow.id, StepRow.status.in_(OPEN))
    unfinished = or_(RunRow.status.in_(UNDER_WAY), and_(RunRow.status == "ended", open_step))
    found = select(RunRow).where(or_(*about), unfinished, RunRow.id != ctx.run.id)
    return list(ctx.session.scalars(found.execution_options(populate_existing=True)))


def _has_its_time(ctx: Context, run: RunRow, facts: dict[str, object]) -> bool:
    repeat = ctx.rt.library.of(ctx.session, run.definition_id).workflow.repeat
    return repeat is not None and run.status in UNDER_WAY and is_over(repeat, facts)
