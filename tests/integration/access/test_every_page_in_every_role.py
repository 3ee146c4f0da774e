"""Every page, in every role, at the own office, at another one and behind ties that have ended: as the tables say."""

from __future__ import annotations

import pytest
from werkzeug.routing import Map, Rule

from forms_service.domain.access import Thing
from forms_service.storage.people import PersonRow
from forms_service.web.access.line import Line, Need
from forms_service.web.access.may_open import lines_of
from forms_service.web.access.table import EVERYBODY, LINES, SIGNED_IN
from tests.integration.access.examples import examples_for
from tests.integration.access.town_of_two_offices import CLOSED, World
from tests.integration.access.walk import Walk, set_out


@pytest.fixture(scope="module")
def walk(world: World) -> Walk:
    """Everybody has signed in; then one of them has her access closed."""
    walk = set_out(world)
    with world.rt.database.writing() as db:
        db.get_one(PersonRow, CLOSED).active = False
    return walk


def test_every_page_lets_in_whom_the_tables_let_in_and_nobody_else(walk: Walk) -> None:
    differences = walk.differences(LINES)
    assert not differences, "\n".join(differences)
    assert walk.tried > 2500, "the walk has become shorter"


WRONG = {
    "participants.one": SIGNED_IN,
    "desk.tasks": EVERYBODY,
    "runs.one": Line(Need.ROLE, (Thing.OUTBOX,)),
    "looks.whole": Line(Need.OF_PARTICIPANT, (Thing.PARTICIPANT_PAGE,)),
    "documents.show": Line(Need.ROLE, (Thing.OWN_MESSAGES,)),
    "forms.task": Line(Need.ROLE, (Thing.OWN_TASKS,)),
    "matching.everyone": Line(Need.ROLE, (Thing.QUEUES,)),
    "accounts.person": Line(Need.ROLE, (Thing.RUNS,)),
}


@pytest.mark.parametrize(("endpoint", "line"), WRONG.items())
def test_a_line_that_is_not_so_is_found_out(walk: Walk, endpoint: str, line: Line) -> None:
    assert walk.differences({**LINES, endpoint: line}, {endpoint})


def test_a_page_that_is_opened_too_far_is_found_out(walk: Walk) -> None:
    held = lines_of(walk.app)
    for endpoint in ("outbox.messages", "accounts.everyone", "runs.everything"):
        held[endpoint] = SIGNED_IN
        found = walk.differences(LINES, {endpoint})
        held[endpoint] = LINES[endpoint]
        assert any("let in, and the tables say otherwise" in each for each in found), endpoint


def test_a_page_that_nobody_has_given_a_line_opens_for_nobody(walk: Walk, caplog: pytest.LogCaptureFixture) -> None:
    held = lines_of(walk.app)
    line = held.pop("matching.everyone")
    client = walk.app.test_client()
    client.set_cookie("session", walk.cookies["solveig"])
    answer = client.get("/likemenn")
    held["matching.everyone"] = line
    assert answer.status_code == 404
    assert "No line for matching.everyone in forms_service/web/access/table.py" in caplog.text


def test_an_address_with_a_new_kind_of_id_says_where_its_example_goes(walk: Walk) -> None:
    rule = next(Map([Rule("/notater/<note_id>", endpoint="notes.one")]).iter_rules())
    with pytest.raises(AssertionError, match=r"no example of <note_id>\. Add one to BY_NAMES in .*examples\.py"):
        examples_for(walk.world, rule)
