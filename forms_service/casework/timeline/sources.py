"""Where a line of time takes its entries from: one function for each kind of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, String, cast, exists, text

from forms_service.casework.subjects import PARTICIPANT
from forms_service.casework.timeline.kind import Kind
from forms_service.casework.timeline.line import Arm, Line, is_about, keys_of
from forms_service.domain.access import Thing
from forms_service.storage.cases import ContactRow, HappeningRow, NoteRow, ReleaseRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import ASKED, RunRow, StepRow
from forms_service.storage.start_of_day import start_of_day

TELLING = ("ask", "make", "send")
"""Verbs that people notice; a run without them has nothing to tell but what it did to the case."""
OPENS = "open_case"
"""The move that a case begins with."""
EVALUATION = "six_month_evaluation"
EVALUATION_REPORT = "evaluation_report"


def _tells(line: Line) -> ColumnElement[bool]:
    return is_about(line) & exists().where(StepRow.run_id == RunRow.id, StepRow.verb.in_(TELLING)).correlate(RunRow)


def _case_opened(line: Line) -> list[Arm]:
    return _told(line, Kind.CASE_OPENED, HappeningRow.kind == OPENS)


def _happenings(line: Line) -> list[Arm]:
    hers = HappeningRow.match_id.is_(None) | HappeningRow.match_id.in_(line.matches())
    return _told(line, Kind.HAPPENING, (HappeningRow.kind != OPENS) & hers)


def _told(line: Line, kind: Kind, which: ColumnElement[bool]) -> list[Arm]:
    found = keys_of(kind, HappeningRow.at, cast(HappeningRow.id, String), line, HappeningRow.id)
    return [(found.where(HappeningRow.participant_id == line.case.id, which), HappeningRow.at)]


def _contacts(line: Line) -> list[Arm]:
    """Match by match, since each has its contacts in order."""
    found = keys_of(Kind.CONTACT, start_of_day(ContactRow.on), ContactRow.id, line)
    return [(found.where(ContactRow.match_id == match_id), ContactRow.on) for match_id in line.matches()]


def _notes(line: Line) -> list[Arm]:
    """Everybody's for those who see them; a peer's own, and only of the match that she is in."""
    found = keys_of(Kind.NOTE, NoteRow.written_at, NoteRow.id, line).where(NoteRow.participant_id == line.case.id)
    if not line.case.may_see(Thing.INTERNAL_NOTES):
        found = found.where(NoteRow.written_by == line.viewer.person_id, NoteRow.match_id.in_(line.matches()))
    return [(found, NoteRow.written_at)]


def _tasks(line: Line) -> list[Arm]:
    found = keys_of(Kind.TASK_DONE, StepRow.finished_at, StepRow.id, line).join(RunRow, RunRow.id == StepRow.run_id)
    found = found.where(is_about(line), text(f"step.{ASKED}"), StepRow.status == "done")
    if line.chosen == "evalueringer":
        found = found.where(RunRow.workflow == EVALUATION)
    return [(found, StepRow.finished_at)]


def _documents(line: Line) -> list[Arm]:
    found = keys_of(Kind.DOCUMENT, DocumentRow.made_at, DocumentRow.id, line)
    found = found.where(DocumentRow.participant_id == line.case.id)
    if line.documents is not None:
        found = found.where(DocumentRow.id.in_(line.documents))
    if line.chosen == "evalueringer":
        found = found.where(DocumentRow.name == EVALUATION_REPORT)
    return [(found, DocumentRow.made_at)]


def _messages(line: Line) -> list[Arm]:
    """When they came about; a message of the night may have left in the morning."""
    found = keys_of(Kind.MESSAGE, MessageRow.created_at, MessageRow.id, line)
    found = found.join(RunRow, RunRow.id == MessageRow.run_id).where(is_about(line))
    return [(found, MessageRow.created_at)]


def _runs_begun(line: Line) -> list[Arm]:
    """But for the one that the request began: the request tells of itself."""
    is_opening = (RunRow.subject_kind == PARTICIPANT) & (RunRow.started_at <= line.case.created_at)
    found = keys_of(Kind.RUN_STARTED, RunRow.started_at, RunRow.id, line)
    return [(found.where(_tells(line), ~is_opening), RunRow.started_at)]


def _runs_ended(line: Line) -> list[Arm]:
    ended = RunRow.ended_at.is_not(None) & (RunRow.outcome != "")
    return [(keys_of(Kind.RUN_ENDED, RunRow.ended_at, RunRow.id, line).where(_tells(line), ended), RunRow.ended_at)]


def _given(line: Line) -> list[Arm]:
    found = keys_of(Kind.RELEASE_GIVEN, ReleaseRow.given_at, ReleaseRow.id, line)
    return [(found.where(ReleaseRow.participant_id == line.case.id), ReleaseRow.given_at)]


def _withdrawn(line: Line) -> list[Arm]:
    found = keys_of(Kind.RELEASE_WITHDRAWN, ReleaseRow.withdrawn_at, ReleaseRow.id, line)
    hers = ReleaseRow.participant_id == line.case.id
    return [(found.where(hers, ReleaseRow.withdrawn_at.is_not(None)), ReleaseRow.withdrawn_at)]


SOURCES: Mapping[Kind, Callable[[Line], list[Arm]]] = {
    Kind.RUN_STARTED: _runs_begun,
    Kind.CASE_OPENED: _case_opened,
    Kind.CONTACT: _contacts,
    Kind.TASK_DONE: _tasks,
    Kind.NOTE: _notes,
    Kind.HAPPENING: _happenings,
    Kind.RELEASE_GIVEN: _given,
    Kind.RELEASE_WITHDRAWN: _withdrawn,
    Kind.DOCUMENT: _documents,
    Kind.MESSAGE: _messages,
    Kind.RUN_ENDED: _runs_ended,
}
