"""Trying steps again that have stopped: those that are ticked, or all of the runs that are ticked."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from forms_service.engine.operate.retry import retry_steps
from forms_service.storage.runs import StepRow
from forms_service.texts import say
from forms_service.web.current import actor, runtime


def try_steps_again(run_id: str) -> Response:
    _try(_stopped([run_id], request.form.getlist("steg")))
    return redirect(url_for("runs.one", run_id=run_id))


def try_runs_again(run_ids: Sequence[str]) -> None:
    _try(_stopped(run_ids))


def _stopped(run_ids: Sequence[str], step_ids: Sequence[str] | None = None) -> list[str]:
    """Steps of these runs that have stopped; ``step_ids`` are those of them that are ticked."""
    found = select(StepRow.id).where(StepRow.run_id.in_(run_ids), StepRow.status == "incident")
    if step_ids is not None:
        found = found.where(StepRow.id.in_(step_ids))
    with runtime().database.reading() as db:
        return list(db.scalars(found.order_by(StepRow.due_at)))


def _try(step_ids: Sequence[str]) -> None:
    tried = retry_steps(runtime(), step_ids, actor())
    if tried:
        flash(say("runs.tried_one" if tried == 1 else "runs.tried", n=tried), "success")
    else:
        flash("nothing_to_try", "info")
