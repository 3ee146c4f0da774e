"""Whose tasks are whose."""

from __future__ import annotations

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import Condition, is_active, own_match, shows
from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import CONTACTS, Role, Viewer
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.runs import RunRow, StepRow


def tasks_of(viewer: Viewer) -> Select[StepRow]:
    """The human tasks that wait for the viewer, or for somebody in her role and office."""
    hers = (StepRow.person_id == viewer.person_id) | (
        StepRow.person_id.is_(None)
        & (StepRow.role == viewer.role)
        & (StepRow.office_id.is_(None) | (StepRow.office_id == viewer.office_id))
    )
    waiting = (StepRow.verb == "ask") & (StepRow.status == "waiting")
    tasks = select(StepRow).join(RunRow, RunRow.id == StepRow.run_id).where(waiting, hers, is_active(viewer))
    if viewer.role == Role.PEER:
        return tasks.where(_is_run_of_own_match(viewer))
    return tasks.where(_is_about_whom_she_sees(viewer)) if viewer.role in CONTACTS else tasks


def _is_run_of_own_match(viewer: Viewer) -> Condition:
    return (RunRow.subject_kind == MATCH) & RunRow.subject_id.in_(select(MatchRow.id).where(own_match(viewer)))


def _is_about_whom_she_sees(viewer: Viewer) -> Condition:
    """A case that has gone to another office takes its tasks along; before there is a case there is nothing to see."""
    hers = select(ParticipantRow.id).where(shows(viewer, Thing.PARTICIPANT_PAGE))
    of_match = select(MatchRow.id).where(MatchRow.participant_id.in_(hers))
    return or_(
        RunRow.subject_kind.not_in((PARTICIPANT, MATCH)),
        (RunRow.subject_kind == PARTICIPANT) & RunRow.subject_id.in_(hers),
        (RunRow.subject_kind == MATCH) & RunRow.subject_id.in_(of_match),
    )


def may_answer(session: Session, viewer: Viewer, task: StepRow) -> bool:
    """Whether the task is the viewer's; a coordinator may also fill in a participant's, together with her."""
    if session.scalar(tasks_of(viewer).with_only_columns(StepRow.id).where(StepRow.id == task.id)):
        return True
    assisted = task.role == Role.PARTICIPANT and task.status == "waiting"
    return assisted and may_see(viewer, Thing.ALL_TASKS) and bool(session.scalar(select(is_active(viewer))))
