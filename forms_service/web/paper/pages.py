"""The addresses of forms on paper."""

from __future__ import annotations

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from forms_service.web.paper.attached import attached
from forms_service.web.paper.blank import start, task
from forms_service.web.paper.filled import answers, fhir, forms_to_read

blueprint = Blueprint("paper", __name__)
blueprint.add_url_rule("/skjema/<workflow>/papir", view_func=start)
blueprint.add_url_rule("/oppgaver/<step_id>/papir", view_func=task)
blueprint.add_url_rule("/svar/<submission_id>/pdf", view_func=answers)
blueprint.add_url_rule("/svar/<submission_id>/fhir", view_func=fhir)
blueprint.add_url_rule("/svar/<submission_id>/vedlegg/<upload_id>", view_func=attached)


@blueprint.record_once
def teach_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals["forms_to_read"] = forms_to_read
