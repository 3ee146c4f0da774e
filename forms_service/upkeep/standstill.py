"""What is due, and what stands still until a person acts: numbers without a word about any case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, func, select, text
from sqlalchemy.orm import Session

from forms_service.accounts.links import open_at
from forms_service.engine.letter import OPERATOR
from forms_service.storage.accounts import AccountLinkRow
from forms_service.storage.cases import AccessRow
from forms_service.storage.outbox import NEEDS_A_PERSON, MessageRow
from forms_service.storage.runs import FOR_MACHINES, StepRow
from forms_service.upkeep.up_to import up_to, word

SEALED_WITHIN = timedelta(minutes=10)
"""The poller puts on a seal each minute."""


@dataclass(frozen=True, slots=True)
class Standstill:
    """Numbers stop a little past ``up_to.MOST``."""

    due: int
    """Steps that workers could take now."""
    running: int
    asleep: int
    """Steps for machines that wait for their day."""
    waiting: int
    """Tasks of people."""
    oldest_due: datetime | None
    stopped: int
    """Steps that need a person to look at them."""
    uncertain: int
    """Messages of which nobody knows whether they were sent."""
    unsent: int
    """Messages that were refused, given up or held back."""
    letters: int
    """Links to a new password that never left, and still open something."""
    digests: int
    """Letters of the last day to those who look after the service, that did not arrive."""
    unsealed: int
    """Lines of the access log that should have had a seal for long."""


def standstill(session: Session, now: datetime) -> Standstill:
    """All of it in one question."""
    found: Sequence[Any] = session.execute(select(*_steps(now), *_messages(now), _unsealed(now))).one()
    return Standstill(*found)


def _steps(now: datetime) -> Iterator[ScalarSelect[Any]]:
    machine = select(StepRow.id).where(text(FOR_MACHINES))
    ready, is_due = StepRow.status == word("ready"), StepRow.due_at <= now
    yield up_to(machine.where(ready, is_due))
    yield up_to(machine.where(StepRow.status == word("running")))
    yield up_to(machine.where(ready, ~is_due))
    is_asked = func.coalesce(StepRow.verb, "") == "ask"  # of all that was ever asked nearly all is done
    yield up_to(select(StepRow.id).where(StepRow.status == word("waiting"), is_asked))
    oldest = select(func.min(StepRow.due_at)).where(text(FOR_MACHINES), ready, is_due)
    yield oldest.scalar_subquery()
    yield up_to(select(StepRow.id).where(StepRow.status == word("incident")))


def _messages(now: datetime) -> Iterator[ScalarSelect[int]]:
    stopped = select(MessageRow.id).where(text(f"message.{NEEDS_A_PERSON}"))
    of_runs = stopped.where(MessageRow.run_id.is_not(None))
    yield up_to(of_runs.where(MessageRow.status == "unknown"))
    yield up_to(of_runs.where(MessageRow.status.in_(("failed", "withheld"))))
    lost = stopped.join(AccountLinkRow, AccountLinkRow.id == MessageRow.account_link_id)
    yield up_to(lost.where(MessageRow.status.in_(("failed", "unknown")), open_at(now)))
    digests = stopped.where(MessageRow.run_id.is_(None), MessageRow.role == OPERATOR)
    of_today = MessageRow.created_at > now - timedelta(days=1)
    yield up_to(digests.where(MessageRow.status.in_(("failed", "unknown")), of_today))


def _unsealed(now: datetime) -> ScalarSelect[int]:
    """Found by their lack of a seal: an index of instants would go through everybody's lines."""
    at = func.coalesce(AccessRow.at, AccessRow.at)
    return up_to(select(AccessRow.id).where(AccessRow.seal.is_(None), at < now - SEALED_WITHIN))
