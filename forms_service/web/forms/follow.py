"""Who may follow a run: a receipt tells more than the participant's page, so seeing the participant is not enough."""

from __future__ import annotations

from sqlalchemy.orm import Session

from forms_service.casework.access import sees, tasks_of
from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Viewer
from forms_service.engine.service import Subject
from forms_service.storage.runs import RunRow, StepRow
from forms_service.web.current import runtime


def may_follow(db: Session, who: Viewer, run_id: str) -> bool:
    """Those who see the participant now, and carry the service, started the run, or have a task in it that waits."""
    run = db.get(RunRow, run_id)
    if (
        run is None
        or not may_see(who, Thing.OWN_RUNS)
        or not sees_subject(db, who, Subject(run.subject_kind, run.subject_id))
    ):
        return False
    return may_see(who, Thing.ALL_TASKS) or run.started_by == who.person_id or _has_task(db, who, run_id)


def sees_subject(db: Session, who: Viewer, subject: Subject) -> bool:
    """Whether the viewer sees whoever it is about now; before there is a case there is nobody to see."""
    participant_id = runtime().service.participant_id(db, subject)
    return participant_id is None or sees(db, who, Thing.PARTICIPANT_PAGE, participant_id)


def _has_task(db: Session, who: Viewer, run_id: str) -> bool:
    task = tasks_of(who).with_only_columns(StepRow.id).where(StepRow.run_id == run_id)
    return db.scalar(task.limit(1)) is not None
