"""Handing a task to a colleague: she who has it, or who carries the service, gives it to one who can take it."""

from __future__ import annotations

from sqlalchemy import func, select

from forms_service.engine.context import Context
from forms_service.engine.end_links import end_links
from forms_service.engine.handed import HANDED, give_by_name, handed_to
from forms_service.engine.history import record
from forms_service.engine.operate.act import locked_step
from forms_service.engine.post import Notice, post
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyDone, NotFound, RecipientMissing
from forms_service.messages.text import Text
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from forms_service.texts import say


def holder_mark(task: StepRow) -> str:
    """Who has the task, as a page remembers it: whoever hands it on names the one that she saw."""
    return ":".join((task.role or "", task.person_id or "", task.office_id or ""))


def pass_on(
    rt: Runtime, step_id: str, person_id: str, seen: str, reason: str, actor: Actor, *, tells: bool = True
) -> None:
    """Give the task to somebody in the same role, and tell her, unless she does it herself.

    Who may do so and who can take it is for the caller to know. Raises NotFound, RecipientMissing when the colleague
    has left, AlreadyDone when it is answered, or when it is no longer with whom the caller saw.
    """
    posted: list[str] = []
    with rt.database.writing() as session:
        ctx = locked_step(rt, session, step_id)
        if ctx.row.verb != "ask":
            raise NotFound("this step is no task for a person")
        if ctx.row.status != "waiting" or holder_mark(ctx.row) != seen or ctx.row.person_id == person_id:
            raise AlreadyDone
        old = ctx.row.person_id or ""
        _give(ctx, person_id)
        said = {"from": old, "to": person_id, "reason": reason.strip(), "via": actor.via}
        record(session, ctx.run.id, "handed_over", ctx.now, path=ctx.row.path, person_id=actor.person_id, **said)
        if tells and actor.person_id != person_id:
            _tell(ctx, posted)
    for message_id in posted:
        rt.bell.ring_message(message_id)


def _give(ctx: Context, person_id: str) -> None:
    person = ctx.session.get(PersonRow, person_id)
    if person is None or not person.active or person.role != ctx.row.role:
        raise RecipientMissing(ctx.row.role or "")
    give_by_name(ctx.row, person)
    end_links(ctx)


def _tell(ctx: Context, posted: list[str]) -> None:
    """In our own words: the workflow did not think of this."""
    recipient = handed_to(ctx.session, ctx.row)
    assert recipient is not None  # she was given it just now
    before = select(func.count()).where(MessageRow.step_id == ctx.row.id, MessageRow.key.startswith(HANDED))
    key = f"{HANDED}{(ctx.session.scalar(before) or 0) + 1}"
    address = f"{ctx.rt.settings.base_url}/oppgaver/{ctx.row.id}"
    words = Text(
        say("handing.mail.subject"), say("handing.mail.body", link=address), say("handing.mail.sms", link=address)
    )
    post(ctx, Notice(key, "handed_over", ctx.row.role or "", text=words), recipient, posted.append)
