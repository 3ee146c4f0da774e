"""The log of who has looked; only added to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from forms_service.domain.people import Viewer
from forms_service.storage.cases import AccessRow


def record_list(
    session: Session, viewer: Viewer, participant_ids: Collection[str], what: str, reason: str, now: datetime
) -> None:
    """Keep that the viewer has seen names in a list: in one statement, however long it is."""
    who = {"person_id": viewer.person_id, "role": viewer.role, "office_id": viewer.office_id}
    looks = [{**who, "at": now, "participant_id": each, "what": what, "reason": reason} for each in participant_ids]
    if looks:
        session.execute(insert(AccessRow), looks)


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Somebody who looks without an account: over a link of her own, or at the command line."""

    role: str
    person_id: None = None
    office_id: None = None


def record(
    session: Session,
    viewer: Viewer | Unnamed,
    participant_id: str,
    what: str,
    object_id: str | None,
    reason: str,
    now: datetime,
) -> None:
    """Keep that the viewer has looked: who, in which role and office, at what, when and why."""
    row = AccessRow(
        at=now,
        person_id=viewer.person_id,
        role=viewer.role,
        office_id=viewer.office_id,
        participant_id=participant_id,
        what=what,
        object_id=object_id,
        reason=reason,
    )
    session.add(row)
