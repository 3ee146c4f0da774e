"""do: a move of the domain, in the same transaction as the step's end, so that it happens exactly once."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from forms_service.engine.condition import heed
from forms_service.engine.context import Context
from forms_service.engine.crash import crash_point
from forms_service.engine.outcome import Done, Outcome
from forms_service.engine.overtaken import end_overtaken, silence
from forms_service.engine.service import Actor
from forms_service.engine.verbs.verb import Posted, Product, Verb
from forms_service.language.definitions import Do
from forms_service.storage.runs import StepRow, SubmissionRow

ANSWERED = (
    select(SubmissionRow)
    .outerjoin(StepRow, StepRow.id == SubmissionRow.step_id)
    .where(SubmissionRow.run_id == bindparam("run"), func.coalesce(StepRow.path, "") == bindparam("path"))
    .order_by(StepRow.visit.desc(), SubmissionRow.received_at.desc())
    .limit(1)
)
"""The last answers from one place; the form that started the run has no path."""


def settle(ctx: Context, product: Product, posted: Posted) -> Outcome:
    step = ctx.step
    assert isinstance(step, Do)
    subject = ctx.rt.service.move(
        ctx.session, step.move, ctx.subject, ctx.answers(step.source), _actor(ctx, step.source), ctx.now
    )
    ctx.run.subject_kind, ctx.run.subject_id = subject.kind, subject.id
    ctx.session.flush()
    crash_point("moved")
    end_overtaken(ctx)
    silence(ctx)
    heed(ctx)
    return Done()


def _actor(ctx: Context, source: str) -> Actor:
    """Whoever gave the answers that the move is made with."""
    path = ctx.path_of(source) if source else ""
    submission = ctx.session.scalars(ANSWERED, {"run": ctx.run.id, "path": path}).first()
    return Actor(submission.person_id, via=submission.via) if submission else Actor(ctx.run.started_by)


VERB = Verb(settle)
