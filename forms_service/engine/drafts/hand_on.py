"""A draft that gets another owner."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from forms_service.engine.drafts.draft import Owner
from forms_service.storage.drafts import DraftRow
from forms_service.storage.uploads import UploadRow


def hand_on(session: Session, old: Owner, new: Owner) -> None:
    """What the old owner had typed and attached is the new one's, who must not have typed anything yet."""
    session.execute(update(DraftRow).where(DraftRow.owner == old.code).values(owner=new.code))
    not_sent = update(UploadRow).where(UploadRow.owner == old.code, UploadRow.submission_id.is_(None))
    session.execute(not_sent.values(owner=new.code))
