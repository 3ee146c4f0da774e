"""What people do to runs: start one with a form or a button, answer a task. Each in ONE transaction."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forms_service.engine.begin import Origin, begin_run, first_row, is_shared, key_about, under_way
from forms_service.engine.claim import context
from forms_service.engine.close import close_steps
from forms_service.engine.crash import crash_point
from forms_service.engine.drafts.draft import Place
from forms_service.engine.edition import Edition
from forms_service.engine.follow import follow
from forms_service.engine.held import is_held_task, settle_held
from forms_service.engine.history import record
from forms_service.engine.lock import lock_run
from forms_service.engine.once import Acted, Receipt, Sent, digest_of, earlier_submission, once, scoped
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import NO_SUBJECT, Actor, Subject
from forms_service.engine.uploads import attach, discard_files
from forms_service.errors import AlreadyAnswered, FormChanged, LinkNotValid, NotFound
from forms_service.storage.base import new_id
from forms_service.storage.runs import LinkRow, RunRow, StepRow, SubmissionRow


def start_with_form(
    rt: Runtime,
    workflow: str,
    nonce: str,
    answers: Mapping[str, object],
    subject: Subject,
    actor: Actor,
    place: Place | None = None,
) -> Receipt:
    """Start a run with the answers of its form; the same nonce gives the same run.

    It runs on the version whose form was filled in (``place``, when it is told), else on the newest.

    Raises NotFound when that is no version of this workflow, DifferentAnswers, and MoveRefused when the domain refuses
    at once what the answers ask for.
    """
    sent = Sent(scoped(nonce, actor), digest_of(workflow, subject, answers), answers, actor)

    def begin(session: Session) -> Acted:
        edition = _edition(rt, session, workflow, place.definition_id if place else "")
        run = begin_run(rt, session, edition, Origin(f"form:{sent.nonce}", actor.person_id), subject)
        _keep(rt, session, run, edition.workflow.start.form, sent, place=place)
        return Acted(run, [first_row(session, run, edition, rt.clock.now())], said="")

    return once(rt, lambda session: earlier_submission(session, sent), begin)


def start_with_button(rt: Runtime, workflow: str, nonce: str, subject: Subject, actor: Actor) -> Receipt:
    """Start a run that needs no form, or find the one about this subject that is under way.

    A first task for a person is ready when this returns, also without workers.
    """
    sent = Sent(scoped(nonce, actor), digest_of(workflow, subject, {}), {}, actor)

    def earlier(session: Session) -> Receipt | None:
        shared = is_shared(rt.library.newest(session, workflow), subject)
        known = under_way(session, workflow, subject) if shared else None
        return earlier_submission(session, sent) or (Receipt(known.id, created=False) if known else None)

    def begin(session: Session) -> Acted:
        edition = rt.library.newest(session, workflow)
        key = key_about(session, workflow, subject) if is_shared(edition, subject) else f"button:{sent.nonce}"
        origin = Origin(key, actor.person_id)
        run = begin_run(rt, session, edition, origin, subject)
        _keep(rt, session, run, "", sent)
        return Acted(run, [first_row(session, run, edition, rt.clock.now())])

    return once(rt, earlier, begin)


def answer_task(
    rt: Runtime,
    step_id: str,
    nonce: str,
    answers: Mapping[str, object],
    actor: Actor,
    place: Place | None = None,
) -> Receipt:
    """Answer a human task. Raises AlreadyAnswered when somebody else was first, NotFound when there is no such task.

    LinkNotValid when the link was withdrawn meanwhile, FormChanged when the run is no longer on the version whose form
    was filled in (``place``, when it is told), MoveRefused when the domain refuses at once what the answers ask
    for; the task is as it was.
    """
    sent = Sent(scoped(nonce, actor), digest_of(step_id, NO_SUBJECT, answers), answers, actor)

    def accept(session: Session) -> Acted:
        _lock_run_of(session, step_id)
        _insist_on_link(session, place)
        row = _take_task(rt, session, step_id)
        ctx = context(rt, session, row, rt.clock.now())
        if place and place.definition_id != ctx.run.definition_id:
            raise FormChanged
        _keep(rt, session, ctx.run, row.form or "", sent, row.id, place)
        _tidy(rt, session, row, _link_in(place))
        record(session, ctx.run.id, "answered", ctx.now, path=row.path, person_id=actor.person_id, via=actor.via)
        crash_point("answered")
        if is_held_task(row.path):
            return Acted(ctx.run, settle_held(ctx, answers.get("outcome")))
        return Acted(ctx.run, follow(ctx), said=row.path)

    return once(rt, lambda session: earlier_submission(session, sent), accept)


def _edition(rt: Runtime, session: Session, workflow: str, definition_id: str) -> Edition:
    library = rt.library
    return library.version_of(session, workflow, definition_id) if definition_id else library.newest(session, workflow)


def _keep(
    rt: Runtime,
    session: Session,
    run: RunRow,
    form: str,
    sent: Sent,
    step_id: str | None = None,
    place: Place | None = None,
) -> None:
    """The files among the answers are part of it from now on; whatever else was attached there goes."""
    submission_id = new_id()
    session.add(
        SubmissionRow(
            id=submission_id,
            nonce=sent.nonce,
            form=form,
            definition_id=run.definition_id,
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
    attach(session, sent.answers, submission_id)
    if place:
        discard_files(session, place.owner, place.key)


def _lock_run_of(session: Session, step_id: str) -> None:
    row = session.get(StepRow, step_id)
    if row is None:
        raise NotFound
    lock_run(session, row.run_id)


def _insist_on_link(session: Session, place: Place | None) -> None:
    """Under the run's lock, under which links are withdrawn too."""
    link_id = _link_in(place)
    if link_id and session.get_one(LinkRow, link_id, populate_existing=True).revoked_at:
        raise LinkNotValid


def _link_in(place: Place | None) -> str:
    return place.owner.link_id if place else ""


def _take_task(rt: Runtime, session: Session, step_id: str) -> StepRow:
    """The guarded UPDATE: of two people at one task exactly one gets it."""
    taken = (
        update(StepRow)
        .where(StepRow.id == step_id, StepRow.verb == "ask", StepRow.status == "waiting")
        .values(status="done", finished_at=rt.clock.now())
        .execution_options(synchronize_session=False)
    )
    won = session.execute(taken).rowcount == 1  # type: ignore[attr-defined]
    row = session.get(StepRow, step_id, populate_existing=True)
    if row is None or row.verb != "ask":
        raise NotFound
    if not won:
        raise AlreadyAnswered
    return row


def _tidy(rt: Runtime, session: Session, task: StepRow, link_id: str) -> None:
    """An answered task reminds nobody any more; the link that the answer came by is used, all others have ended."""
    now = rt.clock.now()
    alarms = (
        select(StepRow.id)
        .where(StepRow.run_id == task.run_id, StepRow.visit == task.visit)
        .where(StepRow.path.startswith(f"{task.path}/", autoescape=True))
    )
    session.execute(update(LinkRow).where(LinkRow.id == link_id).values(used_at=now))
    close_steps(session, [task.id, *session.scalars(alarms)], now)
