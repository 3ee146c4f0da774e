"""The version of a workflow whose form is filled in: what was begun on one is finished on it."""

from __future__ import annotations

from flask import request
from sqlalchemy.orm import Session

from forms_service.engine.drafts.draft import Draft
from forms_service.engine.drafts.find import oldest_kept
from forms_service.engine.library import Edition
from forms_service.errors import DefinitionError, NotFound
from forms_service.language.definitions import Workflow
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
    return runtime().library.was_newest_after(db, edition.workflow.key, edition.id, oldest_kept(runtime()))
