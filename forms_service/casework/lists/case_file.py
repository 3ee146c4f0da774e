"""One participant's whole case, as much of it as the viewer may see."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access import demand, relations
from forms_service.casework.lists.case_match import CaseMatch, matches_of
from forms_service.casework.releases import as_release
from forms_service.domain.access import Relation, Thing, may_see
from forms_service.domain.people import Viewer
from forms_service.domain.releases import in_force
from forms_service.storage.cases import ParticipantRow, ReleaseRow, WaitingRow
from forms_service.storage.people import OfficeRow, PersonRow


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """A release that was given; ``holds`` says whether it lets anything out today."""

    content: str
    recipient: str
    given_at: datetime
    until: date | None
    withdrawn_at: datetime | None
    holds: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case. What the viewer may not see is empty, and ``may_see`` tells it from what there is not."""

    id: str
    case_number: str
    name: str
    gender: str
    birth_year: int | None
    phone: str | None
    email: str | None
    status: str
    office: str
    caseworker: str
    primary_contact: str
    created_at: datetime
    waiting_since: datetime | None
    phase: str
    wishes: str
    matches: tuple[CaseMatch, ...]
    releases: tuple[ReleaseLine, ...]
    seen: frozenset[Thing]

    def may_see(self, thing: Thing) -> bool:
        return thing in self.seen


def case_file(session: Session, viewer: Viewer, participant_id: str, today: date) -> CaseFile:
    """The case as it is today; NotFound when it is not the viewer's to see."""
    demand(session, viewer, Thing.PARTICIPANT_PAGE, participant_id)
    row = session.get_one(ParticipantRow, participant_id)
    seen = _seen(viewer, relations(session, viewer, participant_id))
    told = Thing.REQUEST in seen
    return CaseFile(
        id=row.id,
        case_number=row.case_number,
        name=row.name,
        gender=row.gender,
        birth_year=row.birth_year,
        phone=row.phone,
        email=row.email,
        status=row.status,
        office=session.get_one(OfficeRow, row.office_id).name,
        caseworker=_name(session, row.caseworker_id),
        primary_contact=_name(session, row.primary_contact_id),
        created_at=row.created_at,
        waiting_since=_waiting_since(session, row.id),
        phase=row.phase if told else "",
        wishes=row.wishes if told else "",
        matches=matches_of(session, viewer, row.id, seen),
        releases=_releases(session, row.id, today) if Thing.RELEASES in seen else (),
        seen=seen,
    )


def _seen(viewer: Viewer, tied: Collection[Relation]) -> frozenset[Thing]:
    return frozenset(thing for thing in Thing if may_see(viewer, thing, *tied))


def _releases(session: Session, participant_id: str, today: date) -> tuple[ReleaseLine, ...]:
    given = select(ReleaseRow).where(ReleaseRow.participant_id == participant_id)
    return tuple(
        ReleaseLine(
            row.content, row.recipient, row.given_at, row.until, row.withdrawn_at, in_force(as_release(row), today)
        )
        for row in session.scalars(given.order_by(ReleaseRow.given_at.desc(), ReleaseRow.content))
    )


def _waiting_since(session: Session, participant_id: str) -> datetime | None:
    standing = select(WaitingRow.since).where(WaitingRow.participant_id == participant_id, WaitingRow.left_at.is_(None))
    return session.scalar(standing)


def _name(session: Session, person_id: str | None) -> str:
    person = session.get(PersonRow, person_id) if person_id else None
    return person.name if person else ""
