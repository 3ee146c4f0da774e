"""«Register»: the records about which the viewer can begin something, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template
from sqlalchemy import Row, select

from forms_service.errors import NotFound
from forms_service.language.definitions import Workflow
from forms_service.register.description import Kind
from forms_service.register.register import Register
from forms_service.storage.register import RecordRow
from forms_service.web.current import runtime, viewer
from forms_service.web.paging import page_of
from forms_service.web.records.startable import startable_about

blueprint = Blueprint("records", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One record: its number, what people recognise it by, and what can be begun about it."""

    id: str
    kind: Kind
    number: str
    name: str
    starts: list[Workflow]


@blueprint.get("/register")
def everything() -> str:
    """NotFound for whoever can begin nothing about any record."""
    service, starts = runtime().service, startable_about(runtime(), viewer())
    if not isinstance(service, Register) or not starts:
        raise NotFound
    kinds = service.description.subjects
    records = select(RecordRow).where(RecordRow.kind.in_(starts))

    def line(row: Row[RecordRow]) -> Line:
        record = row[0]
        kind = kinds[record.kind]
        return Line(record.id, kind, record.number, str(record.content.get(kind.called) or ""), starts[record.kind])

    with runtime().database.reading() as db:
        newest_first = records.order_by(RecordRow.created_at.desc(), RecordRow.number.desc())
        return render_template("records/everything.html", page=page_of(db, newest_first, line))
