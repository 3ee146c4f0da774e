"""What workflows, forms and documents may know of a case."""

from __future__ import annotations

from datetime import date

from forms_service.casework.vocabulary import PEER_SUPPORT
from forms_service.engine.service import NO_SUBJECT
from forms_service.language.vocabulary import ValueType
from forms_service.storage.people import PersonRow
from tests.integration.casework.town import Town

TYPES: dict[ValueType, type | tuple[type, ...]] = {
    ValueType.TEXT: str,
    ValueType.NUMBER: (int, float),
    ValueType.DATE: date,
    ValueType.LIST: list,
    ValueType.YES_NO: str,
}


def test_there_are_no_facts_before_there_is_a_case(town: Town) -> None:
    assert town.facts(NO_SUBJECT) == {}


def test_a_case_without_a_match_has_the_facts_of_the_case_only(town: Town) -> None:
    facts = town.facts(town.requested())
    assert set(facts) == {"case"}
    assert facts["case"] == {
        "case_number": "2026-0001",
        "participant_name": "Liv Strand",
        "office": "Nord",
        "caseworker": "Nora",
        "primary_contact": "Nora",
        "has_contact": "yes",
        "peer_name": "",
        "phase": "after_treatment",
        "wishes": "Noen å gå turer i marka med.",
        "gender": "woman",
        "birth_year": 1986,
        "status": "requested",
    }


def test_the_facts_are_the_ones_the_vocabulary_promises_with_the_types_it_promises(town: Town) -> None:
    subject = town.closed(town.active())
    facts = {f"{group}.{name}": value for group, part in town.facts(subject).items() for name, value in part.items()}
    assert set(facts) == set(PEER_SUPPORT.facts)
    for name, value in facts.items():
        assert isinstance(value, TYPES[PEER_SUPPORT.facts[name]]), name


def test_a_match_tells_of_its_goals_and_contacts_and_of_no_note(town: Town) -> None:
    subject = town.active()
    for kind in ("sms", "phone", "sms"):
        answers = {"on": "2026-01-21", "kind": kind, "internal_note": "HEMMELIG"}
        town.move("log_contact", subject, answers, by="berit")
    match = town.facts(subject)["match"]
    assert match["contacts"] == [{"kind": "sms", "count": 2}, {"kind": "phone", "count": 1}]
    assert match["contact_count"] == 3
    assert (match["goal_count"], match["goal_1"], match["goal_2"], match["goal_3"]) == (
        2,
        "Trene to ganger i uken",
        "Finne et sted å bo",
        "",
    )
    assert (match["peer_name"], match["started"], match["closed"]) == ("Berit", date(2026, 1, 20), None)
    assert "HEMMELIG" not in str(town.facts(subject))


def test_the_primary_contact_is_whoever_it_is_that_day(town: Town) -> None:
    subject = town.requested()
    town.change(type(town.participant(subject)), subject.id, primary_contact_id="pia")
    assert town.facts(subject)["case"]["primary_contact"] == "Pia"
    town.change(PersonRow, "pia", name="Pia Ny")
    assert town.facts(subject)["case"]["primary_contact"] == "Pia Ny"
