"""What a form's texts, conditions and lists can draw on, looked up at once so that no session stays open."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.domain.people import Viewer
from forms_service.engine.service import Subject
from forms_service.engine.viewer_facts import NOBODY, viewer_facts
from forms_service.forms.context import Context
from forms_service.language.definitions import Form
from forms_service.storage.people import OfficeRow
from forms_service.web.current import runtime, today


def surroundings(db: Session, form: Form, subject: Subject, facts: Mapping[str, object], who: Viewer | None) -> Context:
    """Facts, today and who fills it in; the lists that the form's fields name; the offices.

    Somebody who belongs to an office answers for that office only. Nobody signed in is somebody with a one-time link.
    """
    service = runtime().service
    lists = {field.pick: service.picks(db, field.pick, subject) for field in form.all_fields() if field.pick}
    return Context(
        data={**facts, "today": today(), "me": viewer_facts(db, who.person_id, who.role) if who else NOBODY},
        picks=lambda name: lists.get(name, {}),
        offices=_offices(db, who.office_id if who else None),
    )


def _offices(db: Session, only: str | None) -> dict[str, str]:
    found = select(OfficeRow.id, OfficeRow.name).where(OfficeRow.active).order_by(OfficeRow.name)
    found = found.where(OfficeRow.id == only) if only else found
    return {office.id: office.name for office in db.execute(found)}
