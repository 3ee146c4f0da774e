"""One line of time through a case: what has happened, the newest first, as keys of rows, whatever table they are in.

Each source is asked for its own newest only, so that a page of ten years costs what a page of ten weeks does.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    and_,
    cast,
    exists,
    false,
    literal,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from forms_service.casework.lists.case_file import CaseFile
from forms_service.casework.subjects import MATCH, PARTICIPANT
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.storage.cases import ContactRow, HappeningRow, NoteRow, ReleaseRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DocumentRow
from forms_service.storage.runs import ASKED, RunRow, StepRow
from forms_service.storage.start_of_day import start_of_day

Keys = Select[datetime, int, int, str]
Arm = tuple[Keys, "ColumnElement[Any] | InstrumentedAttribute[Any]"]
"""Keys of one source, and the column by which its newest are found: one that has an index."""
TELLING = ("ask", "make", "send")
"""Verbs that people notice; a run without them has nothing to tell but what it did to the case."""
OPENS = "open_case"
"""The move that a case begins with."""
EVALUATION = "six_month_evaluation"
EVALUATION_REPORT = "evaluation_report"


class Kind(StrEnum):
    """What an entry tells. Of what happened at the same moment, the cause comes before what followed from it."""

    RUN_STARTED = "run_started"
    CASE_OPENED = "case_opened"
    CONTACT = "contact"
    TASK_DONE = "task_done"
    NOTE = "note"
    HAPPENING = "happening"
    RELEASE_GIVEN = "release_given"
    RELEASE_WITHDRAWN = "release_withdrawn"
    DOCUMENT = "document"
    MESSAGE = "message"
    RUN_ENDED = "run_ended"


KINDS = tuple(Kind)

CHOICES: Mapping[str, tuple[Kind, ...]] = {
    "kontakter": (Kind.CONTACT,),
    "moter": (Kind.TASK_DONE,),
    "avgjorelser": (Kind.HAPPENING, Kind.CASE_OPENED, Kind.RELEASE_GIVEN, Kind.RELEASE_WITHDRAWN),
    "evalueringer": (Kind.TASK_DONE, Kind.DOCUMENT),
    "dokumenter": (Kind.DOCUMENT,),
    "meldinger": (Kind.MESSAGE,),
    "notater": (Kind.NOTE,),
}
"""The word in the address → what is shown; whoever sees the first kind is offered the word."""

NEEDS: Mapping[Kind, Thing] = {
    Kind.RUN_STARTED: Thing.ALL_TASKS,
    Kind.CASE_OPENED: Thing.PARTICIPANT_PAGE,
    Kind.CONTACT: Thing.CONTACT_LOG,
    Kind.TASK_DONE: Thing.ALL_TASKS,
    Kind.NOTE: Thing.OWN_NOTES,
    Kind.HAPPENING: Thing.PARTICIPANT_PAGE,
    Kind.RELEASE_GIVEN: Thing.RELEASES,
    Kind.RELEASE_WITHDRAWN: Thing.RELEASES,
    Kind.DOCUMENT: Thing.PARTICIPANT_PAGE,
    Kind.MESSAGE: Thing.ALL_TASKS,
    Kind.RUN_ENDED: Thing.ALL_TASKS,
}
"""What one must be able to see of the case for such an entry to be there at all."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is looked for: in whose case, as whom, of which documents, and ``chosen`` with a word of CHOICES."""

    viewer: Viewer
    case: CaseFile
    documents: Collection[str] | None
    """None when she may open every one."""
    chosen: str = ""
    before: datetime | None = None


def offered(case: CaseFile) -> list[str]:
    """The words that this viewer has something to choose by."""
    return [word for word, kinds in CHOICES.items() if case.may_see(NEEDS[kinds[0]])]


def everything(line: Line, most: int) -> Keys:
    """The newest ``most`` keys in order: when, which kind (its number in KINDS), a number within it, the row's id."""
    arms = [keys.order_by(newest.desc()).limit(most).subquery() for keys, newest in _arms(line)]
    together = union_all(*(select(arm) for arm in arms)).subquery()
    newest_first = (together.c.at.desc(), together.c.kind.desc(), together.c.number.desc(), together.c.key.desc())
    return _columns(together).order_by(*newest_first).limit(most)


def unordered(line: Line) -> Keys:
    """The same for counting, which stops when it has counted enough: so those of whom there are most come first."""
    together = union_all(*(keys for keys, _ in sorted(_arms(line), key=_is_short))).subquery()
    return _columns(together)


def _columns(together: Subquery) -> Keys:
    return select(together.c.at, together.c.kind, together.c.number, together.c.key)


def _arms(line: Line) -> list[Arm]:
    kinds = CHOICES.get(line.chosen, KINDS)
    seen = [kind for kind in kinds if line.case.may_see(NEEDS[kind])]
    return [arm for kind in seen for arm in ARMS[kind](line)] or [(_nothing(), HappeningRow.at)]


def _is_short(arm: Arm) -> bool:
    return arm[1] is not ContactRow.on


def _nothing() -> Keys:
    return _keys(Kind.HAPPENING, HappeningRow.at, cast(HappeningRow.id, String)).where(false())


