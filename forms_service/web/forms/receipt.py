"""The receipt: what has happened since something was sent, as it happens."""

from __future__ import annotations

import hashlib

from flask import make_response, render_template, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.casework.access import tasks_of
from forms_service.domain.access import Thing, may_see
from forms_service.domain.people import Viewer
from forms_service.engine.look import RunView, run_view
from forms_service.errors import NotFound
from forms_service.storage.people import PersonRow
from forms_service.storage.runs import StepRow
from forms_service.web.current import runtime, viewer
from forms_service.web.forms.about import CaseBeside, case_beside, note_reading
from forms_service.web.forms.happenings import Happening, tell


def receipt(run_id: str) -> Response:
    """The whole page; that a case was seen is logged."""
    with runtime().database.writing() as db:
        view = run_view(runtime(), db, run_id)
        case = case_beside(db, viewer(), view.subject)
        _demand(db, viewer(), view, case)
        note_reading(db, viewer(), case, "receipt", run_id)
        started_by = db.get(PersonRow, view.started_by) if view.started_by else None
        happenings = tell(db, viewer(), view)
    return make_response(
        render_template("forms/receipt.html", run=view, case=case, started_by=started_by, **_live(view, happenings))
    )


def receipt_steps(run_id: str) -> Response:
    """What the page asks for while the machine works: the lines, or nothing (204) when they are the same as before."""
    with runtime().database.reading() as db:
        view = run_view(runtime(), db, run_id)
        _demand(db, viewer(), view, case_beside(db, viewer(), view.subject))
        live = _live(view, tell(db, viewer(), view))
    if request.args.get("sett") == live["fingerprint"]:
        return Response(status=204)
    return make_response(render_template("forms/receipt_steps.html", run=view, fragment=True, **live))


def _live(view: RunView, happenings: tuple[Happening, ...]) -> dict[str, object]:
    told = repr([(each.kind, each.title, each.state, each.messages and _states(each)) for each in happenings])
    return {
        "happenings": happenings,
        "was_sent_in": _begins_with_a_form(view.workflow),
        "goes_on": not view.machine_is_done,
        "fingerprint": hashlib.sha256(f"{told}{view.machine_is_done}".encode()).hexdigest()[:16],
    }


def _begins_with_a_form(workflow: str) -> bool:
    known = runtime().library.current().workflows.get(workflow)
    return known is not None and bool(known.start.form)


def _states(each: Happening) -> list[str]:
    return [message.status for message in each.messages]


def _demand(db: Session, who: Viewer, view: RunView, case: CaseBeside | None) -> None:
    """Whoever started it, has a task in it, got a message about it, or may see the case. Raises NotFound."""
    involved = {view.started_by, *(step.person_id for step in view.steps)}
    involved |= {message.person_id for step in view.steps for message in step.messages}
    if who.person_id in involved or case or may_see(who, Thing.ALL_TASKS):
        return
    task = tasks_of(who).with_only_columns(StepRow.id).where(StepRow.run_id == view.id)
    if db.scalar(task.limit(1)) is None:
        raise NotFound
