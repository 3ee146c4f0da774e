"""What became of one message of a run; who sends it is told, its words and its address are not."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from forms_service.engine.operate.detail import detail_of
from forms_service.errors import AlreadyDone, NotFound
from forms_service.web.current import actor, runtime
from forms_service.web.outbox.pages import DECISIONS


def settle(run_id: str, message_id: str) -> Response:
    """Raises NotFound for a message of another run."""
    rt, decision = runtime(), request.form.get("decision", "")
    with rt.database.reading() as db:
        if message_id not in {message.id for message in detail_of(rt, db, run_id).messages}:
            raise NotFound
    if decision not in DECISIONS:
        abort(400)
    try:
        DECISIONS[decision](rt, message_id, actor())
        flash(f"message_{decision}", "success")
    except AlreadyDone:
        flash("message_settled_before", "info")
    return redirect(url_for("runs.one", run_id=run_id, _anchor="meldinger"))
