"""Every address that names something of a case, asked for by those whom it does not concern."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, url_for
from werkzeug.routing import Rule

from forms_service.app import ROOMS
from forms_service.web.access.table import LINES
from tests.integration.access.attacks.siege import Siege
from tests.integration.access.examples import Example, examples_for
from tests.integration.access.judge import may
from tests.integration.access.test_every_page_has_a_line import Exempting

STRANGERS = {"siri": "liv", "gunn": "liv", "lise": "liv", "odd": "unn", "pia": "unn"}
"""At another office, beside somebody else, of another trade, once beside him, once his contact → after whom."""


def with_an_id() -> list[str]:
    """The endpoints whose address names something, and that are not for whoever holds a link."""
    app = Flask("forms_service.web")
    app.extensions["csrf"] = Exempting()
    for room in ROOMS:
        app.register_blueprint(room)
    return sorted({rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments and not _is_open(rule)})


def _is_open(rule: Rule) -> bool:
    return rule.endpoint not in LINES or LINES[rule.endpoint].is_open


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("endpoint", with_an_id())
def test_what_is_somebody_elses_does_not_exist(siege: Siege, endpoint: str, who: str) -> None:
    tried = 0
    for rule, example in _examples(siege, endpoint, who):
        with siege.app.test_request_context():
            address = url_for(endpoint, **{**example.values, **(example.query or {})}, _external=False)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            attempt = siege.get(who, address) if method == "GET" else siege.post(who, address)
            attempt.must_fail("uncalled_for", "not_there")
            assert attempt.status == 404
            if example.case:
                assert (who, "refused", example.case.participant_id) in attempt.looks
            tried += 1
    assert tried, "nobody has tried"


def _examples(siege: Siege, endpoint: str, who: str) -> Iterator[tuple[Rule, Example]]:
    """The first thing of the case that the page has; of what is nobody's the first."""
    for rule in siege.app.url_map.iter_rules(endpoint):
        found = examples_for(siege.world, rule)
        hers = [each for each in found if each.case is None or each.case.name == STRANGERS[who]] or found
        viewer = siege.world.viewers[who]
        yield rule, next(each for each in hers if not may(LINES[endpoint], viewer, each))
