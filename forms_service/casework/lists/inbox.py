"""Documents that lie in a person's inbox in the system."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from forms_service.casework.access.ties import is_active, shows
from forms_service.domain.access import Thing, is_of_another_trade
from forms_service.domain.people import Viewer
from forms_service.storage.cases import ParticipantRow
from forms_service.storage.papers import DeliveryRow, DocumentRow

NEWEST = (DeliveryRow.delivered_at.desc(), DocumentRow.number.desc())
OLDEST = (DeliveryRow.delivered_at.asc(), DocumentRow.number.asc())
Lines = Select[str, str, str, str | None, str | None, str | None, datetime, datetime | None]


@dataclass(frozen=True, slots=True)
class InboxLine:
    """A document that was delivered; ``opened_at`` confirms that it has been read."""

    document_id: str
    title: str
    number: str
    participant_id: str | None
    """None for a document of another trade, which is nobody's case."""
    case_number: str | None
    participant: str | None
    delivered_at: datetime
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChosenInbox:
    """Which documents, in which order; None chooses all."""

    read: bool | None = None
    oldest_first: bool = False


def inbox_lines(viewer: Viewer, chosen: ChosenInbox) -> Lines:
    """A line for each, as InboxLine has it; one about somebody who is no longer the viewer's to see is not in it."""
    hers = shows(viewer, Thing.PARTICIPANT_PAGE)
    if is_of_another_trade(viewer.role):
        hers = DocumentRow.participant_id.is_(None) & is_active(viewer)
    found = (
        select(
            DocumentRow.id,
            DocumentRow.title,
            DocumentRow.number,
            ParticipantRow.id,
            ParticipantRow.case_number,
            ParticipantRow.name,
            DeliveryRow.delivered_at,
            DeliveryRow.opened_at,
        )
        .join(DeliveryRow, DeliveryRow.document_id == DocumentRow.id)
        .outerjoin(ParticipantRow, ParticipantRow.id == DocumentRow.participant_id)
        .where(DeliveryRow.person_id == viewer.person_id, hers)
    )
    if chosen.read is not None:
        found = found.where(DeliveryRow.opened_at.is_not(None) if chosen.read else DeliveryRow.opened_at.is_(None))
    return found.order_by(*(OLDEST if chosen.oldest_first else NEWEST))


def confirm_opened(session: Session, viewer: Viewer, document_id: str, now: datetime) -> None:
    """Keep when the recipient first opened a document; nothing when it was not delivered to her."""
    unopened = update(DeliveryRow).where(
        DeliveryRow.document_id == document_id,
        DeliveryRow.person_id == viewer.person_id,
        DeliveryRow.opened_at.is_(None),
    )
    session.execute(unopened.values(opened_at=now))
