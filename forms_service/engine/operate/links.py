"""What a person does to the one-time link of a task: withdraw it, or send a new one in its place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.context import Context
from forms_service.engine.drafts.draft import Owner
from forms_service.engine.drafts.hand_on import hand_on
from forms_service.engine.end_links import end_links
from forms_service.engine.history import record
from forms_service.engine.operate.act import locked_step
from forms_service.engine.post import Notice, post
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.engine.verbs.ask import LINK_LIVES
from forms_service.engine.way import way_to
from forms_service.errors import AlreadyDone, NotFound, NoWay
from forms_service.language.definitions import Ask
from forms_service.messages.channel import Way
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow


def links_to(session: Session, step_id: str) -> Sequence[LinkRow]:
    """All links that a task has had, the newest first; of two of one moment the one that has not ended."""
    found = select(LinkRow).where(LinkRow.step_id == step_id)
    newest = LinkRow.created_at.desc(), LinkRow.revoked_at.is_not(None), LinkRow.revoked_at.desc(), LinkRow.id
    return session.scalars(found.order_by(*newest)).all()


def withdraw_link(rt: Runtime, step_id: str, seen: str, actor: Actor) -> None:
    """End the link that whoever asks has ``seen``. Raises NotFound, AlreadyDone."""
    with rt.database.writing() as session:
        ctx = _task_with_link(rt, session, step_id, seen)
        newest = session.get(LinkRow, seen)
        if newest is None or newest.revoked_at:
            raise AlreadyDone
        end_links(ctx)
        _note(ctx, "link_withdrawn", actor)


def send_link(rt: Runtime, step_id: str, seen: str, actor: Actor) -> None:
    """Send a new link instead of the one that whoever asks has ``seen`` ("" when there was none): pressed twice, once.

    Raises NotFound, AlreadyDone, NoWay, and RecipientMissing when nobody can be written to any more.
    """
    written: list[str] = []
    with rt.database.writing() as session:
        ctx = _task_with_link(rt, session, step_id, seen)
        ask = _invites(ctx)
        recipient = rt.service.recipient(session, ask.role, ctx.subject, ctx.today)
        way = way_to(rt, recipient)
        if not way:
            raise NoWay
        end_links(ctx)
        link = _new_link(ctx)
        _hand_draft_on(session, seen, link.id, way)
        key = f"invite/{len(links_to(session, step_id))}"
        notice = Notice(key, ask.invite, ask.role, link=link, due=ctx.row.late_at, at_once=True)
        post(ctx, notice, recipient, written.append)
        _note(ctx, "link_sent", actor)
    for message_id in written:
        rt.bell.ring_message(message_id)


def _task_with_link(rt: Runtime, session: Session, step_id: str, seen: str) -> Context:
    """The task, locked, while its newest link is still the one that was seen."""
    ctx = locked_step(rt, session, step_id)
    _invites(ctx)
    newest = next((link.id for link in links_to(session, step_id)), "")
    if ctx.row.status != "waiting" or newest != seen:
        raise AlreadyDone
    return ctx


def _invites(ctx: Context) -> Ask:
    """The step as its author wrote it. Raises NotFound when it asks nobody by a link."""
    step = None if ctx.is_beside else ctx.step_if_any
    if not isinstance(step, Ask) or not step.invite:
        raise NotFound("this step sends no link")
    return step


def _new_link(ctx: Context) -> LinkRow:
    lives_from = max(ctx.row.late_at or ctx.now, ctx.now)
    link = LinkRow(step_id=ctx.row.id, created_at=ctx.now, expires_at=lives_from + LINK_LIVES)
    ctx.session.add(link)
    ctx.session.flush()
    return link


def _hand_draft_on(session: Session, old: str, new: str, way: Way) -> None:
    """Whoever had begun goes on with the new link; not when the old one may have gone to somebody else."""
    addresses = set(session.scalars(select(MessageRow.address).where(MessageRow.link_id == old)))
    if old and addresses <= {way.address}:
        hand_on(session, Owner(link_id=old), Owner(link_id=new))


def _note(ctx: Context, kind: str, actor: Actor) -> None:
    record(ctx.session, ctx.run.id, kind, ctx.now, path=ctx.row.path, person_id=actor.person_id, via=actor.via)
