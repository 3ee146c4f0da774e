"""What people do to runs: start one with a form or a button, answer a task. Each in ONE transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forms_service.engine.begin import Origin, begin_run, enter
from forms_service.engine.claim import context
from forms_service.engine.dispatch import ring_now
from forms_service.engine.held import is_held_task, settle_held
from forms_service.engine.history import record
from forms_service.engine.process import identity
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor, Subject
from forms_service.engine.work import work
from forms_service.errors import AlreadyAnswered, DifferentAnswers, NotFound
from forms_service.language.definitions import Ask
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow, RunRow, StepRow, SubmissionRow


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent, and what tells it from everything else that was ever sent."""

    nonce: str
    digest: str
    answers: Mapping[str, object]
    actor: Actor


@dataclass(frozen=True, slots=True)
class Receipt:
    """The run that a person's act started or moved; ``created`` is False when it had been done before."""

    run_id: str
    created: bool


def start_with_form(
    rt: Runtime, workflow: str, nonce: str, answers: Mapping[str, object], subject: Subject, actor: Actor
) -> Receipt:
    """Start a run with the answers of its form; the same nonce gives the same run. Raises DifferentAnswers."""
    sent = Sent(_scoped(nonce, actor), digest_of(workflow, subject, answers), answers, actor)
    key = sent.nonce

    def begin(session: Session) -> tuple[RunRow, StepRow | None]:
        edition = rt.library.newest(session, workflow)
        run = begin_run(rt, session, edition, Origin(f"form:{key}", actor.person_id), subject)
        _keep(rt, session, run, edition.workflow.start.form, sent)
        return run, enter(session, run, edition.plan.first, rt.clock.now())

    return _once(rt, lambda session: _earlier_submission(session, sent), begin)


def start_with_button(rt: Runtime, workflow: str, nonce: str, subject: Subject, actor: Actor) -> Receipt:
    """Start a run that needs no form. A first task for a person is ready when this returns, also without workers."""
    key = f"button:{_scoped(nonce, actor)}"

    def begin(session: Session) -> tuple[RunRow, StepRow | None]:
        edition = rt.library.newest(session, workflow)
        run = begin_run(rt, session, edition, Origin(key, actor.person_id), subject)
        return run, enter(session, run, edition.plan.first, rt.clock.now())

    receipt = _once(rt, lambda session: _earlier_run(session, key), begin)
    if receipt.created:
        _ask_at_once(rt, receipt.run_id)
    return receipt


def answer_task(rt: Runtime, step_id: str, nonce: str, answers: Mapping[str, object], actor: Actor) -> Receipt:
    """Answer a human task. Raises AlreadyAnswered when somebody else was first, NotFound when there is no such task."""
    sent = Sent(_scoped(nonce, actor), digest_of(step_id, Subject(), answers), answers, actor)

    def accept(session: Session) -> tuple[RunRow, StepRow | None]:
        row = _take_task(rt, session, step_id)
        ctx = context(rt, session, row, rt.clock.now())
        _keep(rt, session, ctx.run, row.form or "", sent, row.id)
        _tidy(rt, session, row)
        record(session, ctx.run.id, "answered", ctx.now, path=row.path, person_id=actor.person_id, via=actor.via)
        if is_held_task(row.path):
            return ctx.run, settle_held(ctx, answers.get("outcome"))
        return ctx.run, enter(session, ctx.run, ctx.edition.plan.following[ctx.step_id], ctx.now)

    return _once(rt, lambda session: _earlier_submission(session, sent), accept)


def digest_of(what: str, subject: Subject, answers: Mapping[str, object]) -> str:
    """SHA-256 that tells a second press of the button from another request."""
    content = json.dumps([what, subject.kind, subject.id, answers], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def _scoped(nonce: str, actor: Actor) -> str:
    """A nonce counts for one person only, so that nobody can run into another's."""
    return f"{actor.person_id or actor.via}:{nonce}"


Earlier = Callable[[Session], Receipt | None]
Begin = Callable[[Session], tuple[RunRow, StepRow | None]]


def _once(rt: Runtime, earlier: Earlier, begin: Begin) -> Receipt:
    """Do it in one transaction unless it has been done; whoever loses a race finds the winner's receipt."""
    try:
        with rt.database.writing() as session:
            done = earlier(session)
            if done:
                return done
            run, row = begin(session)
            receipt = Receipt(run.id, created=True)
    except IntegrityError:
        with rt.database.reading() as session:
            done = earlier(session)
        if done is None:
            raise
        return done
    if row is not None:
        ring_now(rt, row.id)
    return receipt


def _earlier_submission(session: Session, sent: Sent) -> Receipt | None:
    found = session.scalar(select(SubmissionRow).where(SubmissionRow.nonce == sent.nonce))
    if found is None:
        return None
    if found.digest != sent.digest:
        raise DifferentAnswers
    return Receipt(found.run_id, created=False)


def _earlier_run(session: Session, start_key: str) -> Receipt | None:
    run_id = session.scalar(select(RunRow.id).where(RunRow.start_key == start_key))
    return Receipt(run_id, created=False) if run_id else None


def _keep(rt: Runtime, session: Session, run: RunRow, form: str, sent: Sent, step_id: str | None = None) -> None:
    session.add(
        SubmissionRow(
            nonce=sent.nonce,
            form=form,
            digest=sent.digest,
            answers=dict(sent.answers),
            run_id=run.id,
            step_id=step_id,
            person_id=sent.actor.person_id,
            via=sent.actor.via,
            received_at=rt.clock.now(),
        )
    )
    session.flush()


def _take_task(rt: Runtime, session: Session, step_id: str) -> StepRow:
    """The guarded UPDATE: of two people at one task exactly one gets it."""
    taken = (
        update(StepRow)
        .where(StepRow.id == step_id, StepRow.verb == "ask", StepRow.status == "waiting")
        .values(status="done", finished_at=rt.clock.now())
        .execution_options(synchronize_session=False)
    )
    won = session.execute(taken).rowcount == 1  # type: ignore[attr-defined]
    row = session.get(StepRow, step_id)
    if row is None or row.verb != "ask":
        raise NotFound
    if not won:
        raise AlreadyAnswered
    return row


def _tidy(rt: Runtime, session: Session, task: StepRow) -> None:
    """An answered task reminds nobody any more, and its link is used."""
    now = rt.clock.now()
    alarms = (
        select(StepRow.id)
        .where(StepRow.run_id == task.run_id, StepRow.visit == task.visit)
        .where(StepRow.path.startswith(f"{task.path}/", autoescape=True))
    )
    ids = list(session.scalars(alarms))
    waiting = update(StepRow).where(StepRow.id.in_(ids), StepRow.status == "ready")
    session.execute(waiting.values(status="cancelled", finished_at=now))
    unsent = update(MessageRow).where(MessageRow.step_id.in_([task.id, *ids]), MessageRow.status == "created")
    session.execute(unsent.values(status="cancelled"))
    session.execute(update(LinkRow).where(LinkRow.step_id == task.id).values(used_at=now))


def _ask_at_once(rt: Runtime, run_id: str) -> None:
    """The web process takes the first step itself when it is a question: that is quick, and the person waits for it."""
    with rt.database.reading() as session:
        run = session.get_one(RunRow, run_id)
        first = rt.library.of(session, run.definition_id).plan.first
        step_id = session.scalar(select(StepRow.id).where(StepRow.run_id == run_id))
    if isinstance(first, Ask) and step_id:
        work(rt, step_id, identity())
