"""A page without a line opens for nobody, so it must have one; a line without a page says what is not so."""

from __future__ import annotations

from flask import Flask

from forms_service.app import ROOMS
from forms_service.web.access.table import LINES
from forms_service.web.preview.pages import alone

WHERE = "Say who may open it: one line in forms_service/web/access/table.py (CONTRIBUTING, «A page»)."


def endpoints() -> set[str]:
    app = Flask("forms_service.web")
    app.extensions["csrf"] = Exempting()
    for room in (*ROOMS, alone):
        app.register_blueprint(room)
    return {rule.endpoint for rule in app.url_map.iter_rules()}


class Exempting:
    def exempt(self, view: object) -> None:
        return None


def test_every_page_has_a_line() -> None:
    missing = sorted(endpoints() - set(LINES))
    assert not missing, f"{', '.join(missing)}: {WHERE}"


def test_every_line_has_a_page() -> None:
    assert sorted(set(LINES) - endpoints()) == []
