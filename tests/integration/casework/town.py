"""A small town: two offices, invented people, and short ways to bring a case to where a test begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from forms_service.casework.peer_support import PeerSupport
from forms_service.domain.people import Role, Viewer
from forms_service.engine.service import NO_SUBJECT, Actor, Subject
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.database import Database
from forms_service.storage.people import OfficeRow, PeerRow, PersonRow

NOW = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
CLOSING = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
TODAY = date(2026, 1, 15)

PEOPLE = {
    "solveig": (Role.COORDINATOR, None),
    "trond": (Role.PROJECT_LEAD, None),
    "astrid": (Role.ADMIN, None),
    "nora": (Role.CASEWORKER, "nord"),
    "nils": (Role.CASEWORKER, "nord"),
    "siri": (Role.CASEWORKER, "sor"),
    "pia": (Role.PRIMARY_CONTACT, None),
    "berit": (Role.PEER, None),
    "gunn": (Role.PEER, None),
    "odd": (Role.PEER, None),
}

REQUEST: dict[str, object] = {
    "office": "nord",
    "participant_name": "Liv Strand",
    "participant_gender": "woman",
    "birth_year": 1986,
    "participant_phone": "99999999",
    "participant_email": "liv@example.org",
    "phase": "after_treatment",
    "own_wish": "yes",
    "wishes": "Noen å gå turer i marka med.",
}

AGREED: dict[str, object] = {
    "started_on": "2026-01-20",
    "goal_1": "Trene to ganger i uken",
    "goal_2": None,
    "goal_3": "Finne et sted å bo",
    "release_agreement": "yes",
    "release_evaluation": "no",
    "release_final_report": "yes",
}


@dataclass(slots=True)
class Town:
    """Every move is a transaction of its own, as in the engine."""

    database: Database
    service: PeerSupport = field(default_factory=PeerSupport)
    now: datetime = NOW

    def __post_init__(self) -> None:
        with self.database.writing() as session:
            session.add_all([OfficeRow(id="nord", name="Nord"), OfficeRow(id="sor", name="Sør")])
            session.flush()
            for key, (role, office) in PEOPLE.items():
                name = key.capitalize()
                row = PersonRow(id=key, name=name, role=role, email=f"{key}@example.org", office_id=office, active=True)
                session.add(row)
            session.flush()
            session.add_all([_peer("berit", "woman"), _peer("gunn", "woman"), _peer("odd", "man")])

    def move(
        self,
        name: str,
        subject: Subject,
        answers: Mapping[str, object] | None = None,
        by: str = "solveig",
        now: datetime | None = None,
    ) -> Subject:
        with self.database.writing() as session:
            return self.service.move(session, name, subject, answers or {}, Actor(by), now or self.now)

    def requested(self, by: str = "nora", **answers: object) -> Subject:
        return self.move("open_case", NO_SUBJECT, REQUEST | answers, by=by)

    def waiting(self, by: str = "nora", **answers: object) -> Subject:
        return self.move("join_waiting_list", self.requested(by, **answers))

    def proposed(self, peer: str = "berit", hours: float = 3.5) -> Subject:
        return self.propose(self.waiting(), peer, hours)

    def propose(self, subject: Subject, peer: str = "berit", hours: float = 3.5) -> Subject:
        answers = {"peer": peer, "hours_per_week": hours, "reason": "HEMMELIG grunn"}
        return self.move("propose_match", subject, answers)

    def active(self, peer: str = "berit", **answers: object) -> Subject:
        return self.move("open_match", self.proposed(peer), AGREED | answers)

    def closed(self, subject: Subject, **answers: object) -> Subject:
        closing = {"closed_on": "2026-06-30", "reason": "goal_reached"} | answers
        return self.move("close_match", subject, closing, now=CLOSING)

    def facts(self, subject: Subject) -> dict[str, Any]:
        with self.database.reading() as session:
            return self.service.facts(session, subject, TODAY)

    def participant(self, subject: Subject) -> ParticipantRow:
        with self.database.reading() as session:
            return session.get_one(ParticipantRow, self.service.participant_id(session, subject))

    def match(self, subject: Subject) -> MatchRow:
        with self.database.reading() as session:
            return session.get_one(MatchRow, subject.id)

    def change(self, kind: type[Any], key: str, **values: object) -> None:
        """What somebody does by hand meanwhile."""
        with self.database.writing() as session:
            row = session.get_one(kind, key)
            for name, value in values.items():
                setattr(row, name, value)


def viewer(key: str) -> Viewer:
    role, office = PEOPLE[key]
    return Viewer(person_id=key, name=key.capitalize(), role=role, office_id=office)


def _peer(key: str, gender: str) -> PeerRow:
    return PeerRow(
        person_id=key, gender=gender, birth_year=1980, ready=True, courses_passed=3, hours_per_week=7.5, interests=""
    )
