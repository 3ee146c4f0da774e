"""Somebody's own drafts, as far as she may still open the forms that they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access import may_answer
from forms_service.domain.people import Viewer
from forms_service.engine.drafts.draft import Draft, Owner
from forms_service.engine.drafts.find import deleted_after, find_all
from forms_service.engine.service import Subject
from forms_service.errors import NotFound
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.register import RecordRow
from forms_service.storage.runs import StepRow
from forms_service.web.current import runtime
from forms_service.web.forms.about import demand_subject
from forms_service.web.forms.follow import sees_subject


@dataclass(frozen=True, slots=True)
class Mine:
    """One line: which form, about which case, and where it goes on. ``is_over``: somebody else has answered."""

    id: str
    key: str
    title: str
    case_number: str | None
    address: str
    saved_at: datetime
    deleted_at: datetime
    is_over: bool


def my_drafts(db: Session, viewer: Viewer) -> list[Mine]:
    """The last one first."""
    drafts = find_all(runtime(), db, Owner(viewer.person_id))
    return [_line(db, draft) for draft in drafts if _may_go_on(db, viewer, draft)]


def my_draft(db: Session, viewer: Viewer, draft_id: str) -> Mine:
    """NotFound when it is not hers, or not hers to see any more."""
    found = next((each for each in my_drafts(db, viewer) if each.id == draft_id), None)
    if found is None:
        raise NotFound
    return found


def _may_go_on(db: Session, viewer: Viewer, draft: Draft) -> bool:
    """The rule of the form's own page; what somebody else was quicker with is still hers to copy."""
    if not sees_subject(db, viewer, draft.place.subject):
        return False
    step_id = _step_id(draft)
    if step_id:
        step = db.get(StepRow, step_id)
        return step is not None and (_is_over(step) or may_answer(db, viewer, step))
    return _may_start(db, viewer, draft)


def _is_over(step: StepRow | None) -> bool:
    return step is not None and step.status != "waiting"


def _may_start(db: Session, viewer: Viewer, draft: Draft) -> bool:
    workflow = runtime().library.current().workflows.get(draft.place.workflow)
    if workflow is None or not workflow.start.form or viewer.role not in workflow.start.by:
        return False
    try:
        demand_subject(db, viewer, draft.place.subject)
    except NotFound:
        return False
    return True


def _line(db: Session, draft: Draft) -> Mine:
    return Mine(
        id=draft.id,
        key=draft.place.key,
        title=_title(db, draft),
        case_number=_case_number(db, draft.place.subject),
        address=_address(draft),
        saved_at=draft.saved_at,
        deleted_at=deleted_after(runtime(), draft),
        is_over=_is_over(db.get(StepRow, _step_id(draft))),
    )


def _title(db: Session, draft: Draft) -> str:
    """As the form is called on the version that it was begun on; empty when that cannot be read any more."""
    edition = runtime().library.as_read(db, draft.place.definition_id)
    form = edition.definitions.forms.get(draft.place.form) if edition else None
    return form.title if form else ""


def _case_number(db: Session, subject: Subject) -> str | None:
    participant_id = runtime().service.participant_id(db, subject)
    if participant_id:
        return db.scalar(select(ParticipantRow.case_number).where(ParticipantRow.id == participant_id))
    return db.scalar(select(RecordRow.number).where(RecordRow.id == subject.id))


def _address(draft: Draft) -> str:
    step_id, subject = _step_id(draft), draft.place.subject
    if step_id:
        return url_for("forms.from_paper" if draft.place.key.startswith("paper:") else "forms.task", step_id=step_id)
    about = f"{subject.kind}:{subject.id}" if subject.kind else None
    return url_for("forms.start", workflow=draft.place.workflow, om=about)


def _step_id(draft: Draft) -> str:
    kind, _, rest = draft.place.key.partition(":")
    return rest if kind in {"task", "paper"} else ""
