"""Giving, withdrawing and finding a participant's releases."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from forms_service.domain.releases import Content, Release, is_valid
from forms_service.storage.cases import ReleaseRow


def give_release(
    session: Session,
    participant_id: str,
    content: Content,
    recipient: str,
    now: datetime,
    *,
    until: date | None = None,
    recorded_by: str | None = None,
) -> ReleaseRow:
    """Let ``content`` go to the role ``recipient``, until and with a day or until it is withdrawn."""
    row = ReleaseRow(
        participant_id=participant_id,
        content=content.value,
        recipient=recipient,
        given_at=now,
        until=until,
        recorded_by=recorded_by,
    )
    session.add(row)
    session.flush()
    return row


def withdraw_release(session: Session, participant_id: str, content: Content, recipient: str, now: datetime) -> int:
    """End every release of this content to this recipient at once; how many there were."""
    standing = update(ReleaseRow).where(*_of(participant_id, content, recipient), ReleaseRow.withdrawn_at.is_(None))
    ended = session.execute(standing.values(withdrawn_at=now).returning(ReleaseRow.id))
    return len(ended.all())


def find_release(session: Session, participant_id: str, content: str, recipient: str, today: date) -> ReleaseRow | None:
    """A release that holds today; it cannot be withdrawn before the transaction that found it ends."""
    rows = session.scalars(
        select(ReleaseRow)
        .where(*_of(participant_id, content, recipient), ReleaseRow.withdrawn_at.is_(None))
        .order_by(ReleaseRow.given_at.desc(), ReleaseRow.id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    return next((row for row in rows if is_valid(as_release(row), content, recipient, today)), None)


def as_release(row: ReleaseRow) -> Release:
    """The row as the domain speaks of it."""
    withdrawn_on = row.withdrawn_at.date() if row.withdrawn_at else None
    return Release(row.content, row.recipient, row.given_at.date(), row.until, withdrawn_on)


def _of(participant_id: str, content: str, recipient: str) -> tuple[ColumnElement[bool], ...]:
    return (
        ReleaseRow.participant_id == participant_id,
        ReleaseRow.content == content,
        ReleaseRow.recipient == recipient,
    )
