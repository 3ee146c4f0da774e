"""The lists that a person field chooses from."""

from __future__ import annotations

from forms_service.engine.service import NO_SUBJECT, Subject
from forms_service.storage.people import PeerRow, PersonRow
from tests.integration.casework.town import Town


def picks(town: Town, name: str, subject: Subject = NO_SUBJECT) -> dict[str, str]:
    with town.database.reading() as session:
        return town.service.picks(session, name, subject)


def test_caseworkers_are_listed_with_their_office(town: Town) -> None:
    town.change(PersonRow, "nils", active=False)
    assert picks(town, "caseworkers") == {"nora": "Nora · Nord", "siri": "Siri · Sør"}


def test_peers_whom_the_hard_rules_allow_are_listed_with_their_free_hours(town: Town) -> None:
    town.proposed("berit", hours=5)
    assert picks(town, "eligible_peers", town.waiting()) == {
        "gunn": "Gunn · 7,5 ledige timer",
        "berit": "Berit · 2,5 ledige timer",
    }


def test_the_best_peer_comes_first(town: Town) -> None:
    town.change(PeerRow, "gunn", interests="marka")
    assert list(picks(town, "eligible_peers", town.waiting())) == ["gunn", "berit"]


def test_a_peer_without_hours_is_not_offered(town: Town) -> None:
    town.proposed("berit", hours=7.5)
    assert list(picks(town, "eligible_peers", town.waiting())) == ["gunn"]


def test_without_a_participant_no_peer_is_offered(town: Town) -> None:
    assert picks(town, "eligible_peers") == {}
