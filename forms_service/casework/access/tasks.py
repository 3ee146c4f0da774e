"""Whose tasks are whose.

Lists come in parts: of each the database reads the first few in the order of their due dates, however many there are.
"""

from __future__ import annotations

from sqlalchemy import Select, case, exists, func, literal_column, select
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import Condition, is_active, own_match, shows
from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.domain.access import Thing, may_see, relations_that_show
from forms_service.domain.people import CONTACTS, Role, Viewer
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow

Parts = tuple[Select[StepRow], ...]
WAITS: Condition = (StepRow.verb == "ask") & (StepRow.status == literal_column("'waiting'"))
"""As storage.runs.FOR_PEOPLE says it: SQLite uses the index of tasks only for the same words."""
IN_STILL_RUNS: Condition = (
    (func.coalesce(StepRow.verb, "") == "ask")
    & (func.coalesce(StepRow.status, "") == "waiting")
    & (RunRow.status == "paused")
)
"""Few runs stand still, and many tasks wait: what no index of tasks knows makes the database begin with the runs."""


def tasks_of(viewer: Viewer) -> Select[StepRow]:
    """The human tasks that wait for the viewer, or for somebody in her role and office."""
    return _hers(viewer, WAITS, _by_name(viewer) | _by_role(viewer))


def own_tasks(viewer: Viewer, waits: Condition = WAITS) -> Parts:
    """The same, in parts."""
    return _hers(viewer, waits, _by_name(viewer)), _hers(viewer, waits, _by_role(viewer))


def tasks_of_colleagues(viewer: Viewer) -> Parts:
    """What waits for others in her role at her office, as far as she may see it; nothing without an office."""
    if not (viewer.office_id and relations_that_show(viewer.role, Thing.COLLEAGUES_TASKS)):
        return ()
    colleagues = _others_in_role(viewer).where(PersonRow.office_id == viewer.office_id)
    seen = _is_about_somebody(shows(viewer, Thing.COLLEAGUES_TASKS))
    return (_waiting(viewer, WAITS & StepRow.person_id.in_(colleagues)).where(seen),)


def tasks_of_others(viewer: Viewer) -> Parts:
    """All that waits for somebody else, for those who carry the service."""
    if not may_see(viewer, Thing.ALL_TASKS):
        return ()
    in_role = func.coalesce(StepRow.role, "") == viewer.role  # of her role nearly all are hers: begin with the people
    same_role = StepRow.person_id.in_(_others_in_role(viewer)) & in_role
    other_roles = [StepRow.role == role for role in Role if role != viewer.role]
    return tuple(_waiting(viewer, WAITS & whose) for whose in (same_role, *other_roles))


def is_own(viewer: Viewer, task: StepRow) -> bool:
    """Whose a waiting task is, of a task that is in one of the lists."""
    if task.person_id:
        return task.person_id == viewer.person_id
    return task.role == viewer.role and task.office_id in {None, viewer.office_id}


def _by_name(viewer: Viewer) -> Condition:
    return StepRow.person_id == viewer.person_id


def _by_role(viewer: Viewer) -> Condition:
    in_office = StepRow.office_id.is_(None) | (StepRow.office_id == viewer.office_id)
    return StepRow.person_id.is_(None) & (StepRow.role == viewer.role) & in_office


def _others_in_role(viewer: Viewer) -> Select[str]:
    """Also those who have left: what they did not finish must not be forgotten."""
    return select(PersonRow.id).where(PersonRow.role == viewer.role, PersonRow.id != viewer.person_id)


def _waiting(viewer: Viewer, which: Condition) -> Select[StepRow]:
    return select(StepRow).join(RunRow, RunRow.id == StepRow.run_id).where(which, is_active(viewer))


def _hers(viewer: Viewer, waits: Condition, which: Condition) -> Select[StepRow]:
    tasks = _waiting(viewer, waits & which)
    if viewer.role == Role.PEER:
        return tasks.where(_is_run_of_own_match(viewer))
    if viewer.role not in CONTACTS:
        return tasks
    of_nobody = RunRow.subject_kind.not_in((PARTICIPANT, MATCH))
    return tasks.where(of_nobody | _is_about_somebody(shows(viewer, Thing.PARTICIPANT_PAGE)))


def _is_run_of_own_match(viewer: Viewer) -> Condition:
    return (RunRow.subject_kind == MATCH) & RunRow.subject_id.in_(select(MatchRow.id).where(own_match(viewer)))


def _is_about_somebody(seen: Condition) -> Condition:
    """About a participant who is seen. A case that has gone to another office takes its tasks along.

    One condition without an "or" that a database could begin with: it begins with the tasks, of which there are few.
    """
    of_match = select(MatchRow.participant_id).where(MatchRow.id == RunRow.subject_id).correlate(RunRow)
    whose = case(
        (RunRow.subject_kind == PARTICIPANT, RunRow.subject_id),
        (RunRow.subject_kind == MATCH, of_match.scalar_subquery()),
    )
    return exists().where(ParticipantRow.id == whose, seen).correlate(RunRow)


def may_answer(session: Session, viewer: Viewer, task: StepRow) -> bool:
    """Whether the task is the viewer's; a coordinator may also fill in a participant's, together with her."""
    if session.scalar(tasks_of(viewer).with_only_columns(StepRow.id).where(StepRow.id == task.id)):
        return True
    assisted = task.role == Role.PARTICIPANT and task.status == "waiting"
    return assisted and may_see(viewer, Thing.ALL_TASKS) and bool(session.scalar(select(is_active(viewer))))
