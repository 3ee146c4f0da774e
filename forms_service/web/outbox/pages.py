"""«Utboks»: what was sent, what was not, and the buttons that settle it."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms_service.engine.links import address_for
from forms_service.engine.operate.message import retry_message, settle_message
from forms_service.engine.runtime import Runtime
from forms_service.engine.service import Actor
from forms_service.errors import AlreadyAnswered
from forms_service.storage.outbox import MessageRow
from forms_service.storage.runs import LinkRow
from forms_service.web.current import actor, runtime, viewer
from forms_service.web.outbox.list import count_problems, posted, posted_one
from forms_service.web.reads import note_listing, note_reading

blueprint = Blueprint("outbox", __name__)
DECISIONS: dict[str, Callable[[Runtime, str, Actor], None]] = {
    "retry": retry_message,
    "sent": lambda rt, message_id, who: settle_message(rt, message_id, "sent", who),
    "send_again": lambda rt, message_id, who: settle_message(rt, message_id, "send_again", who),
}
"""What a button of the message's page does."""


@blueprint.get("/utboks")
def messages() -> str:
    problems_only = request.args.get("vis") == "stoppet"
    with runtime().database.writing() as db:
        page = posted(db, problems_only=problems_only)
        note_listing(db, viewer(), [each.participant_id for each in page.items], "outbox")
        return render_template(
            "outbox/messages.html", page=page, problems_only=problems_only, problems=count_problems(db)
        )


@blueprint.get("/utboks/<message_id>")
def message(message_id: str) -> str:
    with runtime().database.writing() as db:
        found = posted_one(db, message_id)
        if found.participant_id:
            note_reading(db, viewer(), found.participant_id, "message", message_id)
        link = db.get(LinkRow, found.message.link_id) if found.message.link_id else None
    task_id = link.step_id if link else ""
    return render_template("outbox/message.html", posted=found, demo_link=_demo_link(found.message), task_id=task_id)


@blueprint.post("/utboks/<message_id>")
def settle(message_id: str) -> Response:
    """Try a failed message again, or say what became of one that nobody knows about."""
    try:
        _settle(message_id, request.form.get("decision", ""))
    except AlreadyAnswered:
        flash("message_settled_before", "info")
    return redirect(url_for("outbox.message", message_id=message_id))


def _settle(message_id: str, decision: str) -> None:
    if decision not in DECISIONS:
        abort(400)
    DECISIONS[decision](runtime(), message_id, actor())
    flash(f"message_{decision}", "success")


def _demo_link(row: MessageRow) -> str:
    """The secret address of a one-time link: shown in the demo, where nobody reads the mail, and nowhere else."""
    rt = runtime()
    return address_for(rt, row.link_id) if rt.settings.demo and row.link_id else ""
