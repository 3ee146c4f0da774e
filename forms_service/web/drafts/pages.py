"""The addresses of «Mine utkast»."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms_service.engine.drafts.discard import discard
from forms_service.engine.drafts.draft import Owner
from forms_service.texts import say
from forms_service.web.current import runtime, viewer
from forms_service.web.drafts.mine import my_draft, my_drafts
from forms_service.web.paging import page_in

blueprint = Blueprint("drafts", __name__)


@blueprint.get("/utkast")
def mine() -> str:
    with runtime().database.reading() as db:
        page = page_in(my_drafts(db, viewer()))
    return render_template("drafts/mine.html", page=page)


@blueprint.get("/utkast/<draft_id>/slett")
def ask(draft_id: str) -> str:
    with runtime().database.reading() as db:
        draft = my_draft(db, viewer(), draft_id)
    return render_template("drafts/delete.html", draft=draft)


@blueprint.post("/utkast/<draft_id>/slett")
def delete(draft_id: str) -> Response:
    with runtime().database.writing() as db:
        draft = my_draft(db, viewer(), draft_id)
        discard(db, Owner(viewer().person_id), draft.key)
    flash(say("drafts.deleted"), "success")
    return redirect(url_for("drafts.mine"), 303)
