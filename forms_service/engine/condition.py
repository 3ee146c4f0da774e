"""Runs that pause by themselves: ``while`` of a workflow, looked at when a run begins and after every move."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.context import Context
from forms_service.engine.edition import Edition
from forms_service.engine.history import record
from forms_service.engine.lock import lock_run
from forms_service.engine.pause import PAUSED, UNDER_WAY, go_on, hold
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, subject_of
from forms_service.errors import ExpressionError, MissingValue
from forms_service.storage.runs import EventRow, RunRow

UNCLEAR = "condition_unclear"
"""The event of a run whose condition could not be worked out."""

log = logging.getLogger(__name__)

Names = Mapping[str, object]


def heed(ctx: Context) -> None:
    """After a move: pause the runs about the same subject whose condition is now true, and take on those it held.

    Looked for again until none is left: on PostgreSQL a round may have begun while the lock of its series was awaited.
    """
    if ctx.subject == NO_SUBJECT:  # runs about nothing are not about the same thing
        return
    if not any(run.status == PAUSED or _has_condition(ctx, run) for run in _about(ctx)):
        return
    names = ctx.known()
    is_wrong = partial(_is_wrong, ctx.rt, ctx.session, names=names, now=ctx.now)
    while turned := [run.id for run in _about(ctx) if is_wrong(run)]:
        for run_id in turned:
            run = lock_run(ctx.session, run_id)
            if is_wrong(run):  # unless somebody was first while the lock was awaited
                _turn(ctx.rt, ctx.session, run, ctx.now)


def heed_one(rt: Runtime, session: Session, run: RunRow, now: datetime) -> None:
    """Look at one run alone, whose row is locked: it follows another version now."""
    if _is_wrong(rt, session, run, rt.known(session, subject_of(run), now), now):
        _turn(rt, session, run, now)


def pause_from_birth(rt: Runtime, session: Session, run: RunRow, edition: Edition, now: datetime) -> None:
    """Pause a run that has just begun while its condition holds."""
    if edition.workflow.pause.when is None:
        return
    if run.round is None and subject_of(run) != NO_SUBJECT:
        _let_movers_finish(session, run)
    if _holds(session, run, edition, rt.known(session, subject_of(run), now), now):
        _pause(session, run, now)


def _let_movers_finish(session: Session, run: RunRow) -> None:
    """On PostgreSQL a move that makes the condition true may be under way: it cannot see this run, nor this run it.

    Whoever moves holds the row of a run about the same subject, so with these rows held a move is over, or comes after
    this run. A round needs no such wait: its series is held by us, and the move, which waits for it, looks again.
    """
    about = (RunRow.subject_kind == run.subject_kind) & (RunRow.subject_id == run.subject_id)
    others = select(RunRow.id).where(about, RunRow.status.in_(UNDER_WAY), RunRow.id != run.id)
    if session.scalars(others.order_by(RunRow.id).with_for_update()).all():
        session.flush()
        session.expire_all()  # what was read before may be of the past


def _about(ctx: Context) -> list[RunRow]:
    about = (RunRow.subject_kind == ctx.subject.kind) & (RunRow.subject_id == ctx.subject.id)
    found = select(RunRow).where(about, RunRow.status.in_(UNDER_WAY)).order_by(RunRow.id)
    return list(ctx.session.scalars(found.execution_options(populate_existing=True)))


def _has_condition(ctx: Context, run: RunRow) -> bool:
    edition = ctx.rt.library.if_readable(ctx.session, run.definition_id)
    return edition is not None and edition.workflow.pause.when is not None


def _is_wrong(rt: Runtime, session: Session, run: RunRow, names: Names, now: datetime) -> bool:
    """Whether it goes on while its condition holds, or is held by a condition that does not.

    A run whose version cannot be read any more stays as it is: it shall not stop a move of another.
    """
    by_a_person = run.status == PAUSED and not run.paused_by_itself
    if by_a_person or run.status not in {"active", PAUSED}:
        return False
    edition = rt.library.if_readable(session, run.definition_id)
    holds = _holds(session, run, edition, names, now) if edition else None
    return holds is not None and holds is not (run.status == PAUSED)


def _turn(rt: Runtime, session: Session, run: RunRow, now: datetime) -> None:
    if run.status == PAUSED:
        go_on(rt, session, run, now)
        record(session, run.id, "run_resumed", now, by_itself=True)
    else:
        _pause(session, run, now)


def _pause(session: Session, run: RunRow, now: datetime) -> None:
    hold(session, run, now, by_itself=True)
    record(session, run.id, "run_paused", now, by_itself=True)


def _holds(session: Session, run: RunRow, edition: Edition, names: Names, now: datetime) -> bool | None:
    """None when it cannot be worked out, which is written down: a fact has become another kind of thing."""
    when = edition.workflow.pause.when
    try:
        return when is not None and when.holds(names)
    except MissingValue:
        return False
    except ExpressionError as error:
        _note_once(session, run, f"{error.code}: {error}", now)
        return None


def _note_once(session: Session, run: RunRow, problem: str, now: datetime) -> None:
    """Moves may come by the hundred; the story of the run shall not be that of its condition."""
    newest = select(EventRow.kind).where(EventRow.run_id == run.id).order_by(EventRow.number.desc()).limit(1)
    if session.scalar(newest) != UNCLEAR:
        log.warning("the condition of run %s cannot be worked out: %s", run.id, problem)
        record(session, run.id, UNCLEAR, now, problem=problem)
