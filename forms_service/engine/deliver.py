"""Sending one message: at most once by itself, and never without a release that is valid at this moment."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from forms_service.engine.crash import crash_point
from forms_service.engine.history import record
from forms_service.engine.letter import account_address_for
from forms_service.engine.links import address_for
from forms_service.engine.lock import lock_run, lock_run_of
from forms_service.engine.pause import status_for_unsent
from forms_service.engine.permission import may_go
from forms_service.engine.runtime import Runtime
from forms_service.errors import FormsServiceError, LostClaim, MailRefused, MailTemporary, MailUnknown
from forms_service.messages.channel import Channel
from forms_service.messages.envelope import Envelope
from forms_service.messages.text import LINK_PLACE
from forms_service.storage.base import fresh, new_id, table_of
from forms_service.storage.outbox import MessageRow

LEASE = timedelta(minutes=3)
"""Longer than all time limits of one conversation with a mail server or a gateway together."""

GIVE_UP_AFTER = 12
"""Attempts before a message counts as failed: about nine hours."""

RUN_OF = select(MessageRow.run_id).where(MessageRow.id == bindparam("wanted"))
_MESSAGES = table_of(MessageRow)
TAKEN = fresh(
    MessageRow,
    update(_MESSAGES)
    .where(
        _MESSAGES.c.id == bindparam("wanted"), _MESSAGES.c.status == "created", _MESSAGES.c.due_at <= bindparam("now")
    )
    .values(
        status="sending",
        token=bindparam("held"),
        lease_until=bindparam("until"),
        claimed_by=bindparam("worker"),
        attempt=_MESSAGES.c.attempt + 1,
        dot_at=None,
    )
    .returning(*_MESSAGES.c),
)

log = logging.getLogger(__name__)


def back_off(attempt: int) -> timedelta:
    """How long to wait after the n-th failed attempt: 5 s, 10 s … at most two hours."""
    return min(timedelta(seconds=5 * 2 ** (attempt - 1)), timedelta(hours=2))


def deliver(rt: Runtime, message_id: str, worker: str) -> str:
    """Send a message if it is due and nobody else does; its status afterwards, or "" when it was not ours."""
    row = _claim(rt, message_id, worker)
    if row is None:
        return ""
    crash_point("message_claimed")
    try:
        return _send(rt, row)
    except LostClaim:
        log.warning("message %s was taken over by another worker", row.id)
        return ""


def _send(rt: Runtime, row: MessageRow) -> str:
    dots: list[str] = []

    def dot() -> None:
        _mark_dot(rt, row)
        dots.append(row.id)

    try:
        rt.post.send(_envelope(rt, row), dot)
    except MailTemporary as error:
        return _try_later(rt, row, str(error))
    except MailRefused as error:
        return _end(rt, row, "failed", problem=str(error))
    except MailUnknown as error:
        return _end(rt, row, "unknown", problem=str(error))
    except (LostClaim, SQLAlchemyError):
        raise
    except Withheld:
        return "withheld"
    except Exception as error:  # noqa: BLE001 - an error nobody thought of must not keep a message in "sending"
        log.error("message %s: %s", row.id, type(error).__name__)  # noqa: TRY400 - its words may be somebody's
        return _after_an_error(rt, row, error, is_handed_over=bool(dots))
    crash_point("message_handed_over")
    return _end(rt, row, "sent")


def _after_an_error(rt: Runtime, row: MessageRow, error: Exception, *, is_handed_over: bool) -> str:
    """After the dot it may have been sent: a job whose time is over is interrupted while it waits for the answer."""
    problem = f"error: {type(error).__name__}"
    return _end(rt, row, "unknown", problem) if is_handed_over else _try_later(rt, row, problem)


class Withheld(FormsServiceError):
    """The message may not go any more."""

    code = "withheld"


def _claim(rt: Runtime, message_id: str, worker: str) -> MessageRow | None:
    now = rt.clock.now()
    with rt.database.writing() as session:
        run_id = session.scalar(RUN_OF, {"wanted": message_id})
        if run_id is not None:
            lock_run(session, run_id)
        claimed = {"wanted": message_id, "now": now, "held": new_id(), "until": now + LEASE, "worker": worker}
        row = session.scalar(TAKEN, claimed)
        if row is None:
            return None
        goes = not _waits_for_morning(rt, row, now) and may_go(rt, session, row, now)
        crash_point("message_claiming")
        return row if goes else None


def _waits_for_morning(rt: Runtime, row: MessageRow, now: datetime) -> bool:
    """A message that was due in the evening, and that nobody got round to before the quiet hours."""
    morning = now if row.at_once else rt.settings.not_quiet(now)
    if morning == now:
        return False
    row.status, row.token, row.due_at, row.attempt = "created", None, morning, row.attempt - 1
    return True


def _envelope(rt: Runtime, row: MessageRow) -> Envelope:
    return Envelope(
        message_id=row.message_id,
        sender=rt.settings.mail_from,
        recipient=row.address,
        subject=row.subject,
        body=_text(rt, row),
        at=rt.clock.now(),
        channel=Channel(row.channel),
    )


def _text(rt: Runtime, row: MessageRow) -> str:
    if row.account_link_id:
        return row.text.replace(LINK_PLACE, account_address_for(rt, row.account_link_id))
    return row.text.replace(LINK_PLACE, address_for(rt, row.link_id)) if row.link_id else row.text


def _mark_dot(rt: Runtime, row: MessageRow) -> None:
    """The last moment before the server may take the message: asked once more whether it may go, and committed."""
    with rt.database.writing() as session:
        now = rt.clock.now()
        lock_run_of(session, row)
        _change(session, row, dot_at=now)
        fresh = session.get_one(MessageRow, row.id, populate_existing=True)
        goes = may_go(rt, session, fresh, now) and fresh.address == row.address
        if not goes and fresh.status == "sending":  # somebody else holds the role: the next attempt goes to her
            fresh.status, fresh.token, fresh.dot_at = "created", None, None
        session.flush()
        crash_point("message_dot_marking")
    if not goes:
        raise Withheld
    crash_point("message_dot_marked")


def _try_later(rt: Runtime, row: MessageRow, problem: str) -> str:
    if row.attempt >= GIVE_UP_AFTER:
        return _end(rt, row, "failed", problem=problem)
    with rt.database.writing() as session:
        due = rt.clock.now() + back_off(row.attempt)
        due = due if row.at_once else rt.settings.not_quiet(due)
        status = status_for_unsent(lock_run_of(session, row), wanted_link=row.brings_a_wanted_link)
        _change(session, row, status=status, token=None, due_at=due, dot_at=None, problem=problem)
        crash_point("message_putting_off")
    crash_point("message_put_off")
    return status


def _end(rt: Runtime, row: MessageRow, status: str, problem: str = "") -> str:
    with rt.database.writing() as session:
        now = rt.clock.now()
        sent_at = now if status == "sent" else None
        lock_run_of(session, row)
        _change(session, row, status=status, token=None, problem=problem, sent_at=sent_at)
        if row.run_id is not None:
            record(session, row.run_id, f"message_{status}", now, message=row.message)
        session.flush()
        crash_point("message_ending")
    crash_point("message_ended")
    return status


def _change(session: Session, row: MessageRow, **values: object) -> None:
    """Guarded by the token: a worker that lost its lease changes nothing."""
    ours = update(MessageRow).where(MessageRow.id == row.id, MessageRow.token == row.token)
    ours = ours.where(MessageRow.status.in_(("sending", "unknown"))).execution_options(synchronize_session=False)
    if session.execute(ours.values(**values)).rowcount != 1:  # type: ignore[attr-defined]
        raise LostClaim
