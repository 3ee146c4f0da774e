"""Finding drafts again: one owner's alone, not those that are sent or too old."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, exists, select
from sqlalchemy.orm import Session

from forms_service.engine.drafts.draft import Draft, Owner, Place, draft_of
from forms_service.engine.runtime import Runtime
from forms_service.storage.drafts import DraftRow
from forms_service.storage.runs import SubmissionRow

SENT_AS = case(
    (DraftRow.person_id.is_not(None), DraftRow.person_id + ":" + DraftRow.nonce), else_="link:" + DraftRow.nonce
)
IS_SENT: ColumnElement[bool] = exists().where(SubmissionRow.nonce == SENT_AS)
"""The form was sent with the draft's own number, even when nobody came to delete the draft afterwards."""


def find(rt: Runtime, session: Session, owner: Owner, key: str) -> Draft | None:
    """What the owner has typed into this form and not sent."""
    row = session.scalar(select(DraftRow).where(_hers(rt, owner), DraftRow.key == key))
    return draft_of(row) if row else None


def find_all(rt: Runtime, session: Session, owner: Owner) -> list[Draft]:
    """All that the owner has not sent, the last one first."""
    last_first = select(DraftRow).where(_hers(rt, owner)).order_by(DraftRow.updated_at.desc(), DraftRow.id)
    return [draft_of(row) for row in session.scalars(last_first)]


def oldest_kept(rt: Runtime) -> datetime:
    """What was typed last before this is deleted."""
    return rt.clock.now() - timedelta(days=rt.settings.draft_days)


def deleted_after(rt: Runtime, draft: Draft) -> datetime:
    return draft.saved_at + timedelta(days=rt.settings.draft_days)


def was_sent(session: Session, owner: Owner, nonce: str) -> bool:
    """Whether a form with this number has been sent already."""
    sent = select(SubmissionRow.id).where(SubmissionRow.nonce == owner.sends_as(nonce))
    return session.scalar(sent) is not None


def row_of(session: Session, place: Place) -> DraftRow | None:
    """The row, locked until the transaction ends, as it is at this moment."""
    hers = select(DraftRow).where(DraftRow.owner == place.owner.code, DraftRow.key == place.key)
    return session.scalar(hers.with_for_update().execution_options(populate_existing=True))


def _hers(rt: Runtime, owner: Owner) -> ColumnElement[bool]:
    return (DraftRow.owner == owner.code) & (DraftRow.updated_at >= oldest_kept(rt)) & ~IS_SENT
