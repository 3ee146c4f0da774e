"""What ties somebody to a participant may end in the middle of a session: from then on there is nothing to see."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from forms_service.domain.match import MatchStatus
from forms_service.domain.people import Role
from forms_service.engine.service import Subject
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import PersonRow
from tests.integration.casework.town import AGREED, CLOSING, Town
from tests.integration.desk.visitor import SignIn

ENDS: dict[str, tuple[str, Callable[[Town, str, str], None]]] = {
    "the match is closed": ("berit", lambda town, liv, match: close(town, match)),
    "there is another primary contact": (
        "pia",
        lambda town, liv, match: town.change(ParticipantRow, liv, primary_contact_id="nora"),
    ),
    "the caseworker has moved to another office": (
        "nils",
        lambda town, liv, match: town.change(PersonRow, "nils", office_id="sor"),
    ),
    "the participant has moved to another office": (
        "nils",
        lambda town, liv, match: town.change(ParticipantRow, liv, office_id="sor"),
    ),
    "somebody works here no more": (
        "solveig",
        lambda town, liv, match: town.change(PersonRow, "solveig", active=False),
    ),
    "somebody has another role": (
        "solveig",
        lambda town, liv, match: town.change(PersonRow, "solveig", role=Role.ADMIN),
    ),
}


def close(town: Town, match: str) -> None:
    town.change(MatchRow, match, status=MatchStatus.CLOSED, closed_on=CLOSING.date())


@pytest.mark.parametrize("why", ENDS)
def test_a_tie_that_ends_ends_what_it_showed_at_once(signed_in_as: SignIn, town: Town, why: str) -> None:
    who, end = ENDS[why]
    match = town.active("berit")
    liv = town.participant(match).id
    town.change(ParticipantRow, liv, primary_contact_id="pia")
    visitor = signed_in_as(who)
    assert visitor.get(f"/deltakere/{liv}").status_code == 200
    end(town, liv, match.id)
    assert visitor.get(f"/deltakere/{liv}").status_code in (302, 404)
    lists = [visitor.get(path) for path in ("/deltakere", "/deltakere.csv", "/oppgaver", "/innboks")]
    found = visitor.client.post("/deltakere", data={"csrf_token": "", "sok": "Liv"})
    assert not any("Liv Strand" in each.text for each in (*lists, found))


def test_a_new_peer_does_not_see_what_the_one_before_her_wrote(signed_in_as: SignIn, town: Town) -> None:
    match = town.active("berit")
    liv = town.participant(match).id
    wrote = {"on": "2026-01-22", "kind": "phone", "internal_note": "HEMMELIG fra Berit"}
    town.move("log_contact", match, wrote, by="berit")
    town.closed(match)
    town.change(ParticipantRow, liv, status="waiting")
    from_now_on = town.move("open_match", town.propose(Subject("participant", liv), "gunn"), AGREED)
    assert from_now_on.id != match.id
    page = signed_in_as("gunn").read(f"/deltakere/{liv}")
    assert "HEMMELIG" not in page
    assert signed_in_as("berit").get(f"/deltakere/{liv}").status_code == 404


def test_a_new_caseworker_does_not_see_what_was_told_in_confidence(signed_in_as: SignIn, town: Town) -> None:
    match = town.active("berit")
    liv = town.participant(match).id
    wrote = {"on": "2026-01-22", "kind": "phone", "internal_note": "HEMMELIG fra Berit"}
    town.move("log_contact", match, wrote, by="berit")
    town.change(ParticipantRow, liv, office_id="sor", caseworker_id="siri", primary_contact_id="siri")
    assert "HEMMELIG" not in signed_in_as("siri").read(f"/deltakere/{liv}")
    assert signed_in_as("nora").get(f"/deltakere/{liv}").status_code == 404
