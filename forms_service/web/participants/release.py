"""What may be shared with whom, as the participant says it to the coordinator."""

from __future__ import annotations

from datetime import date

from flask import abort, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from forms_service.casework.access import demand
from forms_service.casework.releases import give_release, withdraw_release
from forms_service.domain.access import Thing
from forms_service.domain.people import Role
from forms_service.domain.releases import Content
from forms_service.web.current import now, runtime, today, viewer


def release(participant_id: str) -> Response:
    """Record that the participant lets something go, until a day or until further notice, or no longer does."""
    content, decision = request.form.get("content", ""), request.form.get("decision", "")
    if content not in set(Content) or decision not in {"give", "withdraw"}:
        abort(400)
    flash(_decide(participant_id, Content(content), decision), "success")
    return redirect(url_for("participants.one", participant_id=participant_id, _anchor="samtykke"))


def _decide(participant_id: str, content: Content, decision: str) -> str:
    until = _until() if decision == "give" else None
    with runtime().database.writing() as db:
        demand(db, viewer(), Thing.RELEASES, participant_id)
        withdraw_release(db, participant_id, content, Role.PRIMARY_CONTACT, now())
        if decision == "give":
            by = viewer().person_id
            give_release(db, participant_id, content, Role.PRIMARY_CONTACT, now(), until=until, recorded_by=by)
    return "release_given" if decision == "give" else "release_withdrawn"


def _until() -> date | None:
    """None without a day; a day that is over lets nothing out, so it is no release."""
    given = request.form.get("until", "").strip()
    if not given:
        return None
    try:
        until = date.fromisoformat(given)
    except ValueError:
        abort(400)
    return until if until >= today() else abort(400)
