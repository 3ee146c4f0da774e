"""Who looks at a run: all who operate the service see what the machine does, and only some of them whose case it is."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forms_service.domain.access import Thing, may_see
from forms_service.engine.operate.detail import RunDetail, detail_of
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Subject
from forms_service.storage.runs import RunRow
from forms_service.web.current import runtime, viewer
from forms_service.web.reads import note_reading
from forms_service.web.runs.discreet import discreet_detail


def detail_to_show(rt: Runtime, session: Session, run_id: str) -> RunDetail:
    """All of a run for those who see cases, else what the machine does. Raises NotFound."""
    detail = detail_of(rt, session, run_id)
    if sees_cases():
        return detail
    edition = rt.library.if_readable(session, session.get_one(RunRow, run_id).definition_id)
    return discreet_detail(session, detail, edition.plan.steps if edition else {})


def participant_to_show(session: Session, detail: RunDetail) -> str | None:
    """The participant whose case a run belongs to, for those who may see cases; the look is noted in the access log."""
    if not sees_cases():
        return None
    participant_id = runtime().service.participant_id(session, Subject(detail.subject_kind, detail.subject_id))
    if participant_id:
        note_reading(session, viewer(), participant_id, "run", detail.run.id)
    return participant_id


def sees_cases() -> bool:
    return may_see(viewer(), Thing.PARTICIPANT_PAGE)
