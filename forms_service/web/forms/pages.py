"""The addresses of the form pages."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from forms_service.forms.told import told
from forms_service.web.forms.language import remember_choice
from forms_service.web.forms.link import link, link_document, link_thanks
from forms_service.web.forms.receipt import receipt, receipt_steps
from forms_service.web.forms.room import give_room
from forms_service.web.forms.start import confirm, press, start
from forms_service.web.forms.task import from_paper, task
from forms_service.web.forms.typed_back import whose

blueprint = Blueprint("forms", __name__)
blueprint.add_url_rule("/skjema/<workflow>", view_func=start, methods=["GET", "POST"])
blueprint.add_url_rule("/start/<workflow>", view_func=confirm, methods=["GET"])
blueprint.add_url_rule("/start/<workflow>", view_func=press, methods=["POST"])
blueprint.add_url_rule("/oppgaver/<step_id>", view_func=task, methods=["GET", "POST"])
blueprint.add_url_rule("/oppgaver/<step_id>/fra-papir", view_func=from_paper, methods=["GET", "POST"])
blueprint.add_url_rule("/l/<token>", view_func=link, methods=["GET", "POST"])
blueprint.add_url_rule("/l/<token>/takk", view_func=link_thanks, methods=["GET"])
blueprint.add_url_rule("/l/<token>/dokument", view_func=link_document, methods=["GET"])
blueprint.add_url_rule("/kvittering/<run_id>", view_func=receipt, methods=["GET"])
blueprint.add_url_rule("/kvittering/<run_id>/steg", view_func=receipt_steps, methods=["GET"])


@blueprint.record_once
def check_tokens_ourselves(state: BlueprintSetupState) -> None:
    """Forms answer a stale CSRF token with the form and what was typed (web.forms.sending), not with an error page."""
    for view in (start, task, from_paper, link):
        state.app.extensions["csrf"].exempt(view)


@blueprint.record_once
def teach_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["whose"] = whose
    state.app.jinja_env.globals["told"] = told


blueprint.before_request(give_room)
blueprint.before_request(remember_choice)
