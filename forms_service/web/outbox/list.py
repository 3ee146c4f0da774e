"""Messages for the coordinator's eyes: what, to whom, in which case, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select, text
from sqlalchemy.orm import Session

from forms_service.errors import NotFound
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.outbox import NEEDS_A_PERSON, MessageRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow
from forms_service.web.case_of_run import with_participant
from forms_service.web.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class Posted:
    """A message, and the words around it. ``to`` is None for a participant."""

    message: MessageRow
    to: str | None
    case_number: str | None
    participant_id: str | None


def posted(session: Session, *, problems_only: bool = False) -> Page[Posted]:
    """Newest first; ``problems_only``: those that wait for somebody to decide."""
    query = _query().order_by(MessageRow.created_at.desc(), MessageRow.id.desc())
    if problems_only:
        query = query.where(text(f"message.{NEEDS_A_PERSON}"))
    return page_of(session, query, _posted)


def posted_one(session: Session, message_id: str) -> Posted:
    """One message; raises NotFound."""
    row = session.execute(_query().where(MessageRow.id == message_id)).one_or_none()
    if row is None:
        raise NotFound
    return _posted(row)


def count_problems(session: Session) -> int:
    query = select(func.count()).select_from(MessageRow).where(text(f"message.{NEEDS_A_PERSON}"))
    query = query.where(MessageRow.run_id.is_not(None))  # the others are the admin's, who sends another link
    return session.scalar(query) or 0


def _query() -> Select[MessageRow, str, str, str]:
    query = select(MessageRow, PersonRow.name, ParticipantRow.case_number, ParticipantRow.id)
    query = query.join(RunRow, RunRow.id == MessageRow.run_id)
    return with_participant(query).outerjoin(PersonRow, PersonRow.id == MessageRow.person_id)


def _posted(row: Row[MessageRow, str, str, str]) -> Posted:
    return Posted(*row)
