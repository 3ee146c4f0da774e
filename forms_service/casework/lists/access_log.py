"""Who has looked at a participant's case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forms_service.casework.access import demand
from forms_service.domain.access import Thing
from forms_service.domain.people import Viewer
from forms_service.storage.cases import AccessRow
from forms_service.storage.people import OfficeRow, PersonRow
from forms_service.texts import said_if_known, say

Looks = Select[datetime, str | None, str, str | None, str, str | None, str, int | None]


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One look: who, as what, at what, when, why. ``seal`` is the number of the seal that it is under."""

    at: datetime
    name: str | None
    role: str
    office: str | None
    what: str
    object_id: str | None
    reason: str
    seal: int | None

    @property
    def what_words(self) -> str:
        """A look at something that has no words of its own was one at a form."""
        return said_if_known(f"looks.what.{self.what}") or say("looks.form")

    @property
    def why_words(self) -> str:
        """The ties in words; a reason that somebody has stated stands as it is."""
        ties = (said_if_known(f"looks.why.{tie}") or tie for tie in self.reason.split(", "))
        return ", ".join(ties)


def looks_at(participant_id: str) -> Looks:
    """The whole log about one participant, the newest first."""
    looks = select(
        AccessRow.at,
        PersonRow.name,
        AccessRow.role,
        OfficeRow.name,
        AccessRow.what,
        AccessRow.object_id,
        AccessRow.reason,
        AccessRow.seal,
    )
    looks = looks.outerjoin(PersonRow, PersonRow.id == AccessRow.person_id)
    looks = looks.outerjoin(OfficeRow, OfficeRow.id == AccessRow.office_id)
    looks = looks.where(AccessRow.participant_id == participant_id)
    return looks.order_by(AccessRow.at.desc(), AccessRow.id.desc())


def access_log(session: Session, viewer: Viewer, participant_id: str, most: int | None = None) -> list[AccessLine]:
    """The newest first, ``most`` of them; NotFound when the log is not the viewer's to see."""
    demand(session, viewer, Thing.ACCESS_LOG, participant_id)
    return [AccessLine(*row) for row in session.execute(looks_at(participant_id).limit(most))]
