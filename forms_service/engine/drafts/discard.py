"""Deleting drafts: by whoever typed, after the form was sent, and when they are too old."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from forms_service.engine.drafts.draft import Owner
from forms_service.engine.drafts.find import IS_SENT, oldest_kept
from forms_service.engine.runtime import Runtime
from forms_service.engine.uploads import discard_files, discard_old_files
from forms_service.storage.drafts import DraftRow


def discard(session: Session, owner: Owner, key: str) -> None:
    """The owner's draft of this form, if there is one, with the files in it."""
    discard_files(session, owner, key)
    session.execute(delete(DraftRow).where(DraftRow.owner == owner.code, DraftRow.key == key))


def discard_old(rt: Runtime) -> bool:
    """All that are too old or were sent, with their files; whether there were any."""
    old = delete(DraftRow).where((DraftRow.updated_at < oldest_kept(rt)) | IS_SENT)
    with rt.database.writing() as session:
        gone = session.execute(old.execution_options(synchronize_session=False))
        return discard_old_files(rt, session) or bool(gone.rowcount)  # type: ignore[attr-defined]
