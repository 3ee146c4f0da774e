"""The receipt: what has happened since something was sent, as it happens."""

from __future__ import annotations

import hashlib

from flask import make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forms_service.engine.look import RunView, run_view
from forms_service.errors import NotFound
from forms_service.storage.people import PersonRow
from forms_service.web.current import runtime, viewer
from forms_service.web.forms.about import CaseBeside, case_beside, note_reading
from forms_service.web.forms.follow import may_follow
from forms_service.web.forms.happenings import Happening, tell


def receipt(run_id: str) -> Response:
    """The whole page. A link in a message leads whoever has no part in the run to the participant's own page."""
    with runtime().database.writing() as db:
        view, case = _looked_at(db, run_id)
        if not may_follow(db, viewer(), run_id):
            return _to_participant(case)
        note_reading(db, viewer(), case, "receipt", run_id)
        started_by = db.get(PersonRow, view.started_by) if view.started_by else None
        happenings = tell(db, viewer(), view)
    return make_response(
        render_template("forms/receipt.html", run=view, case=case, started_by=started_by, **_live(view, happenings))
    )


def receipt_steps(run_id: str) -> Response:
    """What the page asks for while the machine works: the lines, or nothing (204) when they are the same as before."""
    with runtime().database.writing() as db:
        view, case = _looked_at(db, run_id)
        if not may_follow(db, viewer(), run_id):
            raise NotFound
        live = _live(view, tell(db, viewer(), view))
        if request.args.get("sett") == live["fingerprint"]:
            return Response(status=204)
        note_reading(db, viewer(), case, "receipt", run_id)
    return make_response(render_template("forms/receipt_steps.html", run=view, fragment=True, **live))


def _looked_at(db: Session, run_id: str) -> tuple[RunView, CaseBeside | None]:
    view = run_view(runtime(), db, run_id)
    return view, case_beside(db, viewer(), view.subject)


def _to_participant(case: CaseBeside | None) -> Response:
    """NotFound for whoever does not see the participant either."""
    if case is None:
        raise NotFound
    return redirect(url_for("participants.one", participant_id=case.file.id))


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
