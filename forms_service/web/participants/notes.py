"""Striking a note from the line of time; writing one is a form like any other."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from forms_service.casework.notes import strike_note
from forms_service.web.current import now, runtime, viewer


def strike(participant_id: str) -> Response:
    note_id = request.form.get("note") or abort(400)
    with runtime().database.writing() as db:
        strike_note(db, viewer(), participant_id, note_id, now())
    flash("note_struck", "success")
    return redirect(url_for("participants.one", participant_id=participant_id, _anchor="tidslinje"))
