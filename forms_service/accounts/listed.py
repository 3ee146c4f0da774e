"""Everybody who can sign in, or could: how it stands, without a password or a secret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.orm import Session

from forms_service.accounts.links import open_at
from forms_service.domain.people import Role
from forms_service.errors import NotFound
from forms_service.storage.accounts import AccountEventRow, AccountLinkRow, AccountRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.people import OfficeRow, PersonRow


class State(StrEnum):
    """How it stands with somebody's account."""

    NONE = "none"
    INVITED = "invited"
    EXPIRED = "expired"
    """Invited, but no link can be used any more."""
    NEVER = "never"
    """Has a password, and has never signed in."""
    ACTIVE = "active"
    LOCKED = "locked"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Listed:
    """One person. ``link_until`` is when an open link ends, ``signed_in_at`` the last time."""

    person: PersonRow
    office: str | None
    account: AccountRow | None
    link_until: datetime | None

    def state(self, now: datetime) -> State:
        account = self.account
        if not self.person.active:
            return State.CLOSED
        if account is None:
            return State.NONE
        if account.password is None:
            return State.INVITED if self.link_until else State.EXPIRED
        if account.locked_until and now < account.locked_until:
            return State.LOCKED
        return State.ACTIVE if account.signed_in_at else State.NEVER


def everybody(now: datetime) -> Select[PersonRow, str, AccountRow, datetime]:
    """By name; see ``listed``."""
    until = select(AccountLinkRow.person_id, func.max(AccountLinkRow.expires_at).label("until"))
    links = until.where(open_at(now)).group_by(AccountLinkRow.person_id).subquery()
    query = select(PersonRow, OfficeRow.name, AccountRow, links.c.until)
    query = query.outerjoin(OfficeRow, OfficeRow.id == PersonRow.office_id)
    query = query.outerjoin(AccountRow, AccountRow.person_id == PersonRow.id)
    query = query.outerjoin(links, links.c.person_id == PersonRow.id)
    return query.where(PersonRow.role != Role.PARTICIPANT).order_by(PersonRow.name, PersonRow.id)


def listed(row: Row[PersonRow, str, AccountRow, datetime]) -> Listed:
    return Listed(*row)


def one(session: Session, person_id: str, now: datetime) -> Listed:
    """Raises NotFound."""
    row = session.execute(everybody(now).where(PersonRow.id == person_id)).one_or_none()
    if row is None:
        raise NotFound
    return listed(row)


def anybody_has_one(session: Session) -> bool:
    """Whether there is any account at all."""
    return session.scalar(select(AccountRow.person_id).limit(1)) is not None


def latest_events(session: Session, person_id: str, most: int) -> Sequence[Row[AccountEventRow, str]]:
    """(event, name of who did it), the newest first."""
    query = select(AccountEventRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == AccountEventRow.by_id)
    mine = query.where(AccountEventRow.person_id == person_id).order_by(AccountEventRow.id.desc())
    return session.execute(mine.limit(most)).all()


def newest_letter(session: Session, person_id: str) -> MessageRow | None:
    """The last message that brought her a link."""
    links = select(AccountLinkRow.id).where(AccountLinkRow.person_id == person_id)
    query = select(MessageRow).where(and_(MessageRow.account_link_id.in_(links)))
    return session.scalar(query.order_by(MessageRow.created_at.desc()).limit(1))