def _keys(kind: Kind, at: Any, key: Any, line: Line | None = None, number: Any = None) -> Keys:
    within = literal(0) if number is None else number
    keys = select(at.label("at"), literal(KINDS.index(kind)).label("kind"), within.label("number"), key.label("key"))
    return keys.where(at < line.before) if line and line.before else keys


def _matches(line: Line) -> list[str]:
    """Of a peer only her own, which is all that her case file holds."""
    return [match.id for match in line.case.matches]


def _is_about(line: Line) -> ColumnElement[bool]:
    return or_(
        and_(RunRow.subject_kind == PARTICIPANT, RunRow.subject_id == line.case.id),
        and_(RunRow.subject_kind == MATCH, RunRow.subject_id.in_(_matches(line))),
    )


def _tells(line: Line) -> ColumnElement[bool]:
    return _is_about(line) & exists().where(StepRow.run_id == RunRow.id, StepRow.verb.in_(TELLING)).correlate(RunRow)


def _case_opened(line: Line) -> list[Arm]:
    return _told(line, Kind.CASE_OPENED, HappeningRow.kind == OPENS)


def _happenings(line: Line) -> list[Arm]:
    hers = HappeningRow.match_id.is_(None) | HappeningRow.match_id.in_(_matches(line))
    return _told(line, Kind.HAPPENING, (HappeningRow.kind != OPENS) & hers)


def _told(line: Line, kind: Kind, which: ColumnElement[bool]) -> list[Arm]:
    found = _keys(kind, HappeningRow.at, cast(HappeningRow.id, String), line, HappeningRow.id)
    return [(found.where(HappeningRow.participant_id == line.case.id, which), HappeningRow.at)]


def _contacts(line: Line) -> list[Arm]:
    """Match by match, since each has its contacts in order."""
    found = _keys(Kind.CONTACT, start_of_day(ContactRow.on), ContactRow.id, line)
    return [(found.where(ContactRow.match_id == match_id), ContactRow.on) for match_id in _matches(line)]


def _notes(line: Line) -> list[Arm]:
    """Everybody's for those who see them; a peer's own, and only of the match that she is in."""
    found = _keys(Kind.NOTE, NoteRow.written_at, NoteRow.id, line).where(NoteRow.participant_id == line.case.id)
    if not line.case.may_see(Thing.INTERNAL_NOTES):
        found = found.where(NoteRow.written_by == line.viewer.person_id, NoteRow.match_id.in_(_matches(line)))
    return [(found, NoteRow.written_at)]


def _tasks(line: Line) -> list[Arm]:
    found = _keys(Kind.TASK_DONE, StepRow.finished_at, StepRow.id, line).join(RunRow, RunRow.id == StepRow.run_id)
    found = found.where(_is_about(line), text(f"step.{ASKED}"), StepRow.status == "done")
    if line.chosen == "evalueringer":
        found = found.where(RunRow.workflow == EVALUATION)
    return [(found, StepRow.finished_at)]


def _documents(line: Line) -> list[Arm]:
    found = _keys(Kind.DOCUMENT, DocumentRow.made_at, DocumentRow.id, line)
    found = found.where(DocumentRow.participant_id == line.case.id)
    if line.documents is not None:
        found = found.where(DocumentRow.id.in_(line.documents))
    if line.chosen == "evalueringer":
        found = found.where(DocumentRow.name == EVALUATION_REPORT)
    return [(found, DocumentRow.made_at)]


def _messages(line: Line) -> list[Arm]:
    """When they came about; a message of the night may have left in the morning."""
    found = _keys(Kind.MESSAGE, MessageRow.created_at, MessageRow.id, line).join(RunRow, RunRow.id == MessageRow.run_id)
    return [(found.where(_is_about(line)), MessageRow.created_at)]


def _runs_begun(line: Line) -> list[Arm]:
    """But for the one that the request began: the request tells of itself."""
    is_opening = (RunRow.subject_kind == PARTICIPANT) & (RunRow.started_at <= line.case.created_at)
    found = _keys(Kind.RUN_STARTED, RunRow.started_at, RunRow.id, line)
    return [(found.where(_tells(line), ~is_opening), RunRow.started_at)]


def _runs_ended(line: Line) -> list[Arm]:
    ended = RunRow.ended_at.is_not(None) & (RunRow.outcome != "")
    return [(_keys(Kind.RUN_ENDED, RunRow.ended_at, RunRow.id, line).where(_tells(line), ended), RunRow.ended_at)]


def _given(line: Line) -> list[Arm]:
    found = _keys(Kind.RELEASE_GIVEN, ReleaseRow.given_at, ReleaseRow.id, line)
    return [(found.where(ReleaseRow.participant_id == line.case.id), ReleaseRow.given_at)]


def _withdrawn(line: Line) -> list[Arm]:
    found = _keys(Kind.RELEASE_WITHDRAWN, ReleaseRow.withdrawn_at, ReleaseRow.id, line)
    hers = ReleaseRow.participant_id == line.case.id
    return [(found.where(hers, ReleaseRow.withdrawn_at.is_not(None)), ReleaseRow.withdrawn_at)]


ARMS: Mapping[Kind, Callable[[Line], list[Arm]]] = {
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
