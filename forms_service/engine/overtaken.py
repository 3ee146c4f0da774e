"""Runs that a move has overtaken: repeating ones whose time is over, and all that concerns somebody who is silenced."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import and_, exists, or_, select

from forms_service.engine.cancel import cancel_run
from forms_service.engine.close import OPEN
from forms_service.engine.context import Context
from forms_service.engine.pause import UNDER_WAY
from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.errors import ExpressionError, MissingValue
from forms_service.language.definitions import Repeat
from forms_service.storage.runs import RunRow, StepRow

log = logging.getLogger(__name__)


def is_over(repeat: Repeat, names: Mapping[str, object], day: date) -> bool:
    """Whether no round falls due on ``day`` any more: ``until`` is a date, and that day has come.

    What cannot be worked out ends nothing: a fact that is missing, or has become another kind of thing.
    """
    try:
        return repeat.until is not None and repeat.until.date(names) <= day
    except MissingValue:
        return False
    except ExpressionError as error:
        log.error("until of a series: %s", error)  # noqa: TRY400 - says enough
        return False


def end_overtaken(ctx: Context) -> None:
    """After a move: cancel the repeating runs about the same subject whose ``until`` is now true.

    Looked for again until none is left: on PostgreSQL a round may have begun while the lock of its series was awaited.
    """
    while overtaken := [run for run in _others(ctx, [ctx.subject]) if _has_its_time(ctx, run)]:
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


def _has_its_time(ctx: Context, run: RunRow) -> bool:
    edition = ctx.rt.library.if_readable(ctx.session, run.definition_id)
    repeat = edition.workflow.repeat if edition else None
    if repeat is None or run.status not in UNDER_WAY:
        return False
    return is_over(repeat, ctx.known(), ctx.today)
