"""What the entries of a line of time tell, read for one page of them: one question for each kind that is on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from forms_service.casework.lists.case_match import contact_line
from forms_service.casework.subjects import PARTICIPANT
from forms_service.casework.timeline.kind import Kind
from forms_service.casework.timeline.line import Line
from forms_service.domain.access import Thing
from forms_service.engine.look import title_of
from forms_service.engine.runtime import Runtime
from forms_service.storage.cases import ContactRow, HappeningRow, MatchRow, NoteRow, ReleaseRow
from forms_service.storage.outbox import MessageRow
from forms_service.storage.papers import DeliveryRow, DocumentRow
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import RunRow, StepRow, SubmissionRow

Peer = aliased(PersonRow)


@dataclass(frozen=True, slots=True)
class Told:
    """``row`` is what it is about; what else there is to say depends on the kind."""

    row: Any
    title: str = ""
    who: str = ""
    via: str = ""
    run_id: str = ""
    match: MatchRow | None = None
    peer: str = ""
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """Whose inbox a document lies in, and whether it has been read."""

    to: str
    at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of one kind are wanted."""

    rt: Runtime
    session: Session
    line: Line
    ids: Sequence[str]


Pairs = Iterator[tuple[str, Told]]


def told(
    rt: Runtime, session: Session, line: Line, keys: Sequence[tuple[Kind, str]]
) -> Mapping[tuple[Kind, str], Told]:
    """For each key what there is to tell; a row that has gone meanwhile is left out."""
    found: dict[tuple[Kind, str], Told] = {}
    for kind in dict.fromkeys(kind for kind, _ in keys):
        asked = Asked(rt, session, line, [key for other, key in keys if other is kind])
        found |= {(kind, key): each for key, each in TELLERS[kind](asked)}
    return found


def _contacts(asked: Asked) -> Pairs:
    rows = asked.session.scalars(select(ContactRow).where(ContactRow.id.in_(asked.ids)))
    return ((row.id, Told(contact_line(asked.line.viewer, row, asked.line.case.seen))) for row in rows)


def _notes(asked: Asked) -> Pairs:
    rows = select(NoteRow, PersonRow.name, PersonRow.role).outerjoin(PersonRow, PersonRow.id == NoteRow.written_by)
    found = asked.session.execute(rows.where(NoteRow.id.in_(asked.ids)))
    return ((row.id, Told(row, who=name or "", via=role or "")) for row, name, role in found)


def _happenings(asked: Asked) -> Pairs:
    rows = select(HappeningRow, MatchRow, Peer.name, PersonRow.name)
    rows = rows.outerjoin(MatchRow, MatchRow.id == HappeningRow.match_id).outerjoin(Peer, Peer.id == MatchRow.peer_id)
    rows = rows.outerjoin(PersonRow, PersonRow.id == HappeningRow.person_id)
    rows = rows.where(HappeningRow.id.in_([int(key) for key in asked.ids]))
    for row, match, peer, person in asked.session.execute(rows).all():
        opening = _opening(asked) if row.kind == "open_case" else None
        run_id, who = opening or ("", person or "")
        yield str(row.id), Told(row, match=match, peer=peer or "", who=who, run_id=run_id)


def _opening(asked: Asked) -> tuple[str, str] | None:
    """The run that the request began and who sent it, for those who see all runs: it is older than the case."""
    if not asked.line.case.may_see(Thing.ALL_TASKS):
        return None
    runs = select(RunRow.id, PersonRow.name).outerjoin(PersonRow, PersonRow.id == RunRow.started_by)
    runs = runs.where(RunRow.subject_kind == PARTICIPANT, RunRow.subject_id == asked.line.case.id)
    runs = runs.where(RunRow.started_at <= asked.line.case.created_at)
    row = asked.session.execute(runs.order_by(RunRow.started_at).limit(1)).first()
    return (row[0], row[1] or "") if row else None


def _releases(asked: Asked) -> Pairs:
    return (
        (row.id, Told(row)) for row in asked.session.scalars(select(ReleaseRow).where(ReleaseRow.id.in_(asked.ids)))
    )


def _tasks(asked: Asked) -> Pairs:
    rows = select(StepRow, RunRow.definition_id, SubmissionRow.via, PersonRow.name)
    rows = rows.join(RunRow, RunRow.id == StepRow.run_id)
    rows = rows.outerjoin(SubmissionRow, SubmissionRow.step_id == StepRow.id)
    rows = rows.outerjoin(PersonRow, PersonRow.id == SubmissionRow.person_id).where(StepRow.id.in_(asked.ids))
    for row, definition_id, via, name in asked.session.execute(rows).all():
        edition = asked.rt.library.as_read(asked.session, definition_id)
        yield row.id, Told(row, title_of(edition, row), name or "", via or "", row.run_id)


def _documents(asked: Asked) -> Pairs:
    """Whose inbox they lie in is for those who see all tasks."""
    deliveries = _deliveries(asked) if asked.line.case.may_see(Thing.ALL_TASKS) else {}
    rows = asked.session.scalars(select(DocumentRow).where(DocumentRow.id.in_(asked.ids)))
    return ((row.id, Told(row, row.title, deliveries=tuple(deliveries.get(row.id, ())))) for row in rows)


def _deliveries(asked: Asked) -> Mapping[str, Sequence[Delivery]]:
    rows = select(DeliveryRow, PersonRow.name).join(PersonRow, PersonRow.id == DeliveryRow.person_id)
    found: dict[str, list[Delivery]] = {}
    for row, name in asked.session.execute(rows.where(DeliveryRow.document_id.in_(asked.ids))):
        found.setdefault(row.document_id, []).append(Delivery(name, row.delivered_at, row.opened_at))
    return found


def _messages(asked: Asked) -> Pairs:
    rows = select(MessageRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == MessageRow.person_id)
    found = asked.session.execute(rows.where(MessageRow.id.in_(asked.ids)))
    return ((row.id, Told(row, row.subject, name or "", run_id=row.run_id or "")) for row, name in found)


def _runs(asked: Asked) -> Pairs:
    rows = select(RunRow, PersonRow.name).outerjoin(PersonRow, PersonRow.id == RunRow.started_by)
    for row, name in asked.session.execute(rows.where(RunRow.id.in_(asked.ids))).all():
        yield row.id, Told(row, title_of_run(asked.rt, asked.session, row), name or "", run_id=row.id)


def title_of_run(rt: Runtime, session: Session, run: RunRow) -> str:
    """A version that cannot be read any more keeps nobody from the page."""
    edition = rt.library.as_read(session, run.definition_id)
    return edition.workflow.title if edition else run.workflow


TELLERS: Mapping[Kind, Callable[[Asked], Pairs]] = {
    Kind.RUN_STARTED: _runs,
    Kind.CASE_OPENED: _happenings,
    Kind.CONTACT: _contacts,
    Kind.TASK_DONE: _tasks,
    Kind.NOTE: _notes,
    Kind.HAPPENING: _happenings,
    Kind.RELEASE_GIVEN: _releases,
    Kind.RELEASE_WITHDRAWN: _releases,
    Kind.DOCUMENT: _documents,
    Kind.MESSAGE: _messages,
    Kind.RUN_ENDED: _runs,
}
