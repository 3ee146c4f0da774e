"""A person and her account, found and locked: whoever changes an account locks its row first."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.domain.people import Role
from forms_service.errors import NotFound
from forms_service.storage.accounts import AccountRow
from forms_service.storage.people import PersonRow


def person_here(session: Session, person_id: str) -> PersonRow:
    """Somebody who may have an account: participants come by links. Her row is locked. Raises NotFound."""
    found = select(PersonRow).where(PersonRow.id == person_id, PersonRow.role != Role.PARTICIPANT)
    person = session.scalar(found.with_for_update())
    if person is None:
        raise NotFound
    return person


def account_of(session: Session, person_id: str) -> AccountRow | None:
    return session.scalar(select(AccountRow).where(AccountRow.person_id == person_id).with_for_update())
