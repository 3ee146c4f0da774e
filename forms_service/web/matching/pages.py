"""The addresses of waiting list and peers."""

from __future__ import annotations

from flask import Blueprint

from forms_service.web.matching.peers import everyone, everyone_as_file
from forms_service.web.matching.waiting import waiting, waiting_as_file

blueprint = Blueprint("matching", __name__)
blueprint.add_url_rule("/venteliste", view_func=waiting)
blueprint.add_url_rule("/venteliste.csv", view_func=waiting_as_file)
blueprint.add_url_rule("/likemenn", view_func=everyone)
blueprint.add_url_rule("/likemenn.csv", view_func=everyone_as_file)
