"""A draft that gets another owner."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms_service.engine.drafts.draft import Owner
from forms_service.storage.drafts import DraftRow


def hand_on(session: Session, old: Owner, new: Owner) -> None:
    """What the old owner had typed is the new one's, who must not have typed anything yet."""
    session.execute(update(DraftRow).where(DraftRow.owner == old.code).values(owner=new.code))
