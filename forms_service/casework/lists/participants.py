"""The participants that a viewer may see."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_
from sqlalchemy.orm import Session

from forms_service.casework.access import visible_participants
from forms_service.domain.match import NOT_ENDED
from forms_service.domain.people import Viewer
from forms_service.storage.cases import MatchRow, ParticipantRow
from forms_service.storage.people import OfficeRow, PersonRow


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """One participant; ``peer`` and ``match_id`` belong to the match that has not ended, if there is one."""

    id: str
    case_number: str
    name: str
    status: str
    office: str
    match_id: str | None
    peer: str | None


def participants(session: Session, viewer: Viewer) -> list[ParticipantLine]:
    """By case number, the newest first."""
    has_not_ended = and_(MatchRow.participant_id == ParticipantRow.id, MatchRow.status.in_(NOT_ENDED))
    found = (
        visible_participants(viewer)
        .join(OfficeRow, OfficeRow.id == ParticipantRow.office_id)
        .outerjoin(MatchRow, has_not_ended)
        .outerjoin(PersonRow, PersonRow.id == MatchRow.peer_id)
        .with_only_columns(
            ParticipantRow.id,
            ParticipantRow.case_number,
            ParticipantRow.name,
            ParticipantRow.status,
            OfficeRow.name,
            MatchRow.id,
            PersonRow.name,
        )
        .order_by(ParticipantRow.created_at.desc(), ParticipantRow.id)
    )
    return [ParticipantLine(*row) for row in session.execute(found)]
