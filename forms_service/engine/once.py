"""Doing what a person asked for exactly once, however often and by however many hands it is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forms_service.engine.advance import go_through
from forms_service.engine.crash import crash_point
from forms_service.engine.dispatch import announce, ring
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor, Subject
from forms_service.errors import DifferentAnswers
from forms_service.storage.conflict import done_again_after_conflict
from forms_service.storage.runs import RunRow, StepRow, SubmissionRow


@dataclass(frozen=True, slots=True)
class Receipt:
    """The run that a person's act started or moved; ``created`` is False when it had been done before."""

    run_id: str
    created: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody sent, and what tells it from everything else that was ever sent."""

    nonce: str
    digest: str
    answers: Mapping[str, object]
    actor: Actor


Earlier = Callable[[Session], Receipt | None]


@dataclass(frozen=True, slots=True)
class Acted:
    """The run that was started or moved, the steps that come next, and where the answers were given, if any were."""

    run: RunRow
    following: list[StepRow]
    said: str | None = None


Act = Callable[[Session], Acted]


def once(rt: Runtime, earlier: Earlier, act: Act) -> Receipt:
    """Do it in one transaction unless it has been done; whoever loses a race finds the winner's receipt.

    Raises MoveRefused when the domain refuses at once what the answers ask for: nothing has happened then.
    """
    try:
        done = done_again_after_conflict(lambda: _commit(rt, earlier, act))
    except IntegrityError:
        with rt.database.reading() as session:
            before = earlier(session)
        if before is None:
            raise
        return before
    crash_point("submitted")
    for row in done.left:
        ring(rt, row)
    for message_id in done.written:
        rt.bell.ring_message(message_id)
    crash_point("rung")
    return done.receipt


@dataclass(frozen=True, slots=True)
class _Done:
    """What was committed: the receipt, the steps that are left for workers, and the messages to be sent."""

    receipt: Receipt
    left: Sequence[StepRow] = ()
    written: Sequence[str] = ()


def _commit(rt: Runtime, earlier: Earlier, act: Act) -> _Done:
    with rt.database.writing() as session:
        before = earlier(session)
        if before:
            return _Done(before)
        acted = act(session)
        written: list[str] = []
        left = go_through(rt, session, acted.following, written.append, acted.said)
        for row in left:
            announce(rt, row)
        session.flush()
        crash_point("submitting")
        return _Done(Receipt(acted.run.id, created=True), left, written)


def scoped(nonce: str, actor: Actor) -> str:
    """A nonce counts for one person only, so that nobody can run into another's."""
    return f"{actor.person_id or actor.via}:{nonce}"


def digest_of(what: str, subject: Subject, answers: Mapping[str, object]) -> str:
    """SHA-256 that tells a second press of the button from another request."""
    content = json.dumps([what, subject.kind, subject.id, answers], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


def earlier_submission(session: Session, sent: Sent) -> Receipt | None:
    """The receipt of the same answers. Raises DifferentAnswers when the nonce came with other ones."""
    found = session.scalar(select(SubmissionRow).where(SubmissionRow.nonce == sent.nonce))
    if found is None:
        return None
    if found.digest != sent.digest:
        raise DifferentAnswers
    return Receipt(found.run_id, created=False)
