"""Who has looked at a participant's case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms_service.casework.access import demand
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.storage.cases import AccessRow
from forms_service.storage.people import OfficeRow, PersonRow


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One look: who, as what, at what, when, why."""

    at: datetime
    name: str | None
    role: str
    office: str | None
    what: str
    reason: str


def access_log(session: Session, viewer: Viewer, participant_id: str, most: int | None = None) -> list[AccessLine]:
    """The newest first, ``most`` of them; NotFound when the log is not the viewer's to see."""
    demand(session, viewer, Thing.ACCESS_LOG, participant_id)
    looks = (
        select(AccessRow.at, PersonRow.name, AccessRow.role, OfficeRow.name, AccessRow.what, AccessRow.reason)
        .outerjoin(PersonRow, PersonRow.id == AccessRow.person_id)
        .outerjoin(OfficeRow, OfficeRow.id == AccessRow.office_id)
        .where(AccessRow.participant_id == participant_id)
        .order_by(AccessRow.at.desc(), AccessRow.id.desc())
        .limit(most)
    )
    return [AccessLine(*row) for row in session.execute(looks)]
