"""The version of a workflow whose form is filled in: what was begun on one is finished on it."""

from __future__ import annotations

from collections.abc import Iterator

from flask import request
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.engine.drafts.draft import Draft
from forms_service.engine.drafts.find import oldest_kept
from forms_service.engine.edition import Edition
from forms_service.errors import DefinitionError, NotFound
from forms_service.language.definitions import Workflow
from forms_service.storage.drafts import DraftRow
from forms_service.web.current import runtime


def edition_to_fill_in(db: Session, workflow: Workflow, draft: Draft | None) -> Edition:
    """The page's own, or the draft's, as long as a draft can be kept; else the newest."""
    wanted = request.form.get("_version", "").replace("\0", "") or (draft.place.definition_id if draft else "")
    newest = runtime().library.newest(db, workflow.key)
    if wanted in {"", newest.id}:
        return newest
    found = _begun_on(db, workflow, wanted)
    return found if found and _may_go_on(db, found, draft) else newest


def _begun_on(db: Session, workflow: Workflow, wanted: str) -> Edition | None:
    """One of this workflow's own that has a form and is about the same kind of thing, and that can still be read."""
    try:
        found = runtime().library.version_of(db, workflow.key, wanted)
    except (NotFound, DefinitionError):
        return None
    return found if found.workflow.start.form and found.workflow.about == workflow.about else None


def _may_go_on(db: Session, edition: Edition, draft: Draft | None) -> bool:
    """An old version is for those who began on it: nobody shall start on one by asking for it."""
    if draft and draft.place.definition_id == edition.id:
        return True
    return edition.id in _newest_of_late(db, edition.workflow.key)


def may_be_filled_in(db: Session, workflow: str) -> Iterator[Edition]:
    """All versions of a workflow that a page that lies open, or a draft, may be of."""
    begun = select(DraftRow.definition_id).where(DraftRow.workflow == workflow).distinct()
    for version in _newest_of_late(db, workflow).union(db.scalars(begun)):
        found = runtime().library.if_readable(db, version)
        if found:
            yield found


def _newest_of_late(db: Session, workflow: str) -> frozenset[str]:
    return runtime().library.newest_after(db, workflow, oldest_kept(runtime()))
